// Incidents drawn over the map, on a canvas of their own: what is newly chosen is seen in the same moment, while the
// ground under it, which costs a computer without a graphics card most, is left as it is.

import { LOCALE } from "./desk.js";

const HUES = ["--talk", "--calm", "--watch", "--alarm"]; // cooperation in words and deeds, conflict in words and deeds
const GRIP = 4; // pixels beside a sign at which it is still touched

// light-dark() is no colour that a canvas or MapLibre understands: an element computes it, once a theme.
const hues = new Map();
document.addEventListener("theme", () => hues.clear());
export function hue(name) {
  if (!hues.has(name)) {
    const probe = document.createElement("i");
    probe.hidden = true;
    document.body.append(probe);
    probe.style.color = `var(${name})`;
    hues.set(name, getComputedStyle(probe).color);
    probe.remove();
  }
  return hues.get(name);
}

export const short = (n) => new Intl.NumberFormat(LOCALE, { notation: "compact" }).format(n);

const breadth = (n) => (n === 1 ? 18 : 24 + Math.min(22, 5.5 * Math.log10(n + 1))); // pixels of a sign that stands for n

/** A ring whose parts are the kinds of what was gathered, and how many they are. */
function ring(pen, { n, kinds }) {
  const size = breadth(n);
  let turn = -Math.PI / 2;
  pen.fillStyle = hue("--surface");
  pen.beginPath();
  pen.arc(0, 0, size / 2 + 1, 0, 7);
  pen.fill();
  pen.lineWidth = 4;
  kinds.forEach((kind, at) => {
    const next = turn + (kind / n) * 2 * Math.PI;
    pen.strokeStyle = hue(HUES[at]);
    pen.beginPath();
    pen.arc(0, 0, size / 2 - 2, turn, next);
    if (kind) pen.stroke();
    turn = next;
  });
  pen.fillStyle = hue("--ink");
  pen.font = `600 ${n < 1000 ? 11 : 10}px system-ui, sans-serif`;
  pen.fillText(short(n), 0, 0.5);
}

/** One incident: conflict has three corners, cooperation is round; hollow where it is not said to have happened. */
function sign(pen, { kinds, sure }) {
  const kind = kinds.findIndex(Boolean);
  pen.beginPath();
  if (kind >= 2) {
    pen.moveTo(0, -6.5);
    pen.lineTo(7, 6);
    pen.lineTo(-7, 6);
    pen.closePath();
  } else {
    pen.arc(0, 0, 6, 0, 7);
  }
  pen.fillStyle = sure ? hue(HUES[kind]) : hue("--surface");
  pen.strokeStyle = sure ? hue("--surface") : hue(HUES[kind]);
  pen.lineWidth = sure ? 1.5 : 2;
  pen.fill();
  pen.stroke();
}

/** The canvas over a map; ``show`` takes the features of /map/incidents, ``at`` tells of the one that lies at a pixel. */
export class Overlay {
  #map;
  #pen;
  #signs = []; // {x, y: parts of the world's square, properties}, the largest last
  #areas = []; // {outline: Path2D in parts of the world's square, properties}

  constructor(map) {
    const canvas = document.createElement("canvas");
    canvas.className = "overlay";
    map.getCanvas().after(canvas);
    this.#map = map;
    this.#pen = canvas.getContext("2d");
    map.on("resize", () => this.#fit());
    map.on("render", () => this.draw());
    this.#fit();
  }

  show(features) {
    const points = features.filter(isPoint);
    points.sort((one, other) => one.properties.n - other.properties.n);
    this.#signs = points.map(({ geometry, properties }) => ({ ...world(geometry.coordinates), properties }));
    const areas = features.filter((one) => !isPoint(one));
    this.#areas = areas.map(({ geometry, properties }) => ({ outline: outline(geometry), properties }));
    this.draw();
  }

  draw() {
    const pen = this.#pen;
    const { ratio, scale, left, top } = this.#view();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = pen.strokeStyle = hue("--alarm");
    pen.lineWidth = 1;
    pen.setLineDash([3, 2]);
    for (const { outline, properties } of this.#areas) {
      const placed = new Path2D();
      placed.addPath(outline, new DOMMatrix([scale, 0, 0, scale, left, top]));
      pen.globalAlpha = Math.min(0.05 + Math.log10(1 + properties.n) / 16, 0.3);
      pen.fill(placed, "evenodd");
      pen.globalAlpha = 0.5;
      pen.stroke(placed);
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (const { x, y, properties } of this.#signs) {
      pen.setTransform(ratio, 0, 0, ratio, (x * scale + left) * ratio, (y * scale + top) * ratio);
      (properties.n === 1 ? sign : ring)(pen, properties);
    }
  }

  at({ x, y }) {
    const { scale, left, top } = this.#view();
    const touched = this.#signs.findLast((one) => Math.hypot(one.x * scale + left - x, one.y * scale + top - y) < breadth(one.properties.n) / 2 + GRIP);
    if (touched) return touched.properties;
    this.#pen.setTransform(1, 0, 0, 1, 0, 0);
    return this.#areas.find(({ outline }) => this.#pen.isPointInPath(outline, (x - left) / scale, (y - top) / scale, "evenodd"))?.properties;
  }

  /** The map is never turned or tilted: its picture is the world's square, scaled and moved. */
  #view() {
    const scale = 512 * 2 ** this.#map.getZoom();
    const middle = world(this.#map.getCenter().toArray());
    const { clientWidth, clientHeight } = this.#map.getCanvas();
    return { ratio: devicePixelRatio, scale, left: clientWidth / 2 - middle.x * scale, top: clientHeight / 2 - middle.y * scale };
  }

  #fit() {
    const { canvas } = this.#pen;
    const { clientWidth, clientHeight } = this.#map.getCanvas();
    canvas.width = clientWidth * devicePixelRatio;
    canvas.height = clientHeight * devicePixelRatio;
  }
}

export const isPoint = ({ geometry }) => geometry.type === "Point";
const world = (degrees) => maplibregl.MercatorCoordinate.fromLngLat(degrees);

function outline({ type, coordinates }) {
  const path = new Path2D();
  for (const ring of (type === "Polygon" ? [coordinates] : coordinates).flat()) {
    ring.map(world).forEach(({ x, y }, at) => (at ? path.lineTo(x, y) : path.moveTo(x, y)));
    path.closePath();
  }
  return path;
}

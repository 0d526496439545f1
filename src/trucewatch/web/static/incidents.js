// The map of incidents. What is chosen stands in the form and in the address; this
// script only draws it, and changes the form. Without it, or without WebGL, the list and the filters still work.

import { say } from "./desk.js";

const DETAILED = 4.2; // zoom from which countries are drawn with their provinces and all their rivers
const wide = (most, least) => ["interpolate", ["linear"], ["get", "rank"], 1, most, 10, least]; // a river, by its rank
const BREADTH = ["interpolate", ["linear"], ["zoom"], 2, wide(0.8, 0.3), 5, wide(1.8, 0.6), 9, wide(3, 1.4)]; // pixels
const QUADS = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
const HUES = ["--talk", "--calm", "--watch", "--alarm"];
const DETAILS = { fill: "--paper", water: "--water", edge: "--line-2" }; // a country's layers, and their colours
const frame = document.getElementById("map");
const form = document.getElementById("filters");
const empty = { type: "FeatureCollection", features: [] };

// light-dark() is no colour that a canvas or MapLibre understands: an element computes it, once a theme.
const hues = new Map();
function hue(name) {
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

// ---------------------------------------------------------------- what is chosen

function query() {
  const here = new URLSearchParams(location.search);
  for (const name of ["page", "at", "lang", "theme"]) here.delete(name);
  return here;
}

/** What the form asks for, before the address says so. */
function asked() {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
}

/** The address keeps where the map is, so that a view can be shared. */
function keepPlace(map) {
  const { lng, lat } = map.getCenter();
  const here = new URL(location.href);
  here.searchParams.set("at", [map.getZoom().toFixed(2), lat.toFixed(3), lng.toFixed(3)].join("/"));
  history.replaceState(null, "", here);
}

function readPlace() {
  const [zoom, lat, lng] = (frame.dataset.at || "").split("/").map(Number);
  return [zoom, lat, lng].every(Number.isFinite) && frame.dataset.at ? { zoom, center: [lng, lat] } : null;
}

async function taken(address, signal) {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// ---------------------------------------------------------------- signs, drawn when the map first asks for them

const short = (n) => new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" }).format(n);

function canvas(width, height) {
  const ratio = 2;
  const made = document.createElement("canvas");
  made.width = width * ratio;
  made.height = height * ratio;
  const pen = made.getContext("2d", { willReadFrequently: true });
  pen.scale(ratio, ratio);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  return [made, pen];
}

/** A ring whose parts are the kinds of what was gathered, and how many they are. */
function ring(n, shares) {
  const size = 24 + Math.min(22, 5.5 * Math.log10(n + 1));
  const [made, pen] = canvas(size + 4, size + 4);
  const middle = size / 2 + 2;
  const whole = shares.reduce((sum, share) => sum + share, 0) || 1;
  let turn = -Math.PI / 2;
  pen.fillStyle = hue("--surface");
  pen.beginPath();
  pen.arc(middle, middle, size / 2 + 1, 0, 7);
  pen.fill();
  shares.forEach((share, kind) => {
    const next = turn + (share / whole) * 2 * Math.PI;
    pen.strokeStyle = hue(HUES[kind]);
    pen.lineWidth = 4;
    pen.beginPath();
    pen.arc(middle, middle, size / 2 - 2, turn, next);
    if (share) pen.stroke();
    turn = next;
  });
  pen.fillStyle = hue("--ink");
  pen.font = `600 ${n < 1000 ? 11 : 10}px system-ui, sans-serif`;
  pen.fillText(short(n), middle, middle + 0.5);
  return made;
}

/** One incident: conflict has three corners, cooperation is round; hollow where it is not said to have happened. */
function sign(kind, sure) {
  const [made, pen] = canvas(18, 18);
  pen.beginPath();
  if (kind >= 2) {
    pen.moveTo(9, 2.5);
    pen.lineTo(16, 15);
    pen.lineTo(2, 15);
    pen.closePath();
  } else {
    pen.arc(9, 9, 6, 0, 7);
  }
  pen.fillStyle = sure ? hue(HUES[kind]) : hue("--surface");
  pen.strokeStyle = sure ? hue("--surface") : hue(HUES[kind]);
  pen.lineWidth = sure ? 1.5 : 2;
  pen.fill();
  pen.stroke();
  return made;
}

const ruler = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
function label(text) {
  const font = "500 11px system-ui, sans-serif";
  ruler.font = font;
  const width = Math.ceil(ruler.measureText(text).width) + 12;
  const [made, pen] = canvas(width, 16);
  pen.font = font;
  pen.lineJoin = "round";
  pen.strokeStyle = hue("--paper");
  pen.lineWidth = 3;
  pen.strokeText(text, width / 2, 8);
  pen.fillStyle = hue("--ink-2");
  pen.fillText(text, width / 2, 8);
  return made;
}

function drawn(id) {
  const [what, ...rest] = id.split("|");
  if (what === "ring") return ring(Number(rest[0]), rest.slice(1).map(Number));
  if (what === "sign") return sign(Number(rest[0]), rest[1] === "1");
  return label(rest.join("|"));
}

function iconOf({ n, kinds, sure }) {
  if (n === 1) return `sign|${kinds.findIndex(Boolean)}|${sure ? 1 : 0}`;
  return `ring|${n}|${kinds.map((kind) => Math.round((kind / n) * 16)).join("|")}`;
}

// ---------------------------------------------------------------- the map

function style() {
  return {
    version: 8,
    sources: {
      world: { type: "geojson", data: "/map/ground/world" },
      rivers: { type: "geojson", data: empty },
      zones: { type: "geojson", data: "/map/zones" },
      areas: { type: "geojson", data: empty },
      spots: { type: "geojson", data: empty },
      cities: { type: "geojson", data: empty },
    },
    layers: [
      { id: "sea", type: "background" },
      { id: "land", type: "fill", source: "world" },
      { id: "rivers", type: "line", source: "rivers", maxzoom: DETAILED + 0.3, paint: { "line-width": BREADTH } },
      { id: "borders", type: "line", source: "world", maxzoom: DETAILED + 0.3, paint: { "line-width": 0.8 } },
      { id: "areas", type: "fill", source: "areas" },
      { id: "area-edges", type: "line", source: "areas", paint: { "line-width": 1, "line-dasharray": [3, 2] } },
      { id: "zone-edges", type: "line", source: "zones", paint: { "line-width": ["case", ["get", "main"], 2, 1] } },
      {
        id: "cities", type: "symbol", source: "cities",
        layout: { "icon-image": ["get", "icon"], "icon-padding": 4, "icon-anchor": "bottom", "symbol-sort-key": ["get", "rank"] },
      },
      {
        id: "spots", type: "symbol", source: "spots",
        layout: { "icon-image": ["get", "icon"], "icon-allow-overlap": true, "icon-ignore-placement": true, "symbol-sort-key": ["get", "n"] },
      },
    ],
  };
}

function paint(map) {
  map.setPaintProperty("sea", "background-color", hue("--sunken"));
  map.setPaintProperty("land", "fill-color", hue("--paper"));
  map.setPaintProperty("rivers", "line-color", hue("--water"));
  map.setPaintProperty("borders", "line-color", hue("--line-2"));
  map.setPaintProperty("areas", "fill-color", hue("--alarm"));
  map.setPaintProperty("areas", "fill-opacity", ["interpolate", ["linear"], ["log10", ["+", 1, ["get", "n"]]], 0, 0.05, 4, 0.3]);
  map.setPaintProperty("area-edges", "line-color", hue("--alarm"));
  map.setPaintProperty("area-edges", "line-opacity", 0.5);
  map.setPaintProperty("zone-edges", "line-color", hue("--accent"));
  for (const { id, source } of map.getStyle().layers) {
    if (!source?.startsWith("land-")) continue;
    const [part] = id.split("-");
    map.setPaintProperty(id, part === "fill" ? "fill-color" : "line-color", hue(DETAILS[part]));
  }
}

function makeMap() {
  const place = readPlace();
  const map = new maplibregl.Map({
    container: frame, style: style(), attributionControl: false, dragRotate: false, pitchWithRotate: false,
    maxZoom: 14, minZoom: 0.6, renderWorldCopies: false, fadeDuration: 0, ...(place ?? { zoom: 1.3, center: [30, 25] }),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), document.dir === "rtl" ? "top-left" : "top-right");
  map.addControl(new maplibregl.ScaleControl(), document.dir === "rtl" ? "bottom-left" : "bottom-right");
  map.addControl(new maplibregl.AttributionControl({ compact: true, customAttribution: "Natural Earth · GeoNames" }), document.dir === "rtl" ? "bottom-left" : "bottom-right");
  map.on("styleimagemissing", ({ id }) => {
    const made = drawn(id);
    map.addImage(id, made.getContext("2d").getImageData(0, 0, made.width, made.height), { pixelRatio: 2 });
  });
  return map;
}

let loaded;
let asking;
let shown = "";
/** Bring what is chosen onto the map, unless it is there already. */
async function show(map, chosen = query(), anew = false) {
  chosen.set("window", seen(map));
  if (String(chosen) === shown && !anew) return;
  shown = String(chosen);
  asking?.abort();
  asking = new AbortController();
  try {
    const found = await taken(`/map/incidents?${chosen}`, asking.signal);
    await loaded;
    const spots = found.features.filter((one) => one.geometry.type === "Point");
    for (const one of spots) one.properties.icon = iconOf(one.properties);
    map.getSource("spots").setData({ type: "FeatureCollection", features: spots });
    map.getSource("areas").setData({ type: "FeatureCollection", features: found.features.filter((one) => one.geometry.type !== "Point") });
    frame.dataset.shown = String(spots.length);
  } catch (error) {
    if (error.name === "AbortError") return;
    shown = "";
    say(document.getElementById("said")?.dataset.failed, "bad");
  }
}

function seen(map) {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth(), map.getZoom()].map((edge) => edge.toFixed(3)).join(",");
}

/** Cities hang on nothing that is chosen, only on where the map is. */
async function nameCities(map) {
  const cities = map.getZoom() > DETAILED - 1 ? await taken(`/map/cities?window=${seen(map)}`).catch(() => []) : [];
  map.getSource("cities").setData({
    type: "FeatureCollection",
    features: cities.map(([name, lon, lat], rank) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { icon: `name|${name}`, rank } })),
  });
}

/** Countries in view get their finer outlines, provinces and rivers. */
function addDetail(map) {
  if (map.getZoom() < DETAILED) return;
  const codes = new Set(map.queryRenderedFeatures({ layers: ["land"] }).map((one) => one.properties.code));
  for (const code of codes) {
    const source = `land-${code}`;
    if (!code || !/^[A-Z]{3}$/.test(code) || map.getSource(source)) continue;
    map.addSource(source, { type: "geojson", data: `/map/ground/${code}` });
    map.addLayer({ id: `fill-${code}`, type: "fill", source, minzoom: DETAILED, filter: ["==", ["get", "level"], 0], paint: { "fill-color": hue(DETAILS.fill) } }, "areas");
    map.addLayer({ id: `water-${code}`, type: "line", source, minzoom: DETAILED, filter: ["has", "rank"], paint: { "line-color": hue(DETAILS.water), "line-width": BREADTH } }, "areas");
    map.addLayer({ id: `edge-${code}`, type: "line", source, minzoom: DETAILED, filter: ["has", "level"], paint: { "line-color": hue(DETAILS.edge), "line-width": ["case", ["==", ["get", "level"], 0], 1.3, 0.5] } }, "areas");
  }
}

/** Bring all that is placed into view: of an empty window the whole world is asked. */
async function fit(map) {
  const chosen = query();
  chosen.set("window", "-180,-85,180,85,9");
  const found = await taken(`/map/incidents?${chosen}`);
  const bounds = new maplibregl.LngLatBounds();
  for (const one of found.features) {
    if (one.geometry.type === "Point") bounds.extend(one.geometry.coordinates);
  }
  if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 60, maxZoom: 8, animate: false });
}

function choosePlace(place) {
  form.elements.place.value = place;
  form.requestSubmit();
}

function listen(map) {
  map.on("click", "spots", ({ features }) => {
    const { n, id, place } = features[0].properties;
    if (id) location.assign(`/incidents/${id}`);
    else if (place) choosePlace(place);
    else map.easeTo({ center: features[0].geometry.coordinates, zoom: Math.min(map.getZoom() + 2, 13) });
    return n;
  });
  map.on("click", "areas", (event) => {
    if (!map.queryRenderedFeatures(event.point, { layers: ["spots"] }).length) choosePlace(event.features[0].properties.place);
  });
  const popup = new maplibregl.Popup({ closeButton: false, closeOnClick: false, offset: 12 });
  for (const layer of ["areas", "spots"]) {
    map.on("mousemove", layer, ({ features, lngLat }) => {
      const { name, n } = features[0].properties;
      map.getCanvas().style.cursor = "pointer";
      if (name) popup.setLngLat(lngLat).setText(`${name}: ${short(n)}`).addTo(map);
    });
    map.on("mouseleave", layer, () => {
      map.getCanvas().style.cursor = "";
      popup.remove();
    });
  }
  document.addEventListener("theme", () => {
    hues.clear();
    for (const id of map.listImages()) map.removeImage(id);
    paint(map);
    show(map, query(), true);
    nameCities(map);
  });
  form.addEventListener("submit", () => show(map, asked())); // beside the list, not after it
  document.addEventListener("updated", () => { keepPlace(map); show(map); });
  document.addEventListener("pointerover", (event) => {
    const row = event.target.closest?.("li[data-lat]");
    if (row) popup.setLngLat([row.dataset.lon, row.dataset.lat]).setText(row.querySelector(".row-sub bdi").textContent).addTo(map);
    else if (event.target.closest?.(".told-list")) popup.remove();
  });
}

function start() {
  let map;
  try {
    map = makeMap();
  } catch {
    frame.textContent = frame.dataset.undrawn; // no WebGL
    return;
  }
  loaded = new Promise((go) => map.once("load", go));
  if (readPlace()) show(map); // what is chosen is fetched while the ground is drawn
  map.once("load", async () => {
    frame.dataset.drawn = Math.round(performance.now());
    paint(map);
    listen(map);
    if (!readPlace()) await fit(map);
    await show(map);
    frame.dataset.ready = Math.round(performance.now());
    map.getSource("rivers").setData("/map/ground/rivers"); // the first picture need not wait for them
    nameCities(map);
    map.on("moveend", () => { keepPlace(map); show(map); nameCities(map); });
    map.on("idle", () => addDetail(map));
    addDetail(map);
  });
}

document.addEventListener("updated", () => {
  const here = query(); // a link may have changed what is chosen
  for (const one of form.elements) if (one.name) one.value = here.get(one.name) ?? "";
});

start();

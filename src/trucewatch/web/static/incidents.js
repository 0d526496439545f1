// The map of incidents. What is chosen stands in the form and in the address; this
// script only draws it, and changes the form. Without it, or without WebGL, the list and the filters still work.

import { say } from "./desk.js";
import { Overlay, hue, isPoint, short } from "./overlay.js";

const DETAILED = 4.2; // zoom from which countries are drawn with their provinces and all their rivers
const wide = (most, least) => ["interpolate", ["linear"], ["get", "rank"], 1, most, 10, least]; // a river, by its rank
const BREADTH = ["interpolate", ["linear"], ["zoom"], 2, wide(0.8, 0.3), 5, wide(1.8, 0.6), 9, wide(3, 1.4)]; // pixels
const MARGIN = 16; // pixels around a tile for which the ground's lines are cut: more than the breadth of any
const EDGE = 40; // pixels around what is brought into view
const VAST = 12; // degrees from which an area is a part of the world: "Southeast Asia" says no more than a country does
const DETAILS = { fill: "--paper", water: "--water", edge: "--line-2" }; // a country's layers, and their colours
const frame = document.getElementById("map");
const form = document.getElementById("filters");
const empty = { type: "FeatureCollection", features: [] };

// ---------------------------------------------------------------- what is chosen

function query() {
  const here = new URLSearchParams(location.search);
  for (const name of ["page", "at", "lang", "theme"]) here.delete(name);
  return here;
}

/** What the form asks for, before the address says so. */
function wanted() {
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

// ---------------------------------------------------------------- the map

function style() {
  return {
    version: 8,
    sources: {
      world: { type: "geojson", data: "/map/ground/world", buffer: MARGIN },
      rivers: { type: "geojson", data: empty, buffer: MARGIN },
      zones: { type: "geojson", data: "/map/zones", buffer: MARGIN },
      cities: { type: "geojson", data: empty },
    },
    layers: [
      { id: "sea", type: "background" },
      { id: "land", type: "fill", source: "world" },
      { id: "rivers", type: "line", source: "rivers", maxzoom: DETAILED + 0.3, paint: { "line-width": BREADTH } },
      { id: "borders", type: "line", source: "world", maxzoom: DETAILED + 0.3, paint: { "line-width": 0.8 } },
      { id: "zone-edges", type: "line", source: "zones", paint: { "line-width": ["case", ["get", "main"], 2, 1] } },
      {
        id: "cities", type: "symbol", source: "cities",
        layout: { "icon-image": ["get", "name"], "icon-padding": 4, "icon-anchor": "bottom", "symbol-sort-key": ["get", "rank"] },
      },
    ],
  };
}

function paint(map) {
  map.setPaintProperty("sea", "background-color", hue("--sunken"));
  map.setPaintProperty("land", "fill-color", hue("--paper"));
  map.setPaintProperty("rivers", "line-color", hue("--water"));
  map.setPaintProperty("borders", "line-color", hue("--line-2"));
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
    maxZoom: 14, minZoom: -1, renderWorldCopies: false, fadeDuration: 0, locale: inLanguage(), ...(place ?? { zoom: 1.3, center: [30, 25] }),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), document.dir === "rtl" ? "top-left" : "top-right");
  map.addControl(new maplibregl.ScaleControl(), document.dir === "rtl" ? "bottom-left" : "bottom-right");
  map.addControl(new maplibregl.AttributionControl({ compact: true, customAttribution: "Natural Earth · GeoNames" }), document.dir === "rtl" ? "bottom-left" : "bottom-right");
  if (matchMedia("(max-width: 52rem)").matches) // opened, it would lie over what is mapped
    frame.querySelector(".maplibregl-ctrl-attrib").classList.remove("maplibregl-compact-show");
  map.on("styleimagemissing", ({ id }) => map.addImage(id, label(id), { pixelRatio: 2 }));
  return map;
}

/** What the map's own parts are called by. */
function inLanguage() {
  const { called, nearer, farther, sources } = frame.dataset;
  return { "Map.Title": called, "NavigationControl.ZoomIn": nearer, "NavigationControl.ZoomOut": farther, "AttributionControl.ToggleAttribution": sources };
}

/** The name of a city as a picture: the map's own letters would have to come from the internet. */
function label(name) {
  const font = "500 11px system-ui, sans-serif";
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  pen.font = font;
  pen.canvas.width = 2 * (Math.ceil(pen.measureText(name).width) + 12);
  pen.canvas.height = 32;
  pen.scale(2, 2);
  pen.font = font; // a canvas that changes its size forgets
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.strokeStyle = hue("--paper");
  pen.lineWidth = 3;
  const { width, height } = pen.canvas;
  pen.strokeText(name, width / 4, 8);
  pen.fillStyle = hue("--ink-2");
  pen.fillText(name, width / 4, 8);
  return pen.getImageData(0, 0, width, height);
}

let overlay;
let asked = { chosen: "" };
/** Ask for what is chosen, unless that was the last question. */
function ask(map, chosen) {
  chosen.set("window", seen(map));
  if (String(chosen) === asked.chosen) return;
  asked.stop?.abort();
  const stop = new AbortController();
  asked = { chosen: String(chosen), stop, answer: taken(`/map/incidents?${chosen}`, stop.signal) };
  asked.answer.catch(() => {}); // who shows it says so
}

/** Bring what is chosen onto the map. */
async function show(map) {
  ask(map, query());
  const mine = asked;
  try {
    const found = await mine.answer;
    if (mine !== asked) return;
    overlay.show(found.features);
    frame.dataset.shown = String(found.features.filter(isPoint).length);
  } catch (error) {
    if (error.name === "AbortError") return;
    asked = { chosen: "" };
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
    features: cities.map(([name, lon, lat], rank) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { name, rank } })),
  });
}

/** Countries in view get their finer outlines, provinces and rivers. */
function addDetail(map) {
  if (map.getZoom() < DETAILED) return;
  const codes = new Set(map.queryRenderedFeatures({ layers: ["land"] }).map((one) => one.properties.code));
  for (const code of codes) {
    const source = `land-${code}`;
    if (!code || !/^[A-Z]{3}$/.test(code) || map.getSource(source)) continue;
    map.addSource(source, { type: "geojson", data: `/map/ground/${code}`, buffer: MARGIN });
    map.addLayer({ id: `fill-${code}`, type: "fill", source, minzoom: DETAILED, filter: ["==", ["get", "level"], 0], paint: { "fill-color": hue(DETAILS.fill) } }, "zone-edges");
    map.addLayer({ id: `water-${code}`, type: "line", source, minzoom: DETAILED, filter: ["has", "rank"], paint: { "line-color": hue(DETAILS.water), "line-width": BREADTH } }, "zone-edges");
    map.addLayer({ id: `edge-${code}`, type: "line", source, minzoom: DETAILED, filter: ["has", "level"], paint: { "line-color": hue(DETAILS.edge), "line-width": ["case", ["==", ["get", "level"], 0], 1.3, 0.5] } }, "zone-edges");
  }
}

/** Bring all that is placed into view, beside the legend; whole countries and parts of the world only where nothing is known more finely. */
async function fit(map) {
  const chosen = query();
  chosen.set("window", "-180,-85,180,85,9");
  const { features } = await taken(`/map/incidents?${chosen}`);
  const finer = features.filter((one) => one.properties.level !== "country" && breadth(one) < VAST);
  const bounds = new maplibregl.LngLatBounds();
  for (const one of finer.length ? finer : features) for (const spot of spots(one)) bounds.extend(spot);
  const key = document.querySelector(".legend").offsetWidth;
  const [left, right] = document.dir === "rtl" ? [0, key] : [key, 0];
  const padding = { top: EDGE, bottom: EDGE, left: EDGE + left, right: EDGE + right };
  if (!bounds.isEmpty()) map.fitBounds(bounds, { padding, maxZoom: 8, animate: false });
}

/** How many degrees what is placed is wide or high. */
function breadth(one) {
  const axes = [0, 1].map((axis) => spots(one).map((spot) => spot[axis]));
  return Math.max(...axes.map((of) => Math.max(...of) - Math.min(...of)));
}

function spots(one) {
  const { type, coordinates } = one.geometry;
  return isPoint(one) ? [coordinates] : coordinates.flat(type === "Polygon" ? 1 : 2);
}

function choosePlace(place) {
  form.elements.place.value = place;
  form.requestSubmit();
}

function listen(map) {
  map.on("click", ({ point, lngLat }) => {
    const { n, id, place } = overlay.at(point) ?? {};
    if (id) location.assign(`/incidents/${id}`);
    else if (place) choosePlace(place);
    else if (n) map.easeTo({ center: lngLat, zoom: Math.min(map.getZoom() + 2, 13) });
  });
  const popup = new maplibregl.Popup({ closeButton: false, closeOnClick: false, offset: 12 });
  map.on("mousemove", ({ point, lngLat }) => {
    const { n, name } = overlay.at(point) ?? {};
    map.getCanvas().style.cursor = n ? "pointer" : "";
    if (name) popup.setLngLat(lngLat).setText(`${name}: ${short(n)}`).addTo(map);
    else popup.remove();
  });
  map.on("mouseout", () => popup.remove());
  document.addEventListener("theme", () => {
    for (const name of map.listImages()) map.removeImage(name);
    paint(map);
    nameCities(map);
  });
  form.addEventListener("submit", () => ask(map, wanted())); // beside the list, though it is shown after it
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
    frame.classList.add("undrawn");
    return;
  }
  overlay = new Overlay(map);
  if (readPlace()) show(map); // what is chosen need not wait for the ground
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

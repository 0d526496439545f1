// The brush of a timeline: drawing over its bars puts first and last day into the form "filters" and sends it.

import { LOCALE } from "./desk.js";

function days(svg, x) {
  const { left, width } = svg.getBoundingClientRect();
  const bar = Math.floor(((x - left) / width) * svg.viewBox.baseVal.width);
  return Math.min(Math.max(bar, 0), svg.viewBox.baseVal.width - 1);
}

function dayOf(svg, bar) {
  const day = new Date(`${svg.dataset.first}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + bar * Number(svg.dataset.step));
  return day.toISOString().slice(0, 10);
}

function dayBefore(day) {
  return new Date(Date.parse(day) - 864e5).toISOString().slice(0, 10);
}

let begun = null;
document.addEventListener("pointerdown", (event) => {
  const svg = event.target.closest?.(".timeline");
  if (!svg || event.button) return;
  begun = { svg, from: days(svg, event.clientX) };
  svg.setPointerCapture(event.pointerId);
});
document.addEventListener("pointermove", (event) => {
  const svg = event.target.closest?.(".timeline");
  if (!svg) return;
  const at = days(svg, event.clientX);
  const from = begun?.svg === svg ? begun.from : at;
  const says = svg.parentElement.querySelector("[data-under]");
  const [first, last] = [Math.min(from, at), Math.max(from, at) + 1];
  const written = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeZone: "UTC" });
  says.textContent = written.formatRange(new Date(dayOf(svg, first)), new Date(dayBefore(dayOf(svg, last))));
  if (begun) {
    const brush = svg.querySelector(".brush");
    brush.setAttribute("x", first);
    brush.setAttribute("width", last - first);
  }
});
document.addEventListener("pointerup", (event) => {
  if (!begun) return;
  const { svg, from } = begun;
  begun = null;
  const at = days(svg, event.clientX);
  const form = document.getElementById("filters");
  form.elements.since.value = dayOf(svg, Math.min(from, at));
  form.elements.until.value = dayBefore(dayOf(svg, Math.max(from, at) + 1));
  form.requestSubmit();
});

// The months' names stand where the drawing says, the last one before its line where it has no room behind it, and none
// over another; a style attribute in the page would be refused.
function placeMonths() {
  let end = -Infinity;
  for (const mark of document.querySelectorAll(".months li")) {
    mark.style.left = `${mark.dataset.x * 100}%`;
    mark.classList.toggle("before", mark.offsetLeft + mark.offsetWidth > mark.parentElement.clientWidth);
    const { left, right } = mark.getBoundingClientRect();
    mark.classList.toggle("bare", left < end);
    if (left >= end) end = right + 6; // a blank at least to the next name
  }
}
document.addEventListener("updated", placeMonths);
placeMonths();

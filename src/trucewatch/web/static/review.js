// Where claims are ruled on: the words of the active claim in the text, the forms beside it, what was picked to be merged.

import { say, update } from "./desk.js";

const PICKS = "picked";

/** Mark the words of the active claim by the part that they play in it. */
function mark() {
  const text = document.getElementById("text");
  const panel = document.getElementById("panel");
  if (!text || !panel) return;
  const active = panel.dataset.active;
  for (const piece of text.querySelectorAll("[data-marks]")) {
    const roles = piece.dataset.marks.split(" ").map((one) => one.split(":")).filter(([claim]) => claim === active).map(([, role]) => role);
    const role = roles.includes("trigger") ? "trigger" : roles[0];
    if (role) piece.dataset.role = role;
    else delete piece.dataset.role;
  }
  const trigger = text.querySelector(`[data-trigger="${CSS.escape(active)}"]`);
  if (trigger) {
    trigger.dataset.state = panel.dataset.state;
    const { top, bottom } = trigger.getBoundingClientRect();
    if (top < 60 || bottom > window.innerHeight - 60) trigger.scrollIntoView({ block: "center" });
  }
}

// ---------------------------------------------------------------- hovering over the words of another claim

let dwelling;
document.addEventListener("pointerover", (event) => {
  const trigger = event.pointerType === "mouse" && event.target.closest("#text [data-trigger]");
  clearTimeout(dwelling);
  const panel = document.getElementById("panel");
  if (!trigger || !panel || trigger.dataset.trigger === panel.dataset.active || isAtWork(panel)) return;
  dwelling = setTimeout(() => update("panel", trigger.href), 150);
});

/** Whether something has been typed or opened in it, which must not vanish under the hand. */
function isAtWork(panel) {
  return Boolean(panel.querySelector("details[open]") || panel.contains(document.activeElement) || panel.querySelector("textarea")?.value);
}

// ---------------------------------------------------------------- forms

document.addEventListener("keydown", (event) => {
  const field = event.target.closest(".ruling :is(textarea, input, select)");
  if (!field) return;
  if (event.key === "Escape") {
    const details = field.closest("details");
    if (details) details.open = false;
    field.blur();
  } else if (event.key === "Enter" && field.matches("textarea") && !event.shiftKey) {
    event.preventDefault();
    field.blur();
  }
});

document.addEventListener("toggle", (event) => {
  if (event.target.open && event.target.querySelector(".ruling")) event.target.querySelector(".ruling :is(select, input:not([type=hidden]))")?.focus();
}, true);

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-correct] [name=field]")) choose(event.target);
});

/** Show a field's present value and how it is typed. */
function choose(select) {
  const chosen = select.selectedOptions[0];
  const form = select.form;
  form.elements.value.value = chosen.dataset.typed;
  form.querySelector("[data-how-shown]").textContent = chosen.dataset.how;
}

document.addEventListener("click", (event) => {
  const edit = event.target.closest("[data-edit]");
  if (edit) {
    const details = document.querySelector("[data-correct]");
    const select = details.querySelector("[name=field]");
    details.open = true;
    select.value = edit.dataset.edit;
    choose(select);
    requestAnimationFrame(() => select.form.elements.value.select());
  }
  const pick = event.target.closest("[data-pick]");
  if (pick) {
    keep([...new Set([...picks(), pick.dataset.pick])]);
    offer();
    say(pick.dataset.saysPicked, "good");
  }
});

// ---------------------------------------------------------------- picks, which last as long as the tab

function picks() {
  return JSON.parse(sessionStorage.getItem(PICKS) ?? "[]");
}

function keep(ids) {
  sessionStorage.setItem(PICKS, JSON.stringify(ids));
}

/** Offer what was picked wherever something can be merged. */
function offer() {
  for (const place of document.querySelectorAll("[data-picked]")) {
    const form = place.closest("form");
    const own = form.dataset.own ?? form.querySelector("[data-pick]")?.dataset.pick;
    place.replaceChildren(...picks().filter((id) => id !== own).map((id) => {
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "with", value: id, checked: true });
      const name = Object.assign(document.createElement("span"), { className: "id", textContent: id });
      label.append(box, " ", name);
      return label;
    }));
  }
}

document.addEventListener("submit", (event) => {
  if (event.submitter?.value === "merge") keep([]);
}, true);

document.addEventListener("updated", () => { mark(); offer(); });
mark();
offer();

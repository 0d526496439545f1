// What every page of the desk can do; all of it works by attributes, and every page works without it.
//
//   <a href data-update="list">, <form data-update="list">   take only the element with that id from the answer
//   <form data-update="list" data-live>                       send while somebody types or chooses
//   <div id="x" data-load="/address">                         take this element from there, once the page stands
//     data-after="5"                                          so many seconds later
//   data-key="j" (or "g t"), data-says="Next claim"           press to click or focus; listed in the dialog of keys
//   data-dialog="id"                                          open a dialog
//   data-confirm="Really?"                                    ask before a form is sent
//
// After an update the event "updated" is sent from the new element. Scripts of pages may import { update, say }.

/** How the server writes days and numbers: "fa" and "th" alone would mean calendars and digits of their own, "en" the month first. */
export const LOCALE = `${document.documentElement.lang.replace(/^en$/, "en-GB")}-u-ca-gregory-nu-latn`;

const said = document.getElementById("said");
const MENUS = "details:is(.menu, .more-filters)[open]"; // what lies over the page, until one turns elsewhere or presses Escape

export function say(text, kind = "info") {
  if (!said) return;
  said.textContent = text;
  said.dataset.kind = kind;
  clearTimeout(said.timer);
  said.timer = setTimeout(() => { said.textContent = ""; }, 6000);
}

const latest = new Map();
const sending = new Set(); // what is being sent is not cut off by the next key

/** Take the element with this id from the page at an address; true where it came. */
export async function update(id, address, { method = "GET", body, keep = method === "GET" } = {}) {
  if (sending.has(id)) return false;
  const old = document.getElementById(id);
  latest.get(id)?.abort();
  const mine = new AbortController();
  latest.set(id, mine);
  if (method !== "GET") sending.add(id);
  old?.setAttribute("aria-busy", "true");
  try {
    const token = document.querySelector("meta[name=csrf]")?.content ?? "";
    const headers = { "X-Update": id, ...(method === "GET" ? {} : { "X-CSRF": token }) };
    const answer = await fetch(address, { method, body, headers, signal: mine.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(id);
    if (!answer.ok && !fresh) { // a refusal that has the element tells the rest in it
      say(page.querySelector("h1")?.textContent?.trim() || said?.dataset.failed, "bad");
      return false;
    }
    if (!fresh || !old) {
      location.assign(answer.url);
      return false;
    }
    const message = page.querySelector("[data-said]")?.dataset.said; // before its element leaves that page
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(fresh);
    if (held) like(held, fresh).focus({ preventScroll: true });
    if (keep) history.replaceState(null, "", answer.url);
    if (message && answer.ok && method !== "GET") say(message); // for who does not see what the page has become
    fresh.dispatchEvent(new CustomEvent("updated", { bubbles: true }));
    load(fresh);
    return true;
  } catch (error) {
    if (error.name !== "AbortError") say(said?.dataset.failed, "bad");
    return false;
  } finally {
    if (method !== "GET") sending.delete(id);
    old?.removeAttribute("aria-busy");
  }
}

/** What was held, in the new element; where it is gone, that element itself. */
function like(held, fresh) {
  fresh.tabIndex = -1;
  const same = (one) => ["id", "name", "textContent"].every((what) => one[what] === held[what]);
  return [...fresh.querySelectorAll(held.localName)].find(same) ?? fresh;
}

function load(within) {
  const all = [...within.querySelectorAll("[data-load]")];
  if (within.matches?.("[data-load]")) all.push(within);
  for (const one of all) {
    const { id, dataset: { load: address, after = 0 } } = one;
    delete one.dataset.load;
    setTimeout(() => update(id, address, { keep: false }), after * 1000);
  }
}

function address(form, submitter) {
  const fields = new FormData(form, submitter);
  const chosen = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  const to = new URL(chosen || location.href, location.href);
  if ((form.method || "get") !== "get") return [to, fields];
  const named = [...fields].filter(([, value]) => value !== ""); // an empty field filters nothing: keep it out of the address
  to.search = new URLSearchParams(named);
  return [to, null];
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) return event.preventDefault();
  const id = event.submitter?.dataset.update || form.dataset.update;
  if (!id || form.method === "dialog") return;
  event.preventDefault();
  const [to, body] = address(form, event.submitter);
  update(id, to, body ? { method: "POST", body } : {});
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-update]");
  if (link && !(event.ctrlKey || event.metaKey || event.shiftKey || event.button)) {
    event.preventDefault();
    update(link.dataset.update, link.href);
  }
  const opener = event.target.closest("[data-dialog]");
  if (opener) openDialog(opener.dataset.dialog);
  const theme = event.target.closest("[data-theme-switch]");
  if (theme) {
    event.preventDefault();
    switchTheme(theme);
  }
  for (const menu of document.querySelectorAll(MENUS)) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest(MENUS);
  if (!menu) return event.target.matches("input, select, textarea") && event.target.blur(); // keys work again
  menu.open = false;
  menu.querySelector("summary").focus();
});

let typing;
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  clearTimeout(typing);
  const wait = event.target.matches("input:not([type=checkbox], [type=radio])") ? 250 : 0;
  typing = setTimeout(() => form.requestSubmit(), wait);
});

function switchTheme(link) {
  document.documentElement.dataset.theme = link.dataset.themeSwitch;
  for (const other of document.querySelectorAll("[data-theme-switch]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  document.dispatchEvent(new CustomEvent("theme"));
  document.cookie = `theme=${link.dataset.themeSwitch}; path=/; max-age=31536000; samesite=lax`;
}

function openDialog(id) {
  const dialog = document.getElementById(id);
  const list = dialog?.querySelector("[data-keys]");
  if (list) listKeys(list);
  for (const menu of document.querySelectorAll(MENUS)) menu.open = false;
  dialog?.showModal();
}

function listKeys(list) {
  list.replaceChildren();
  const known = new Set();
  for (const one of document.querySelectorAll("[data-key]")) {
    const words = [...one.childNodes].filter((part) => part.nodeName !== "KBD").map((part) => part.textContent);
    const says = one.dataset.says || words.join("").trim();
    const shown = one.checkVisibility() || one.closest(".menu"); // the menu's keys work while it is closed
    if (known.has(one.dataset.key) || !shown) continue;
    known.add(one.dataset.key);
    const row = document.createElement("div");
    const term = document.createElement("dt");
    for (const key of one.dataset.key.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      term.append(cap);
    }
    const what = document.createElement("dd");
    what.textContent = says;
    row.append(term, what);
    list.append(row);
  }
}

let begun = "";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
  if (document.querySelector("dialog[open]") && !event.target.closest("dialog")?.querySelector("[data-key]")) return;
  const pressed = begun ? `${begun} ${event.key}` : event.key;
  begun = "";
  const found = document.querySelector(`[data-key="${CSS.escape(pressed)}"]`);
  if (found) {
    event.preventDefault();
    if (found.matches("input:not([type=checkbox], [type=radio]), select, textarea")) found.focus();
    else found.click();
  } else if (document.querySelector(`[data-key^="${CSS.escape(pressed)} "]`)) {
    begun = pressed;
    setTimeout(() => { begun = ""; }, 1500);
  }
});

const here = document.querySelector(".nav [aria-current]"); // where the screen is too narrow for all pages
here?.parentElement.scrollTo({ left: here.offsetLeft - (here.parentElement.clientWidth - here.offsetWidth) / 2 });
load(document.body);

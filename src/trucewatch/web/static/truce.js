// After a ruling the ledger comes with the answer; what is counted from it is asked for again.
import { update } from "./desk.js";

let ruled = false;
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-ruling]")) ruled = true;
});
document.addEventListener("updated", (event) => {
  if (!ruled || event.target.id !== "ledger") return;
  ruled = false;
  for (const part of ["standing", "measures"]) update(part, location.href, { keep: false });
});

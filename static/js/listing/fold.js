// @ts-check
// The fold that holds the form to find words in a listing.

import { focusInput } from "../dom/focus.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

/** Open the fold, if the page has one; tell whether it has. */
export function openFind() {
  const fold = document.querySelector("details.find");
  if (!(fold instanceof HTMLDetailsElement)) return false;
  fold.open = true;
  return focusInput("details.find [name=include]");
}

/**
 * Let the fold float over the page, and open and close by keys.
 *
 * @param {HTMLFormElement} form
 * @param {Memory} memory
 */
export function floatFold(form, memory) {
  const fold = /** @type {HTMLDetailsElement} */ (form.closest("details"));
  fold.classList.add("floating");
  const close = () => closeFold(fold, form);
  form.querySelector("[data-close-find]")?.addEventListener("click", close);
  addEventListener("keydown", (event) => {
    const isFind = (event.ctrlKey || event.metaKey) && event.key === "f";
    if (isFind && memory.settings.get().find && openFind())
      event.preventDefault();
    if (event.key === "Escape" && fold.contains(document.activeElement))
      close();
  });
}

/**
 * Close the fold. A form that has not filtered the listing is emptied too.
 *
 * @param {HTMLDetailsElement} fold
 * @param {HTMLFormElement} form
 */
function closeFold(fold, form) {
  fold.open = false;
  if (document.querySelector("[data-feed][data-filtered]")) return;
  form.reset();
  form.dispatchEvent(new Event("input"));
}

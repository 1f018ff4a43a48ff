// @ts-check
// Moves the focus: to a field, or near a button that is gone.

/** Focus a field and select its text; tell whether there is one. @param {string} selector */
export function focusInput(selector) {
  const input = document.querySelector(selector);
  if (!(input instanceof HTMLInputElement)) return false;
  input.focus({ preventScroll: !!input.closest(".floating") });
  input.select();
  return true;
}

/** Leave a search box by Escape, once nothing else is left to close. @param {KeyboardEvent} event */
export function leaveSearch(event) {
  const box = event.target;
  const isBox = box instanceof HTMLInputElement && box.type === "search";
  if (isBox && event.key === "Escape" && !event.defaultPrevented) box.blur();
}

/**
 * Focus the button that now stands where one was, else the last one, else the heading.
 *
 * @param {HTMLElement} list
 * @param {number} place of the button that is gone
 */
export function focusNear(list, place) {
  const buttons = [...list.querySelectorAll("button")];
  const next = buttons[place] ?? buttons.at(-1);
  const heading = list.closest("section")?.querySelector("h2");
  if (next) next.focus();
  else if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
}

/** Return the place of a button in its list. @param {HTMLElement} list @param {Element} button */
export function findPlace(list, button) {
  return [...list.querySelectorAll("button")].findIndex(
    (one) => one === button,
  );
}

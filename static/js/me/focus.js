// @ts-check
// Keeps the focus near where something is taken away.

/**
 * Focus the button that now stands where one was, the last one, or else the section.
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
export function placeOf(list, button) {
  return [...list.querySelectorAll("button")].findIndex(
    (one) => one === button,
  );
}

// @ts-check
// The parts of the page, and the buttons that take something away from it.

/** @param {ParentNode} root @param {string} selector */
export function part(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}

/**
 * Return a button that takes something away; `data` says what.
 *
 * @param {string} label
 * @param {Record<string, string>} data
 */
export function removing(label, data) {
  const button = document.createElement("button");
  Object.assign(button, {
    type: "button",
    className: "link",
    textContent: "×",
  });
  Object.assign(button.dataset, data);
  button.setAttribute("aria-label", label);
  return button;
}

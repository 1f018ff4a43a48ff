// @ts-check
// The parts of the page, and buttons that remove something from it.

/** @param {ParentNode} root @param {string} selector */
export function findPart(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}

/**
 * Return a button that removes something; `data` says what.
 *
 * @param {string} label
 * @param {Record<string, string>} data
 */
export function makeRemoveButton(label, data) {
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

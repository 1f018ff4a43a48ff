// @ts-check
// The element of a formula, as the server makes it too.

/** A formula: its TeX, until it is typeset. */
export const FORMULA = "tex";

/** A formula on a line of its own. */
export const DISPLAY = "tex-display";

/**
 * Return the element of a formula. It holds TeX, which no translator may touch.
 *
 * @param {string} tex
 * @param {boolean} display
 * @param {Document} document
 */
export function makeFormula(tex, display, document) {
  const element = document.createElement("span");
  element.className = `${FORMULA} notranslate${display ? ` ${DISPLAY}` : ""}`;
  element.setAttribute("translate", "no");
  element.textContent = tex;
  return element;
}

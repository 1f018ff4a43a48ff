// @ts-check
// Writes a title into the page, its formulas in elements of their own, as the server does.

import { scanPlain } from "./dialect/plain.js";
import { makeFormula } from "./element.js";

/**
 * Fill an element with a text whose formulas are ready to be typeset.
 *
 * @param {Element} element
 * @param {string} text
 */
export function writeProse(element, text) {
  let end = 0;
  element.replaceChildren();
  for (const formula of scanPlain(text)) {
    element.append(
      text.slice(end, formula.start),
      makeFormula(formula.tex, formula.display, document),
    );
    end = formula.end;
  }
  element.append(text.slice(end));
}

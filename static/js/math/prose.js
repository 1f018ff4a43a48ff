// @ts-check
// A title in a page, its formulas ready to be typeset; the server does the same (app/prose.py).

import { DISPLAY, FORMULA } from "./element.js";
import { scanPlain } from "./dialect/plain.js";

/**
 * Fill an element with a text, its formulas in elements of their own.
 *
 * @param {Element} element
 * @param {string} text
 */
export function proseInto(element, text) {
  let end = 0;
  element.replaceChildren();
  for (const formula of scanPlain(text)) {
    element.append(text.slice(end, formula.start));
    const span = document.createElement("span");
    span.className = `${FORMULA} notranslate`;
    if (formula.display) span.classList.add(DISPLAY);
    span.translate = false;
    span.textContent = formula.tex;
    element.append(span);
    end = formula.end;
  }
  element.append(text.slice(end));
}

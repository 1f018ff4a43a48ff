// @ts-check
// Finds the formulas of a plain text: a title, an abstract.

import { Finder } from "./finder.js";

const PARAGRAPH_END = /\n[ \t]*(?:\n|$)/g;

/**
 * Return the formulas of a text, in order and disjoint.
 *
 * @param {string} text
 */
export function scanPlain(text) {
  const found = [];
  const finder = new Finder(text);
  const signs = /[\\$]/g;
  let paragraphEnd = 0;
  for (let sign; (sign = signs.exec(text));) {
    const position = sign.index;
    if (position >= paragraphEnd) {
      PARAGRAPH_END.lastIndex = position;
      paragraphEnd = PARAGRAPH_END.exec(text)?.index ?? text.length;
    }
    const formula = finder.find(position, {
      inline: paragraphEnd,
      display: paragraphEnd,
      block: null,
      isFree: () => true,
      slice: (start, end) => text.slice(start, end),
    });
    if (formula) found.push(formula);
    signs.lastIndex = formula?.end ?? position + finder.skip(position);
  }
  return found;
}

// @ts-check
// Finds the formula that is not closed yet in a document that is still arriving.

import { MAX_INLINE } from "../math/dialect/rules.js";
import { scan } from "./scanner/scan.js";

const OPENINGS = /\\[^]?|\$+|`+/g;
const THINKS = /^\s*<(think|thinking)>(?![^]*<\/\1>)/i;
const BRACKET = /^\\(?:[[(\\]|$)/;

/**
 * Return how much of a text can be shown: all of it before the first sign in the last
 * MAX_INLINE characters that may open a formula and is not in one, or in code; nothing
 * while a model still thinks aloud.
 *
 * @param {string} text with line breaks of \n
 */
export function findUnfinished(text) {
  if (THINKS.test(text)) return 0;
  const from = Math.max(
    text.lastIndexOf("\n\n") + 1,
    text.length - MAX_INLINE,
    0,
  );
  const formulas = scan(text);
  let next = formulas.findIndex((formula) => formula.end > from);
  if (next < 0) next = formulas.length;
  OPENINGS.lastIndex = Math.max(from, 0);
  for (let sign; (sign = OPENINGS.exec(text));) {
    while (formulas[next] && formulas[next].end <= sign.index) next++;
    const formula = formulas[next];
    if (formula && formula.start <= sign.index) {
      OPENINGS.lastIndex = formula.end;
      continue;
    }
    const run = sign[0];
    if (run[0] === "`") {
      const close = text.indexOf(run, sign.index + run.length);
      if (close < 0) return text.length;
      OPENINGS.lastIndex = close + run.length;
    } else if (run[0] === "$") {
      if (run.length < 3 && !/^[\s\d]/.test(text[OPENINGS.lastIndex] ?? "x"))
        return sign.index;
    } else if (BRACKET.test(run) || text.startsWith("\\begin", sign.index))
      return sign.index;
  }
  return text.length;
}

// @ts-check
// The limits of a formula's TeX. A formula beyond them is shown as TeX: it would freeze or
// crash the page. No formula of a paper comes near them.

export const MAX_TEX = 5_000; // UTF-16 units
export const MAX_DEPTH = 30; // of groups, \left and environments

const NESTING =
  /\\(?:begin|left)(?![A-Za-z])|\\(?:end|right)(?![A-Za-z])|\\[^]|[{}]/g;
const OPENING = /^(?:\{|\\begin|\\left)$/;
const CLOSING = /^(?:\}|\\end|\\right)$/;

/**
 * Tell whether a formula is too long or too deep to be typeset.
 *
 * @param {string} tex
 */
export function isTooMuch(tex) {
  if (tex.length > MAX_TEX) return true;
  let depth = 0;
  for (const [sign] of tex.matchAll(NESTING)) {
    if (OPENING.test(sign)) depth++;
    else if (CLOSING.test(sign)) depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return isNestedWithoutBraces(tex);
}

/** Commands can nest without braces too: \frac\frac… and x^\sqrt\sqrt…. */
/** @param {string} tex */
function isNestedWithoutBraces(tex) {
  const chain = new RegExp(`(?:\\\\[A-Za-z]+\\s*){${2 * MAX_DEPTH}}`);
  return chain.test(tex);
}

/**
 * Tell whether a formula writes MathML itself, with attributes of its own; no paper does.
 *
 * @param {string} tex
 */
export function writesMathML(tex) {
  return tex.includes("\\mmlToken");
}

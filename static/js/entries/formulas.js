// @ts-check
// Typesets the formulas of a page. Its script element carries the kind of output, and the
// nonce for MathJax's style elements.

import { Formulas } from "../math/formulas.js";

const script = /** @type {HTMLScriptElement | null} */ (
  document.querySelector("script[data-math-output]")
);
/** The formulas of this page. */
export const formulas = new Formulas({
  vendor: resolve(script?.dataset.vendor),
  parts: resolve(script?.dataset.mathjax),
  output: script?.dataset.mathOutput ?? "chtml",
  nonce: script?.nonce ?? "",
});
formulas.start();

/** @param {string} [address] */
function resolve(address = "") {
  return new URL(address, location.href).href;
}

/** Typeset the formulas of blocks that are new. @param {Iterable<Element>} blocks */
export function typesetIn(blocks) {
  formulas.typesetIn(blocks);
}

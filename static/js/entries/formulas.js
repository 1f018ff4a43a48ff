// @ts-check
// Typesets the formulas of a page. Its script element carries the kind of output, and the
// nonce for MathJax's style elements.

import { Formulas } from "../math/formulas.js";

const script = /** @type {HTMLScriptElement | null} */ (
  document.querySelector("script[data-math-output]")
);
/** The formulas of this page. */
export const formulas = new Formulas({
  vendor: new URL(script?.dataset.vendor ?? "", location.href).href,
  output: script?.dataset.mathOutput ?? "chtml",
  nonce: script?.nonce ?? "",
});
formulas.start();

/** Typeset the formulas of blocks that are new. @param {Iterable<Element>} blocks */
export function typesetIn(blocks) {
  formulas.typesetIn(blocks);
}

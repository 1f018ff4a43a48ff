// @ts-check
// Brings a page's formulas to look as they should; loads MathJax only if there are any.

import { allowOwnScripts } from "../math/trusted-types.js";
import { FORMULA } from "../math/element.js";
import { offerCopies } from "../math/copy.js";
import { loadMathJax } from "../math/mathjax.js";
import { Typesetter } from "../math/typeset.js";

const VENDOR = new URL("../../vendor", import.meta.url).href;
const BLOCKS = ".paper, article, [data-math], .markdown";

const script = /** @type {HTMLScriptElement | null} */ (
  document.querySelector("script[data-math-output]")
);
allowOwnScripts(`${VENDOR}/`);

/** What typesets the formulas of this page, and of what is added to it. */
export const typesetter = new Typesetter(() =>
  loadMathJax({
    vendor: VENDOR,
    output: script?.dataset.mathOutput ?? "chtml",
    nonce: script?.nonce ?? "",
  }),
);

let isOffered = false;

/**
 * Typeset the formulas of blocks once they are near, and offer to copy them.
 *
 * @param {Iterable<Element>} blocks
 */
export function typesetIn(blocks) {
  typesetter.watch(blocks);
  if (isOffered || !document.querySelector(`.${FORMULA}`)) return;
  isOffered = true;
  offerCopies(document.body);
}

typesetIn(document.querySelectorAll(BLOCKS));
addEventListener("beforeprint", () => {
  for (const block of document.querySelectorAll(BLOCKS)) typesetter.now(block);
});

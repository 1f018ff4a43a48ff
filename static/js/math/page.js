// @ts-check
// Brings a page's formulas to look as they should; loads MathJax only if there are any.

import { allowOwnScripts } from "../trusted-types.js";
import { FORMULA } from "../markdown/classes.js";
import { offerCopies } from "./copy.js";
import { loadMathJax } from "./mathjax.js";
import { Typesetter } from "./typeset.js";

const VENDOR = new URL("../../vendor", import.meta.url).href;
const BLOCKS = "article, [data-math]";

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

const blocks = document.querySelectorAll(BLOCKS);
typesetter.watch(blocks);
addEventListener("beforeprint", () => {
  for (const block of blocks) typesetter.now(block);
});
if (document.querySelector(`.${FORMULA}`)) offerCopies(document.body);

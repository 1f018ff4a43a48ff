// @ts-check
// The formulas of a page: typesets them when they come near, and loads MathJax only then.

import { offerCopies } from "./copy.js";
import { FORMULA } from "./element.js";
import { loadMathJax } from "./mathjax.js";
import { allowOwnScripts } from "./trusted-types.js";
import { Typesetter } from "./typeset.js";

/** @typedef {import("./mathjax.js").Options} Options */

const BLOCKS = ".paper, article, [data-math], .markdown";

export class Formulas {
  #own;
  #typesetter;
  #isOffered = false;

  /** @param {Options} options of MathJax */
  constructor(options) {
    this.#own = [`${options.vendor}/`, options.parts];
    this.#typesetter = new Typesetter(() => loadMathJax(options));
  }

  /** Typeset the formulas of the page as they come near, all of them for a printer. */
  start() {
    allowOwnScripts(this.#own);
    this.typesetIn(document.querySelectorAll(BLOCKS));
    addEventListener("beforeprint", () => {
      for (const block of document.querySelectorAll(BLOCKS))
        void this.typesetNow(block);
    });
  }

  /** Typeset the formulas of a block at once. @param {Element} block */
  typesetNow(block) {
    return this.#typesetter.now(block);
  }

  /**
   * Typeset the formulas of blocks once they are near, and offer to copy them.
   *
   * @param {Iterable<Element>} blocks
   */
  typesetIn(blocks) {
    this.#typesetter.watch(blocks);
    if (this.#isOffered || !document.querySelector(`.${FORMULA}`)) return;
    this.#isOffered = true;
    offerCopies(document.body);
  }
}

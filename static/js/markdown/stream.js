// @ts-check
// Shows a document that arrives in pieces. Blocks that have not changed stay, with their
// typeset formulas; a formula that is not closed yet is held back. After the last piece the
// page is the same as if the document had been rendered at once.

import { render } from "./render.js";
import { findUnfinished } from "./unfinished.js";

export class MarkdownStream {
  #target;
  #window;
  #text = "";
  /** @type {string[]} */ #shown = []; // the blocks as they were before typesetting

  /**
   * @param {Element} target whose content is replaced
   * @param {Window & typeof globalThis} [window]
   */
  constructor(target, window = globalThis.window) {
    this.#target = target;
    this.#window = window;
    target.replaceChildren();
  }

  /** Add a piece; return the blocks that are new or changed. @param {string} piece */
  append(piece) {
    this.#text += piece;
    return this.#show(this.#text.slice(0, findUnfinished(this.#text)));
  }

  /** Show another document, what both begin with as it is. @param {string} text */
  replace(text) {
    this.#text = text;
    return this.#show(text);
  }

  /** Show everything, formulas that were never closed as text. */
  close() {
    return this.#show(this.#text);
  }

  /** @param {string} text */
  #show(text) {
    const fragment = render(text, this.#window);
    const blocks = [...fragment.childNodes];
    const written = blocks.map(
      (block) =>
        /** @type {Element} */ (block).outerHTML ?? block.textContent ?? "",
    );
    let same = 0;
    while (same < written.length && written[same] === this.#shown[same]) same++;
    while (this.#target.childNodes.length > same)
      this.#target.lastChild?.remove();
    const changed = blocks.slice(same);
    this.#target.append(...changed);
    this.#shown = written;
    return changed;
  }
}

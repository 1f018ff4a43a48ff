// @ts-check
// Finds the next place of some signs in a text, in O(1) amortised while places only grow.

export class Places {
  #text;
  /** @type {Map<string, number>} */ #next = new Map();

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /**
   * Return where something stands next, or the text's length.
   *
   * @param {string} what
   * @param {number} from
   */
  findNext(what, from) {
    let at = this.#next.get(what) ?? -1;
    if (at < from) {
      at = this.#text.indexOf(what, from);
      if (at < 0) at = this.#text.length;
      this.#next.set(what, at);
    }
    return at;
  }
}

// @ts-check
// The extent of a formula that begins on a line: it ends within its paragraph, or further on
// where a display formula may span blank lines. Each end is found once.

import { MAX_BLANKS, MAX_DISPLAY } from "../../math/dialect/rules.js";

/** @typedef {import("./lines.js").Line} Line */

export class Extents {
  #lines;
  /** @type {Map<number, number>} */ #paragraphs = new Map();
  /** @type {Map<number, number>} */ #formulaParagraphs = new Map();
  /** @type {Int32Array | null} */ #barriers = null;
  /** @type {number[]} */ #blanks = [];

  /** @param {Line[]} lines */
  constructor(lines) {
    this.#lines = lines;
  }

  /**
   * Return where the paragraph of a line ends.
   *
   * @param {number} at the number of the line
   * @param {boolean} isAlone whether the line is a heading or a row
   */
  findParagraphEnd(at, isAlone) {
    if (isAlone) return this.#lines[at].end;
    return this.#end(at, this.#paragraphs, (line) => line.endsFormula);
  }

  /**
   * The same for display formulas, whose lines may begin like lists and headings.
   *
   * @param {number} at
   * @param {boolean} isAlone
   */
  findFormulaEnd(at, isAlone) {
    if (isAlone) return this.#lines[at].end;
    return this.#end(
      at,
      this.#formulaParagraphs,
      (line) => line.fence !== null,
    );
  }

  /**
   * @param {number} first the number of the line
   * @param {Map<number, number>} known the ends found, by the number of the line
   * @param {(line: Line) => boolean} breaks whether a line belongs to the next block
   */
  #end(first, known, breaks) {
    const lines = this.#lines;
    const seen = known.get(first);
    if (seen !== undefined) return seen;
    const quotes = lines[first].quotes;
    let last = first;
    for (let next; (next = lines[last + 1]); last++) {
      if (next.isBlank || next.quotes > quotes || breaks(next)) break;
      if (next.quotes < quotes && next.beginsBlock) break;
    }
    for (let at = first; at <= last && lines[at].quotes === quotes; at++)
      known.set(at, lines[last].end);
    return lines[last].end;
  }

  /**
   * Return where a formula that begins a line and may go across blank lines must have
   * ended: before a fence, where a quotation ends, at the limits of the dialect.
   *
   * @param {number} at
   */
  findBlockEnd(at) {
    const lines = this.#lines;
    const line = lines[at];
    const { barriers, blanks } = this.#landmarks();
    const blank = blanks[firstAbove(blanks, at) + MAX_BLANKS];
    const before = Math.min(barriers[at], blank ?? lines.length);
    const reach = line.content + MAX_DISPLAY;
    const end = lines[before - 1].end;
    return end <= reach ? end : Math.max(line.end, reach);
  }

  /**
   * Return the next line after each one that is a fence or has fewer marks of quotation,
   * and the numbers of the blank lines.
   */
  #landmarks() {
    if (!this.#barriers) {
      const lines = this.#lines;
      this.#barriers = new Int32Array(lines.length);
      const lower = [lines.length]; // lines ahead, each with fewer marks than the next
      let fence = lines.length;
      for (let at = lines.length - 1; at >= 0; at--) {
        const { quotes } = lines[at];
        while (
          lower.length > 1 &&
          lines[lower[lower.length - 1]].quotes >= quotes
        )
          lower.pop();
        this.#barriers[at] = Math.min(fence, lower[lower.length - 1]);
        lower.push(at);
        if (lines[at].fence) fence = at;
      }
      this.#blanks = lines.flatMap((line, at) => (line.isBlank ? [at] : []));
    }
    return { barriers: this.#barriers, blanks: this.#blanks };
  }
}

/** @param {number[]} sorted @param {number} value */
function firstAbove(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

// @ts-check
// Scans the text of a line for formulas, and the lines that a formula or a tag goes on to.

import { Finder } from "../../math/dialect/finder.js";
import { findCodeSpans, Spans } from "./code-spans.js";
import { Extents } from "./extents.js";
import { Skips } from "./skips.js";

/** @typedef {import("../../math/dialect/rules.js").Formula} Formula */
/** @typedef {import("../../math/dialect/finder.js").Bounds} Bounds */
/** @typedef {import("../../math/dialect/finder.js").Block} Block */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./row.js").Row} Row */
/**
 * Where a scan begins.
 *
 * @typedef {object} Place
 * @property {number} at the number of the line
 * @property {boolean} isAlone whether the line is a heading or a row of a table
 * @property {Row | null} row of the table that the line belongs to
 */

const HEADING_OR_BOLD_ITEM =
  /\n[^\S\n]*#{1,6} |\n[^\S\n]*(?:[-*+]|\d+[.)]) +\*\*/;
const ONE_ENVIRONMENT = /^\\begin\{[^]*\\end\{[a-zA-Z]+\*?\}$/;
const SIGN = /[\\$`<\]]/g;

export class Inline {
  #text;
  #lines;
  #extents;
  #skips;
  #finder;
  #found;
  /** @type {Place} */ #place = { at: 0, isAlone: false, row: null };
  #codes = { until: -1, spans: new Spans([]) };

  /**
   * @param {string} text
   * @param {Line[]} lines of the text
   * @param {Formula[]} found where the formulas are put
   */
  constructor(text, lines, found) {
    this.#text = text;
    this.#lines = lines;
    this.#found = found;
    this.#finder = new Finder(text);
    this.#extents = new Extents(lines);
    this.#skips = new Skips(text);
  }

  /**
   * Scan from a position to the end of its line, or of a later line that it leads to.
   * Return the number of that line.
   *
   * @param {Place} place
   * @param {number} position
   * @param {boolean} mayBlock whether a display formula at the position begins its line
   */
  scan(place, position, mayBlock) {
    this.#place = { ...place };
    const beginning = mayBlock ? position : -1;
    while (position < this.#line.end) {
      SIGN.lastIndex = position;
      const sign = SIGN.exec(this.#text);
      if (!sign || sign.index >= this.#line.end) break;
      position = this.#pass(sign[0], sign.index, beginning);
      this.#place.at = this.#lineOf(position);
    }
    return this.#place.at;
  }

  get #line() {
    return this.#lines[this.#place.at];
  }

  /**
   * Pass over what a sign begins: a formula, code, a tag, a destination, or the sign alone.
   *
   * @param {string} sign
   * @param {number} position
   * @param {number} beginning
   */
  #pass(sign, position, beginning) {
    if (sign === "$" || sign === "\\")
      return this.#passFormula(position, position === beginning);
    if (sign === "`") return this.#passCode(position);
    const until = this.#paragraphEnd;
    const end =
      sign === "<"
        ? this.#skips.skipTag(position, until)
        : this.#skips.skipDestination(position);
    return end <= position || end > until ? position + 1 : end;
  }

  /** @param {number} position @param {boolean} beginsLine */
  #passFormula(position, beginsLine) {
    const formula = this.#finder.find(position, this.#bound(beginsLine));
    if (!formula) return position + this.#finder.skip(position);
    this.#found.push(formula);
    return formula.end;
  }

  /** @param {number} position */
  #passCode(position) {
    const end = this.#codesFrom(position).findEnd(position);
    if (end >= 0) return end;
    while (this.#text[position] === "`") position++;
    return position;
  }

  /** @param {number} position */
  #lineOf(position) {
    let number = this.#place.at;
    while (
      number < this.#lines.length - 1 &&
      this.#lines[number].end < position
    )
      number++;
    return number;
  }

  /**
   * @param {boolean} beginsLine
   * @returns {Bounds}
   */
  #bound(beginsLine) {
    const { at, isAlone, row } = this.#place;
    const { quotes } = this.#line;
    return {
      inline: this.#paragraphEnd,
      display: this.#extents.findFormulaEnd(at, isAlone),
      block: beginsLine ? this.#boundBlock() : null,
      isFree: (start, end) =>
        !this.#codesFrom(start).touches(start, end) &&
        (!row || row.holds(this.#text.slice(start, end))),
      slice: (start, end) =>
        quotes ? this.#sliceUnquoted(start, end) : this.#text.slice(start, end),
    };
  }

  /**
   * Return how far a display formula that begins the line may go across blank lines.
   *
   * @returns {Block}
   */
  #boundBlock() {
    const line = this.#line;
    const text = this.#text;
    /** @param {number} inside */
    const opens = (inside) => !text.slice(inside, line.end).trim();
    return {
      limit: this.#extents.findBlockEnd(this.#place.at),
      opens,
      holds: (inside, end) => {
        const body = text.slice(inside, end);
        if (HEADING_OR_BOLD_ITEM.test(body)) return false;
        if (ONE_ENVIRONMENT.test(body.trim())) return true;
        const last = this.#lines[this.#lineOf(end)];
        if (!text.slice(last.body, end).trim()) return true;
        return opens(inside) && !text.slice(end + 2, last.end).trim();
      },
    };
  }

  get #paragraphEnd() {
    const { at, isAlone } = this.#place;
    return this.#extents.findParagraphEnd(at, isAlone);
  }

  /** Return the code spans of the paragraph from a place on. @param {number} position */
  #codesFrom(position) {
    const until = this.#paragraphEnd;
    if (this.#codes.until !== until) {
      const spans = findCodeSpans(this.#text, position, until);
      this.#codes = { until, spans };
    }
    return this.#codes.spans;
  }

  /**
   * Return a stretch of the text without the marks of quotation of its later lines.
   *
   * @param {number} start
   * @param {number} end
   */
  #sliceUnquoted(start, end) {
    const pieces = [];
    for (let at = this.#lineOf(start); at < this.#lines.length; at++) {
      const line = this.#lines[at];
      if (line.start >= end && pieces.length) break;
      /** @type {number} */ const from = pieces.length ? line.body : start;
      pieces.push(
        this.#text.slice(Math.min(from, end), Math.min(end, line.end)),
      );
    }
    return pieces.join("\n");
  }
}

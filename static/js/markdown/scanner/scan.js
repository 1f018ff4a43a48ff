// @ts-check
// Finds the formulas of a Markdown document in one forward pass.
//
// Line by line it keeps to what Marked will see: fences, raw HTML, indented code, list
// markers, headings, tables; within a paragraph it steps over code spans, escapes, tags,
// autolinks and the destinations of links. What it takes for a formula wrongly, render.js
// puts back.

import { Finder } from "../../math/dialect/finder.js";
import { codeSpans, Spans } from "./code-spans.js";
import { Extents } from "./extents.js";
import { closes, formulaOf, isOutside } from "./fences.js";
import {
  cellsOf,
  fenceOf,
  isDelimiterRow,
  isHeading,
  isRule,
  linesOf,
} from "./lines.js";
import { Lists } from "./lists.js";
import { Row } from "./row.js";
import { Skips } from "./skips.js";

/** @typedef {import("../../math/dialect/rules.js").Formula} Formula */
/** @typedef {import("./lines.js").Line} Line */

const RAW_BLOCK = /^<(?:script|pre|style|textarea)(?:[\s>]|$)/i;
const RAW_END = /<\/(?:script|pre|style|textarea)>/i;
const HEADING_OR_BOLD_ITEM =
  /\n[^\S\n]*#{1,6} |\n[^\S\n]*(?:[-*+]|\d+[.)]) +\*\*/;
const ONE_ENVIRONMENT = /^\\begin\{[^]*\\end\{[a-zA-Z]+\*?\}$/;
const SIGN = /[\\$`<\]]/g;

/**
 * Return the formulas of a Markdown document, in order and disjoint. Line breaks are \n.
 *
 * @param {string} text
 * @returns {Formula[]}
 */
export function scan(text) {
  return /[$\\]|```|~~~/.test(text) ? new Scan(text).run() : [];
}

class Scan {
  #text;
  #lines;
  #extents;
  #skips;
  #lists;
  #finder;
  /** @type {Formula[]} */ #found = [];
  #at = 0; // the number of the line
  #isHeading = false;
  /** @type {Row | null} */ #row = null;
  #columns = 0; // of the table that the line belongs to
  #isParagraph = false;
  /** @type {{until: number, spans: Spans}} */ #codes = NO_CODES;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
    this.#lines = linesOf(text);
    this.#finder = new Finder(text);
    this.#extents = new Extents(this.#lines);
    this.#skips = new Skips(text);
    this.#lists = new Lists(text);
  }

  run() {
    /** @type {import("./fences.js").OpenFence | null} */ let fence = null;
    /** @type {RegExp | null} */ let raw = null;
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at];
      this.#isHeading = false;
      if (fence && isOutside(line, fence)) fence = null;
      if (fence) {
        if (!closes(line, fence)) continue;
        const formula = formulaOf(this.#text, fence, line);
        if (formula) this.#found.push(formula);
        fence = null;
        continue;
      }
      if (raw) {
        if (raw.test(this.#text.slice(line.start, line.end))) raw = null;
        continue;
      }
      if (line.isBlank) {
        this.#endParagraph();
        continue;
      }
      const begun = this.#lists.begin(line, this.#isParagraph);
      this.#isParagraph = begun.isParagraph;
      if (begun.isItem) this.#columns = 0;
      if (!begun.text) continue;
      const { position, content, offset } = begun.text;
      const opened = fenceOf(content);
      if (opened) {
        fence = { ...opened, line, offset, start: position };
        this.#endParagraph();
      } else if (RAW_BLOCK.test(content)) {
        raw = RAW_END.test(content) ? null : RAW_END;
        this.#isParagraph = false;
      } else if (content.startsWith("<!--")) {
        const end = content.indexOf("-->", 4);
        if (end < 0) raw = /-->/;
        else this.#inline(position + end + 3, -1);
        this.#isParagraph = false;
      } else this.#takeText(line, position, content);
    }
    return this.#found;
  }

  #endParagraph() {
    this.#isParagraph = false;
    this.#columns = 0;
  }

  /**
   * Take a heading, a rule, a row of a table or a line of a paragraph.
   *
   * @param {Line} line
   * @param {number} position
   * @param {string} content
   */
  #takeText(line, position, content) {
    if (isHeading(content)) {
      this.#isHeading = true;
      this.#columns = 0;
      this.#inline(position, -1);
      this.#isParagraph = false;
      return;
    }
    if (isRule(content) && !this.#isParagraph) {
      this.#columns = 0;
      return;
    }
    if (!this.#columns && content.includes("|")) {
      const below = this.#lines[this.#at + 1];
      const rules = below?.quotes === line.quotes ? below.text : "";
      if (isDelimiterRow(rules) && /[|:]/.test(rules))
        this.#columns = cellsOf(rules);
    }
    if (this.#columns && isDelimiterRow(content) && this.#isParagraph) return;
    this.#row = this.#columns ? new Row(line.text, this.#columns) : null;
    this.#isParagraph = true;
    this.#inline(position, position);
  }

  /**
   * Scan the rest of the line, and the lines that a formula or a tag goes on to.
   *
   * @param {number} position
   * @param {number} beginning where a display formula begins its line, or -1
   */
  #inline(position, beginning) {
    const text = this.#text;
    while (position < this.#lines[this.#at].end) {
      SIGN.lastIndex = position;
      const sign = SIGN.exec(text);
      if (!sign || sign.index >= this.#lines[this.#at].end) return;
      position = sign.index;
      if (sign[0] === "$" || sign[0] === "\\") {
        const formula = this.#finder.at(
          position,
          this.#bounds(position === beginning),
        );
        if (!formula) {
          position += this.#finder.skip(position);
          continue;
        }
        this.#found.push(formula);
        position = formula.end;
      } else if (sign[0] === "`") {
        const end = this.#codesFrom(position).endOf(position);
        if (end < 0) {
          while (text[position] === "`") position++;
          continue;
        }
        position = end;
      } else {
        const end =
          sign[0] === "<"
            ? this.#skips.behindTag(position, this.#paragraphEnd())
            : this.#skips.behindDestination(position);
        if (end <= position || end > this.#paragraphEnd()) {
          position++;
          continue;
        }
        position = end;
      }
      this.#at = this.#lineOf(position);
    }
  }

  /** @param {number} position */
  #lineOf(position) {
    let number = this.#at;
    while (
      number < this.#lines.length - 1 &&
      this.#lines[number].end < position
    )
      number++;
    return number;
  }

  /**
   * @param {boolean} beginsLine
   * @returns {import("../../math/dialect/finder.js").Bounds}
   */
  #bounds(beginsLine) {
    const here = this.#at;
    const quotes = this.#lines[here].quotes;
    const row = this.#isHeading ? null : this.#row;
    return {
      inline: this.#paragraphEnd(),
      display: this.#extents.formulaParagraph(here, this.#isAlone),
      block: beginsLine && !this.#columns ? this.#block() : null,
      isFree: (start, end) => {
        if (this.#codesFrom(start).touches(start, end)) return false;
        return (
          !this.#columns || !row || row.holds(this.#text.slice(start, end))
        );
      },
      slice: (start, end) =>
        quotes ? this.#sliceUnquoted(start, end) : this.#text.slice(start, end),
    };
  }

  /**
   * Return how far a display formula that begins the line may go across blank lines.
   *
   * @returns {import("../../math/dialect/finder.js").Block}
   */
  #block() {
    const line = this.#lines[this.#at];
    const text = this.#text;
    /** @param {number} inside */
    const opens = (inside) => !text.slice(inside, line.end).trim();
    return {
      limit: this.#extents.block(this.#at),
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

  /** Whether the line is a paragraph of its own: a heading, a row of a table. */
  get #isAlone() {
    return this.#isHeading || this.#columns > 0;
  }

  #paragraphEnd() {
    return this.#extents.paragraph(this.#at, this.#isAlone);
  }

  /** Return the code spans of the paragraph from a place on. @param {number} position */
  #codesFrom(position) {
    const until = this.#paragraphEnd();
    if (this.#codes.until !== until)
      this.#codes = { until, spans: codeSpans(this.#text, position, until) };
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

const NO_CODES = { until: -1, spans: new Spans([]) };

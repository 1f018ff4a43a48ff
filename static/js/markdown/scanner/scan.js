// @ts-check
// Scans a Markdown document for its formulas, in one forward pass.
//
// Line by line it follows what Marked will see: fences, raw HTML, indented code, list
// markers, headings, tables; within a paragraph it passes over code spans, escapes, tags,
// autolinks and the destinations of links. Where it is wrong about a formula, render.js puts
// the source back.

import { closes, isOutside, readFormula } from "./fences.js";
import { Inline } from "./inline.js";
import {
  countCells,
  isDelimiterRow,
  isHeading,
  isRule,
  readFence,
  splitLines,
} from "./lines.js";
import { Lists } from "./lists.js";
import { Row } from "./row.js";

/** @typedef {import("../../math/dialect/rules.js").Formula} Formula */
/** @typedef {import("./fences.js").OpenFence} OpenFence */
/** @typedef {import("./lines.js").Line} Line */

const RAW_BLOCK = /^<(?:script|pre|style|textarea)(?:[\s>]|$)/i;
const RAW_END = /<\/(?:script|pre|style|textarea)>/i;
const COMMENT_END = /-->/;

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
  #lists;
  #inline;
  /** @type {Formula[]} */ #found = [];
  #at = 0; // the number of the line
  /** @type {OpenFence | null} */ #fence = null;
  /** @type {RegExp | null} */ #rawEnd = null; // of the raw HTML that is open
  /** @type {Row | null} */ #row = null;
  #columns = 0; // of the table that the line belongs to
  #isParagraph = false;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
    this.#lines = splitLines(text);
    this.#lists = new Lists(text);
    this.#inline = new Inline(text, this.#lines, this.#found);
  }

  run() {
    for (; this.#at < this.#lines.length; this.#at++)
      this.#take(this.#lines[this.#at]);
    return this.#found;
  }

  /** @param {Line} line */
  #take(line) {
    if (this.#fence && isOutside(line, this.#fence)) this.#fence = null;
    if (this.#fence) this.#takeFenced(line, this.#fence);
    else if (this.#rawEnd) this.#takeRaw(line, this.#rawEnd);
    else if (line.isBlank) this.#endParagraph();
    else this.#takeBlock(line);
  }

  /** @param {Line} line @param {OpenFence} fence */
  #takeFenced(line, fence) {
    if (!closes(line, fence)) return;
    const formula = readFormula(this.#text, fence, line);
    if (formula) this.#found.push(formula);
    this.#fence = null;
  }

  /** @param {Line} line @param {RegExp} end */
  #takeRaw(line, end) {
    if (end.test(this.#text.slice(line.start, line.end))) this.#rawEnd = null;
  }

  /** @param {Line} line */
  #takeBlock(line) {
    const begun = this.#lists.begin(line, this.#isParagraph);
    this.#isParagraph = begun.isParagraph;
    if (begun.isItem) this.#columns = 0;
    if (!begun.text) return;
    const { position, content, offset } = begun.text;
    const fence = readFence(content);
    if (fence) {
      this.#fence = { ...fence, line, offset, start: position };
      this.#endParagraph();
    } else if (RAW_BLOCK.test(content)) {
      this.#rawEnd = RAW_END.test(content) ? null : RAW_END;
      this.#isParagraph = false;
    } else if (content.startsWith("<!--")) this.#takeComment(position, content);
    else this.#takeText(line, position, content);
  }

  /** @param {number} position @param {string} content */
  #takeComment(position, content) {
    const end = content.indexOf("-->", 4);
    if (end < 0) this.#rawEnd = COMMENT_END;
    else this.#scanFrom(position + end + 3, false);
    this.#isParagraph = false;
  }

  /**
   * Take a heading, a rule, a row of a table or a line of a paragraph.
   *
   * @param {Line} line
   * @param {number} position
   * @param {string} content
   */
  #takeText(line, position, content) {
    if (isHeading(content)) return this.#takeHeading(position);
    if (isRule(content) && !this.#isParagraph) {
      this.#columns = 0;
      return;
    }
    if (!this.#columns && content.includes("|"))
      this.#columns = this.#countColumns(line);
    if (this.#columns && isDelimiterRow(content) && this.#isParagraph) return;
    this.#row = this.#columns ? new Row(line.text, this.#columns) : null;
    this.#isParagraph = true;
    this.#scanFrom(position, !this.#columns);
  }

  /** @param {number} position */
  #takeHeading(position) {
    this.#columns = 0;
    const place = { at: this.#at, isAlone: true, row: null };
    this.#at = this.#inline.scan(place, position, false);
    this.#isParagraph = false;
  }

  /** Return how many columns a table has whose head a line is, 0 where it is none. @param {Line} line */
  #countColumns(line) {
    const below = this.#lines[this.#at + 1];
    const rules = below?.quotes === line.quotes ? below.text : "";
    const isHead = isDelimiterRow(rules) && /[|:]/.test(rules);
    return isHead ? countCells(rules) : 0;
  }

  /** @param {number} position @param {boolean} mayBlock */
  #scanFrom(position, mayBlock) {
    const isAlone = this.#columns > 0;
    const row = isAlone ? this.#row : null;
    const place = { at: this.#at, isAlone, row };
    this.#at = this.#inline.scan(place, position, mayBlock);
  }

  #endParagraph() {
    this.#isParagraph = false;
    this.#columns = 0;
  }
}

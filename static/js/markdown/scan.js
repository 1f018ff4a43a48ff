// @ts-check
// Finds the formulas of a Markdown document in one forward pass.
//
// Line by line it keeps to what Marked will see: fences, raw HTML, indented code, list
// markers, headings, tables; within a paragraph it steps over code spans, escapes, tags,
// autolinks and the destinations of links. What it takes for a formula wrongly, render.js
// puts back.

import { MAX_BLANKS, MAX_DISPLAY } from "../math/dialect.js";
import { Finder } from "../math/finder.js";
import { Places } from "../math/places.js";
import { codeSpans, Spans } from "./code-spans.js";
import {
  cellsOf,
  fenceOf,
  isDelimiterRow,
  isHeading,
  isRule,
  LIST_MARKER,
  linesOf,
  pipesOf,
} from "./lines.js";

/** @typedef {import("../math/dialect.js").Formula} Formula */
/** @typedef {import("./lines.js").Fence} Fence */
/** @typedef {import("./lines.js").Line} Line */

const WINDOW = 2_000; // characters that a tag or a link's destination may have
const MAX_NESTED = 64; // list markers on one line
const TAG =
  /^<(\/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*)\s*(\/?)>/;
const AUTOLINK =
  /^<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+)>/;
const DESTINATION =
  /^\(\s*(?:<(?:\\.|[^\\<>\n])*>|(?:\\.|[^\s\\()<]|\((?:\\.|[^\s\\()])*\))*)(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*\)/;
const VERBATIM =
  /^(?:pre|code|script|style|textarea|kbd|samp|tt|title|svg|math|xmp|noscript|iframe)$/i;
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
  #finder;
  /** @type {Formula[]} */ #found = [];
  #at = 0; // the number of the line
  #isHeading = false;
  /** @type {Row | null} */ #row = null;
  #columns = 0; // of the table that the line belongs to
  #isParagraph = false;
  /** @type {number[]} */ #lists = []; // where the content of each open list item begins
  /** @type {{until: number, spans: Spans}} */ #codes = NO_CODES;
  /** @type {Map<number, number>} */ #paragraphs = new Map();
  /** @type {Map<number, number>} */ #formulaParagraphs = new Map();
  #places;
  /** @type {Int32Array | null} */ #barriers = null;
  /** @type {number[]} */ #blanks = [];
  /** @type {Places | null} */ #lowered = null; // of the text in small letters

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
    this.#lines = linesOf(text);
    this.#finder = new Finder(text);
    this.#places = new Places(text);
  }

  run() {
    /** @type {OpenFence | null} */ let fence = null;
    /** @type {RegExp | null} */ let raw = null;
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at];
      this.#isHeading = false;
      if (fence) {
        fence = this.#inFence(line, fence);
        if (fence || this.#closedFence) continue;
      }
      if (raw) {
        if (raw.test(this.#text.slice(line.start, line.end))) raw = null;
        continue;
      }
      if (line.isBlank) {
        this.#endParagraph();
        continue;
      }
      const begun = this.#begin(line);
      if (!begun) continue;
      const { position, content, offset } = begun;
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

  #closedFence = false;

  /**
   * Take a line inside a fence; return the fence if it stays open.
   *
   * @param {Line} line
   * @param {OpenFence} fence
   */
  #inFence(line, fence) {
    const isOutside =
      line.quotes < fence.line.quotes ||
      (!line.isBlank && line.indent < fence.offset);
    this.#closedFence = !isOutside;
    if (isOutside) return null;
    const closing = line.fence;
    if (
      !closing ||
      closing.sign !== fence.sign ||
      closing.length < fence.length ||
      closing.info
    )
      return fence;
    if (/^math$/i.test(fence.info)) {
      const start = Math.min(fence.line.end + 1, this.#text.length);
      const end = Math.max(start, line.start - 1);
      const body = this.#text.slice(start, end);
      const tex = fence.line.quotes ? unquoted(body) : body;
      this.#found.push({
        start: fence.start,
        end: line.end,
        tex,
        display: true,
      });
    }
    return null;
  }

  #endParagraph() {
    this.#isParagraph = false;
    this.#columns = 0;
  }

  /**
   * Step over indentation and list markers; return where text begins, or null where the
   * line is code or has no text.
   *
   * @param {Line} line
   */
  #begin(line) {
    const text = this.#text;
    const lists = this.#lists;
    let indent = line.indent;
    let position = line.content;
    if (!this.#isParagraph || line.beginsBlock)
      while (lists.length && lists[lists.length - 1] > indent) lists.pop();
    let offset = lists.at(-1) ?? 0;
    if (!this.#isParagraph && indent - offset >= 4) return null;
    let content = line.text;
    let column = indent;
    for (let nested = 0; nested < MAX_NESTED; nested++) {
      const marker = LIST_MARKER.exec(content);
      if (!marker || isRule(content) || indent - offset >= 4) break;
      const interrupts = /^(?:[-+*]|1[.)])/.test(content);
      if (this.#isParagraph && !interrupts && !lists.length) break;
      const width = marker[0].length;
      let after = position + width;
      let spaces = 0;
      while (" \t".includes(text[after] ?? "\n")) {
        after++;
        spaces++;
      }
      if (after >= line.end) {
        lists.push(column + width + 1);
        this.#isParagraph = false;
        return null;
      }
      if (spaces > 4) {
        spaces = 1;
        after = position + width + 1;
      }
      column += width + spaces;
      lists.push(column);
      offset = indent = column;
      position = after;
      this.#endParagraph();
      content = text.slice(position, line.end);
    }
    return { position, content, offset };
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
            ? this.#behindTag(position)
            : this.#behindDestination(position);
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
   * @returns {import("../math/finder.js").Bounds}
   */
  #bounds(beginsLine) {
    const here = this.#at;
    const quotes = this.#lines[here].quotes;
    const row = this.#isHeading ? null : this.#row;
    return {
      inline: this.#paragraphEnd(),
      display: this.#formulaParagraphEnd(),
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
   * @returns {import("../math/finder.js").Block}
   */
  #block() {
    const line = this.#lines[this.#at];
    const text = this.#text;
    /** @param {number} inside */
    const opens = (inside) => !text.slice(inside, line.end).trim();
    return {
      limit: this.#blockLimit(),
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

  /** Return where the paragraph of the line ends. */
  #paragraphEnd() {
    return this.#end(this.#paragraphs, (line) => line.endsFormula);
  }

  /** The same for display formulas, whose lines may begin like lists and headings. */
  #formulaParagraphEnd() {
    return this.#end(this.#formulaParagraphs, (line) => line.fence !== null);
  }

  /**
   * @param {Map<number, number>} known the ends found, by the number of the line
   * @param {(line: Line) => boolean} breaks whether a line belongs to the next block
   */
  #end(known, breaks) {
    const lines = this.#lines;
    const first = this.#at;
    if (this.#columns || this.#isHeading) return lines[first].end;
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
   * Return where a formula that begins the line and may go across blank lines must have
   * ended: before a fence, where a quotation ends, at the limits of the dialect.
   */
  #blockLimit() {
    const lines = this.#lines;
    const line = lines[this.#at];
    const { barriers, blanks } = this.#landmarks();
    const blank = blanks[firstAbove(blanks, this.#at) + MAX_BLANKS];
    const before = Math.min(barriers[this.#at], blank ?? lines.length);
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

  /** Return the code spans of the paragraph from a place on. @param {number} position */
  #codesFrom(position) {
    const until = this.#paragraphEnd();
    if (this.#codes.until !== until)
      this.#codes = { until, spans: codeSpans(this.#text, position, until) };
    return this.#codes.spans;
  }

  /**
   * Return where a comment, a tag with what is verbatim in it, or an autolink ends; the
   * place itself where none begins.
   *
   * @param {number} position
   */
  #behindTag(position) {
    const text = this.#text;
    if (text.startsWith("<!--", position)) {
      for (const empty of ["<!-->", "<!--->"])
        if (text.startsWith(empty, position)) return position + empty.length;
      return this.#places.next("-->", position + 4) + 3;
    }
    const ahead = text.slice(position, position + WINDOW);
    const tag = TAG.exec(ahead);
    if (!tag) return position + (AUTOLINK.exec(ahead)?.[0].length ?? 0);
    const end = position + tag[0].length;
    const [, closes, name, , isEmpty] = tag;
    if (closes || isEmpty || !VERBATIM.test(name)) return end;
    this.#lowered ??= new Places(text.toLowerCase());
    const close = `</${name.toLowerCase()}`;
    const verbatim = this.#lowered.next(close, end);
    return verbatim < this.#paragraphEnd() ? verbatim : end;
  }

  /** @param {number} position of a closing bracket */
  #behindDestination(position) {
    if (this.#text[position + 1] !== "(") return position;
    const ahead = this.#text.slice(position + 1, position + 1 + WINDOW);
    const found = DESTINATION.exec(ahead);
    return found ? position + 1 + found[0].length : position;
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

/** @typedef {Fence & {line: Line, offset: number, start: number}} OpenFence */

const NO_CODES = { until: -1, spans: new Spans([]) };

/** A row of a table, in which a formula may hide bars that would part cells. */
class Row {
  #pipes;
  #columns;

  /** @param {string} row @param {number} columns */
  constructor(row, columns) {
    this.#pipes = cellsOf(row);
    this.#columns = columns;
  }

  /**
   * Tell whether the row keeps its cells if a piece of it has none. @param {string} piece
   */
  holds(piece) {
    if (!piece.includes("|")) return true;
    const whole = this.#pipes;
    const rest = whole - pipesOf(piece);
    if (rest >= this.#columns) return true;
    const gap = Math.abs(rest - this.#columns);
    return whole !== this.#columns && gap <= Math.abs(whole - this.#columns);
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

/** @param {string} text */
function unquoted(text) {
  return text.replace(/^(?: {0,3}>[ \t]?)+/gm, "");
}

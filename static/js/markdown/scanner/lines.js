// @ts-check
// The lines of a Markdown document, and the blocks that begin on them.

const FENCE = /^(?:(`{3,})([^`\n]*)|(~{3,})([^\n]*))$/;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;
const DELIMITERS = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;

export const LIST_MARKER = /^(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)/;

/** @typedef {{sign: string, length: number, info: string}} Fence */

export class Line {
  /**
   * @param {string} text the document
   * @param {number} start
   * @param {number} end where its line break stands
   */
  constructor(text, start, end) {
    this.start = start;
    this.end = end;
    /** How many marks of quotation it begins with, and where they end. */
    this.quotes = 0;
    this.body = start;
    for (;;) {
      /** @type {number} */ let at = this.body;
      while (text[at] === " " && at - this.body < 3) at++;
      if (text[at] !== ">" || at >= end) break;
      this.quotes++;
      this.body = at + 1;
      if (text[this.body] === " " || text[this.body] === "\t") this.body++;
    }
    /** Where its content begins, and how many columns that is indented. */
    this.content = this.body;
    this.indent = 0;
    while (this.content < end && " \t".includes(text[this.content])) {
      this.indent += text[this.content] === "\t" ? 4 - (this.indent % 4) : 1;
      this.content++;
    }
    this.text = text.slice(this.content, end);
    this.isBlank = this.content >= end;
    this.fence = readFence(this.text);
    const item = LIST_MARKER.exec(this.text);
    const isItem =
      item !== null && this.text.slice(item[0].length).trim() !== "";
    const begins =
      isHeading(this.text) || isRule(this.text) || this.fence !== null;
    /** Whether a block begins here that would end a paragraph. */
    this.beginsBlock = begins || isItem;
    /** The same inside a formula, where a plus is more likely a plus. */
    this.endsFormula = begins || (isItem && this.text[0] !== "+");
  }
}

/**
 * @param {string} text
 * @returns {Line[]}
 */
export function splitLines(text) {
  const lines = [];
  for (let start = 0; start <= text.length;) {
    let end = text.indexOf("\n", start);
    if (end < 0) end = text.length;
    lines.push(new Line(text, start, end));
    start = end + 1;
  }
  return lines;
}

/**
 * @param {string} text
 * @returns {Fence | null}
 */
export function readFence(text) {
  const found = FENCE.exec(text);
  if (!found) return null;
  const run = found[1] ?? found[3];
  const info = (found[2] ?? found[4]).trim();
  return { sign: run[0], length: run.length, info };
}

/** @param {string} text */
export function isHeading(text) {
  return HEADING.test(text);
}

/** @param {string} text */
export function isRule(text) {
  return "*_-".includes(text[0] ?? " ") && RULE.test(text);
}

/** Tell whether a line is the one between a table's head and body. @param {string} text */
export function isDelimiterRow(text) {
  return text.includes("-") && DELIMITERS.test(text.trim());
}

/** Return how many cells a row has. @param {string} row */
export function countCells(row) {
  const trimmed = row
    .trim()
    .replace(/^\|/, "")
    .replace(/(^|[^\\])\|$/, "$1");
  return countPipes(trimmed) + 1;
}

/** Return how many bars part cells in a piece of a row. @param {string} piece */
export function countPipes(piece) {
  return (piece.match(/(?:^|[^\\])(?=\|)/g) ?? []).length;
}

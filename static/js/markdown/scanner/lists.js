// @ts-check
// The list items that are open, and the place behind their markers where a line's text begins.

import { isRule, LIST_MARKER } from "./lines.js";

/** @typedef {import("./lines.js").Line} Line */

const MAX_NESTED = 64; // list markers on one line

/**
 * @typedef {object} Begun
 * @property {{position: number, content: string, offset: number} | null} text where text
 *   begins, null where the line is code or has no text
 * @property {boolean} isParagraph whether it goes on with a paragraph
 * @property {boolean} isItem whether an item with text begins
 */

export class Lists {
  #text;
  /** @type {number[]} */ #items = []; // where the content of each open item begins

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /**
   * Step over indentation and list markers.
   *
   * @param {Line} line
   * @param {boolean} isParagraph whether a paragraph is open
   * @returns {Begun}
   */
  begin(line, isParagraph) {
    const text = this.#text;
    const items = this.#items;
    let indent = line.indent;
    let position = line.content;
    let isItem = false;
    if (!isParagraph || line.beginsBlock)
      while (items.length && items[items.length - 1] > indent) items.pop();
    let offset = items.at(-1) ?? 0;
    if (!isParagraph && indent - offset >= 4)
      return { text: null, isParagraph, isItem };
    let content = line.text;
    let column = indent;
    for (let nested = 0; nested < MAX_NESTED; nested++) {
      const marker = LIST_MARKER.exec(content);
      if (!marker || isRule(content) || indent - offset >= 4) break;
      const interrupts = /^(?:[-+*]|1[.)])/.test(content);
      if (isParagraph && !interrupts && !items.length) break;
      const width = marker[0].length;
      let after = position + width;
      let spaces = 0;
      while (" \t".includes(text[after] ?? "\n")) {
        after++;
        spaces++;
      }
      if (after >= line.end) {
        items.push(column + width + 1);
        return { text: null, isParagraph: false, isItem };
      }
      if (spaces > 4) {
        spaces = 1;
        after = position + width + 1;
      }
      column += width + spaces;
      items.push(column);
      offset = indent = column;
      position = after;
      isParagraph = false;
      isItem = true;
      content = text.slice(position, line.end);
    }
    return { text: { position, content, offset }, isParagraph, isItem };
  }
}

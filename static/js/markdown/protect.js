// @ts-check
// Takes the formulas out of a Markdown document before Marked sees it, and puts their source
// back where they prove to be none.
//
// Each formula is replaced by a placeholder of lower-case letters and digits that Marked,
// DOMPurify and HTML parsers leave alone: q, 24 random letters, a number, z. The same
// source gets the same placeholder, so that [$x$] still finds its definition. A document
// cannot forge more than a formula of its own.

import { scan } from "./scanner/scan.js";

/** @typedef {{tex: string, display: boolean, source: string}} Kept */

const PUNCTUATION = /[\p{P}\p{S}]/u;
const LETTERS = "abcdefghijklmnop";
const RANDOM_BYTES = 12;

/** Stands between emphasis and a placeholder where punctuation decides what it does. */
const EDGE = "\u2058";

export class Protected {
  /** @type {Kept[]} */ formulas = [];
  /** The document, with placeholders. */
  text = "";
  #mark = makeMark();

  /** @param {string} source with line breaks of \n */
  constructor(source) {
    /** @type {Map<string, number>} */ const known = new Map();
    let end = 0;
    for (const { start, end: after, tex, display } of scan(source)) {
      const written = source.slice(start, after);
      let number = known.get(written);
      if (number === undefined) {
        number = this.formulas.length;
        known.set(written, number);
        this.formulas.push({ tex, display, source: written });
      }
      this.text +=
        source.slice(end, start) +
        chooseEdge(source, start - 1, -1) +
        `${this.#mark}${number}z` +
        chooseEdge(source, after, 1);
      end = after;
    }
    this.text += source.slice(end);
  }

  /** Tell whether a text has placeholders. @param {string} text */
  isIn(text) {
    return text.includes(this.#mark);
  }

  /**
   * Return a text with the source of its formulas back in their places.
   *
   * @param {string} text
   */
  restore(text) {
    if (!this.isIn(text)) return text;
    return text.replace(
      this.makePattern(),
      (_, number) => this.formulas[number]?.source ?? "",
    );
  }

  /**
   * Return the pieces of a text, prose and formulas in turn.
   *
   * @param {string} text
   * @returns {(string | Kept)[]}
   */
  split(text) {
    const pieces = [];
    let end = 0;
    for (const found of text.matchAll(this.makePattern())) {
      const formula = this.formulas[Number(found[1])];
      if (!formula) continue;
      if (found.index > end) pieces.push(text.slice(end, found.index));
      pieces.push(formula);
      end = found.index + found[0].length;
    }
    if (end < text.length) pieces.push(text.slice(end));
    return pieces;
  }

  /** Return what finds placeholders; its group is the number of the formula. */
  makePattern() {
    return new RegExp(`${EDGE}?${this.#mark}(\\d+)z${EDGE}?`, "g");
  }
}

function makeMark() {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  const letters = [...bytes].map((b) => LETTERS[b & 15] + LETTERS[b >> 4]);
  return `q${letters.join("")}`;
}

/**
 * Return what must stand at an end of a formula so that emphasis next to it works as if
 * the formula were a word, also between Chinese characters: punctuation if the far side
 * of the run of * or _ is punctuation.
 *
 * @param {string} text
 * @param {number} at
 * @param {-1 | 1} direction
 */
function chooseEdge(text, at, direction) {
  let far = at;
  while (text[far] === "*" || text[far] === "_") far += direction;
  if (far === at || text[far] === undefined) return "";
  return PUNCTUATION.test(text[far]) ? EDGE : "";
}

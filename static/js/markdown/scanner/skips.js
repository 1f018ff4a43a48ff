// @ts-check
// Skips the parts of a paragraph without formulas: comments, tags, autolinks, destinations.

import { Places } from "../../math/dialect/places.js";

const WINDOW = 2_000; // characters that a tag or a link's destination may have
const TAG =
  /^<(\/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*)\s*(\/?)>/;
const AUTOLINK =
  /^<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+)>/;
const DESTINATION =
  /^\(\s*(?:<(?:\\.|[^\\<>\n])*>|(?:\\.|[^\s\\()<]|\((?:\\.|[^\s\\()])*\))*)(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*\)/;
const VERBATIM =
  /^(?:pre|code|script|style|textarea|kbd|samp|tt|title|svg|math|xmp|noscript|iframe)$/i;

export class Skips {
  #text;
  #places;
  /** @type {Places | null} */ #lowered = null; // of the text in small letters

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
    this.#places = new Places(text);
  }

  /**
   * Return where a comment, a tag with what is verbatim in it, or an autolink ends; the
   * place itself where none begins.
   *
   * @param {number} position
   * @param {number} until where the paragraph ends
   */
  skipTag(position, until) {
    const text = this.#text;
    if (text.startsWith("<!--", position)) {
      for (const empty of ["<!-->", "<!--->"])
        if (text.startsWith(empty, position)) return position + empty.length;
      return this.#places.findNext("-->", position + 4) + 3;
    }
    const ahead = text.slice(position, position + WINDOW);
    const tag = TAG.exec(ahead);
    if (!tag) return position + (AUTOLINK.exec(ahead)?.[0].length ?? 0);
    const end = position + tag[0].length;
    const [, closes, name, , isEmpty] = tag;
    if (closes || isEmpty || !VERBATIM.test(name)) return end;
    this.#lowered ??= new Places(text.toLowerCase());
    const close = `</${name.toLowerCase()}`;
    const verbatim = this.#lowered.findNext(close, end);
    return verbatim < until ? verbatim : end;
  }

  /**
   * Return where the destination of a link ends; the place itself where there is none.
   *
   * @param {number} position of a closing bracket
   */
  skipDestination(position) {
    if (this.#text[position + 1] !== "(") return position;
    const ahead = this.#text.slice(position + 1, position + 1 + WINDOW);
    const found = DESTINATION.exec(ahead);
    return found ? position + 1 + found[0].length : position;
  }
}

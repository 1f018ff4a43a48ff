// @ts-check
// Marked's lexer with bounds, against inputs that cost it quadratic time or endless recursion.
// It bounds how deep blocks nest, how often a document is read, and how far apart the two
// marks of emphasis may be. Real documents stay far below each bound.

import { beginsInline } from "./blocks/elements.js";
import { findStrong, refine } from "./flanking.js";
import { Lexer, Tokenizer } from "../../vendor/marked/marked.js";

/** How deep quotations and lists may nest; anything deeper is text. */
export const MAX_NESTING = 24;

/**
 * How often a document may be looked through for blocks: once for each quotation and list
 * that a line is in, and, in Marked, twice for each where the lines below are in fewer.
 */
const MAX_PASSES = 2 * MAX_NESTING;

/** UTF-16 units allowed above that, so that a short document may be all nested. */
const ALLOWANCE = 10_000;

/** The longest heading that is underlined. */
const MAX_HEADING = 1_000;

/** The longest stretch that is searched for marks, in UTF-16 units. */
const MAX_STRETCH = 4_000;

/** How many signs of a stretch may begin or end a mark. */
export const MAX_MARKS = 300;

const MARK = /[!"'()*.<>@[\\\]_`~]/;
const SPACE = /\s/;

export class BoundedLexer extends Lexer {
  #atoms;
  #depth = 0;
  #left = 0;

  /**
   * @param {import("../../vendor/marked/marked.js").MarkedOptions<any, any> | undefined} options
   * @param {RegExp} whole global; what must not be cut
   */
  constructor(options, whole) {
    super({ ...options, tokenizer: new BoundedTokenizer(options) });
    this.#atoms = new RegExp(`${whole.source}|[^]`, "gu");
  }

  /** @override @param {string} src */
  lex(src) {
    this.#left = src.length * MAX_PASSES + ALLOWANCE;
    return super.lex(src);
  }

  /** Tell whether so much more may be looked through. @param {number} length */
  afford(length) {
    this.#left -= length;
    return this.#left >= 0;
  }

  /** Return a token for text without blocks. @param {string} text */
  plain(text) {
    const tokens = this.inline(text);
    return { type: /** @type {const} */ ("text"), raw: text, text, tokens };
  }

  /**
   * @override
   * @param {string} src
   * @param {any} [tokens]
   * @param {boolean} [lastParagraphClipped]
   */
  blockTokens(src, tokens = [], lastParagraphClipped = false) {
    if (this.#depth > MAX_NESTING || !this.afford(src.length)) {
      tokens.push(this.plain(src));
      return tokens;
    }
    this.#depth++;
    try {
      return super.blockTokens(src, tokens, lastParagraphClipped);
    } finally {
      this.#depth--;
    }
  }

  /**
   * @override
   * @param {string} src
   * @param {import("../../vendor/marked/marked.js").Token[]} [tokens]
   */
  inlineTokens(src, tokens = []) {
    for (const stretch of this.#stretches(src))
      super.inlineTokens(stretch, tokens);
    return tokens;
  }

  /** Yield the stretches of a text, cut after a space where there is one. @param {string} text */
  *#stretches(text) {
    let start = 0;
    let marks = 0;
    let space = 0;
    if (text.length > MAX_MARKS)
      for (const { 0: atom, index } of text.matchAll(this.#atoms)) {
        if (index - start >= MAX_STRETCH || marks >= MAX_MARKS) {
          const end = space > start ? space : index;
          yield text.slice(start, end);
          start = end;
          marks = 0;
        }
        if (SPACE.test(atom)) space = index + atom.length;
        if (MARK.test(atom)) marks++;
      }
    yield text.slice(start);
  }
}

class BoundedTokenizer extends Tokenizer {
  /** Stars follow our rules, and two underscores beside Chinese, Japanese or Korean. */
  /**
   * @override
   * @param {string} src
   * @param {string} maskedSrc
   * @param {string} [prevChar]
   */
  emStrong(src, maskedSrc, prevChar) {
    const read = this.#by(src[0] === "*", () =>
      super.emStrong(src, maskedSrc, prevChar),
    );
    const found = !read && findStrong(src, prevChar ?? "");
    const masked = maskedSrc.slice(-src.length);
    if (!found || !masked.startsWith("__", found.raw.length - 2)) return read;
    const tokens = this.lexer.inlineTokens(found.text);
    return { type: /** @type {const} */ ("strong"), ...found, tokens };
  }

  /**
   * One tilde strikes nothing: 20~30.
   *
   * @override
   * @param {string} src
   * @param {string} maskedSrc
   * @param {string} [prevChar]
   */
  del(src, maskedSrc, prevChar) {
    if (!src.startsWith("~~")) return undefined;
    return this.#by(true, () => super.del(src, maskedSrc, prevChar));
  }

  /** @override @param {string} src */
  html(src) {
    return beginsInline(src) ? undefined : super.html(src);
  }

  /** @type {any} */ #plain = null;
  /** @type {any} */ #refined = null;

  /**
   * Read by our rules of flanking, or by Marked's.
   *
   * @template T
   * @param {boolean} isOurs
   * @param {() => T} read
   * @returns {T}
   */
  #by(isOurs, read) {
    const before = /** @type {any} */ (this).rules;
    this.#plain ??= before;
    this.#refined ??= { ...before, inline: refine(before.inline) };
    this.rules = isOurs ? this.#refined : this.#plain;
    try {
      return read();
    } finally {
      this.rules = before;
    }
  }

  /**
   * Marked may look through all that a quotation could be, and take its first lines only.
   *
   * @override
   * @param {string} src
   */
  blockquote(src) {
    const lexer = /** @type {BoundedLexer} */ (this.lexer);
    const found = this.rules.block.blockquote.exec(src);
    if (!found) return undefined;
    if (lexer.afford(found[0].length)) return super.blockquote(src);
    const raw = found[0].replace(/\n+$/, "");
    const text = raw.replace(/^(?: {0,3}> ?)+/gm, "");
    return {
      type: /** @type {const} */ ("blockquote"),
      raw,
      text,
      tokens: [lexer.plain(text)],
    };
  }

  /** @override @param {string} src */
  lheading(src) {
    if (src.length <= MAX_HEADING) return super.lheading(src);
    return super.lheading(src.slice(0, src.lastIndexOf("\n", MAX_HEADING) + 1));
  }
}

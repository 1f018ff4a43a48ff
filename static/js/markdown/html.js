// @ts-check
// Turns a protected document into HTML, by Marked. Where the scanner took a piece of code, an
// address or raw HTML for a formula, its source is back again.

import { Marked } from "../../vendor/marked/marked.js";
import { BLOCKS, pairTags, writeTag } from "./blocks/elements.js";
import { Footnotes } from "./blocks/footnotes.js";
import { BoundedLexer } from "./lexer.js";

/** @typedef {import("./protect.js").Protected} Protected */

/**
 * Return a document as HTML that is yet to be purified.
 *
 * @param {Protected} kept
 * @param {Footnotes} [footnotes] an object that takes in the document's footnotes
 */
export function writeHtml(kept, footnotes = new Footnotes()) {
  const marked = makeMarked(kept, footnotes);
  /** @type {any} */ let parser;
  marked.use({
    hooks: {
      provideParser() {
        return (tokens, options) => {
          parser = new marked.Parser(options);
          return parser.parse(tokens);
        };
      },
    },
  });
  const html = marked.parse(kept.text, { async: false });
  return html + (parser ? footnotes.write(parser) : "");
}

/** @param {Protected} kept @param {Footnotes} footnotes */
function makeMarked(kept, footnotes) {
  /** @param {any} token @param {string[]} names */
  const repair = (token, ...names) => {
    for (const name of names)
      if (typeof token[name] === "string")
        token[name] = kept.restore(token[name]);
  };
  return new Marked({
    gfm: true,
    extensions: /** @type {any} */ ([...BLOCKS, ...footnotes.extensions]),
    walkTokens(/** @type {any} */ token) {
      for (const inside of listInside(token)) pairTags(inside);
      if (token.type === "code") repair(token, "text", "lang");
      else if (token.type === "codespan") repair(token, "text");
      else if (token.type === "def") repair(token, "href", "title");
      else if (token.type === "link" || token.type === "image") {
        repair(token, "href", "title");
        if (/^[[!]/.test(token.raw)) return;
        repair(token, "text"); // an address that stands for itself
        for (const part of token.tokens ?? []) repair(part, "text", "raw");
      }
    },
    renderer: { html: (token) => writeTag(token) ?? escapeHtml(token.raw) },
    hooks: {
      provideLexer: () => (text, options) =>
        new BoundedLexer(options, kept.makePattern()).lex(text),
    },
  });
}

/** Return the lists of tokens right inside a token. @param {any} token @returns {any[][]} */
function listInside(token) {
  const cells = [...(token.header ?? []), ...(token.rows ?? []).flat()];
  return [
    token.tokens,
    token.summary,
    ...cells.map((cell) => cell.tokens),
  ].filter(Array.isArray);
}

/** @param {string} text */
function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

// @ts-check
// Turns a protected document into HTML, by Marked. Where the scanner took a piece of code, an
// address or raw HTML for a formula, its source is back again.

import { Marked } from "../../vendor/marked/marked.js";
import { BoundedLexer } from "./lexer.js";

/** @typedef {import("./protect.js").Protected} Protected */

/**
 * Return a document as HTML that is yet to be purified.
 *
 * @param {Protected} kept
 */
export function writeHtml(kept) {
  return makeMarked(kept).parse(kept.text, { async: false });
}

/** @param {Protected} kept */
function makeMarked(kept) {
  /** @param {any} token @param {string[]} names */
  const repair = (token, ...names) => {
    for (const name of names)
      if (typeof token[name] === "string")
        token[name] = kept.restore(token[name]);
  };
  return new Marked({
    gfm: true,
    walkTokens(token) {
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
    renderer: { html: ({ raw }) => escapeHtml(raw) },
    hooks: {
      provideLexer: () => (text, options) =>
        new BoundedLexer(options, kept.makePattern()).lex(text),
    },
  });
}

/** @param {string} text */
function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

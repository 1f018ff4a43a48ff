// @ts-check
// A protected document to HTML, by Marked. What was taken for a formula in code, in an
// address or in raw HTML is its source again.

import { Marked } from "../../vendor/marked/marked.js";
import { BoundedLexer } from "./lexer.js";

/** @typedef {import("./protect.js").Protected} Protected */

/**
 * Return a document as HTML that is yet to be purified.
 *
 * @param {Protected} kept
 */
export function htmlOf(kept) {
  return markedFor(kept).parse(kept.text, { async: false });
}

/** @param {Protected} kept */
function markedFor(kept) {
  /** @param {any} token @param {string[]} names */
  const repair = (token, ...names) => {
    for (const name of names)
      if (typeof token[name] === "string")
        token[name] = kept.restored(token[name]);
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
    renderer: { html: ({ raw }) => escaped(raw) },
    hooks: {
      provideLexer: () => (text, options) =>
        new BoundedLexer(options, kept.pattern()).lex(text),
    },
  });
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

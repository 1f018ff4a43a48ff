// @ts-check
// Renders Markdown with formulas to a fragment of a page, in this order:
//
//     protect      formulas out, placeholders in (protect.js)
//     Marked       GFM, and what blocks/ adds; other raw HTML becomes text (html.js, lexer.js)
//     DOMPurify    to a fragment; nothing is parsed as HTML after this
//     tame         links and pictures (links.js), task lists (tasks.js)
//     restore      formulas as text nodes, in spans that no translator touches (restore.js)
//
// A piece of code, an address or raw HTML that the scanner took for a formula gets its source
// back on the way, in html.js and restore.js.

import DOMPurify from "../../vendor/dompurify/purify.js";
import { Footnotes } from "./blocks/footnotes.js";
import { dropThought } from "./blocks/thoughts.js";
import { writeHtml } from "./html.js";
import { tame } from "./links.js";
import { Protected } from "./protect.js";
import { restore } from "./restore.js";
import { tick } from "./tasks.js";

/** A document this long, in UTF-16 units, is shown as it is. */
export const MAX_LENGTH = 500_000;

const TAGS =
  "p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a img table " +
  "thead tbody tr th td input sub sup details summary";
const ATTRIBUTES = "href title alt src align start type checked disabled class";
const ALLOWED = {
  ALLOWED_TAGS: TAGS.split(" "),
  ALLOWED_ATTR: ATTRIBUTES.split(" "),
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: /** @type {true} */ (true),
};

/**
 * Return a document as a fragment that is safe to put into a page.
 *
 * @param {string} source Markdown
 * @param {Window & typeof globalThis} [window]
 * @returns {DocumentFragment}
 */
export function render(source, window = globalThis.window) {
  const { document } = window;
  const text = source.replace(/\r\n?/g, "\n").replace(/\0/g, "\ufffd");
  if (text.length > MAX_LENGTH) return makeVerbatim(text, document);
  const kept = new Protected(dropThought(text));
  const footnotes = new Footnotes();
  const html = writeHtml(kept, footnotes);
  const fragment = findPurifier(window).sanitize(html, ALLOWED);
  tame(fragment, document);
  footnotes.name(fragment);
  tick(fragment);
  keepCode(fragment);
  restore(fragment, kept, document);
  return fragment;
}

/** @type {WeakMap<Window, import("../../vendor/dompurify/purify.js").DOMPurify>} */
const purifiers = new WeakMap();

/** @param {Window & typeof globalThis} window */
function findPurifier(window) {
  let purifier = purifiers.get(window);
  if (!purifier) purifiers.set(window, (purifier = DOMPurify(window)));
  return purifier;
}

/** @param {string} text @param {Document} document */
function makeVerbatim(text, document) {
  const fragment = document.createDocumentFragment();
  const block = document.createElement("pre");
  block.textContent = text;
  fragment.append(block);
  return fragment;
}

/** Keep translators away from code. @param {DocumentFragment} fragment */
function keepCode(fragment) {
  for (const code of fragment.querySelectorAll("code")) {
    code.classList.add("notranslate");
    code.setAttribute("translate", "no");
  }
}

// @ts-check
// Puts formulas back into a rendered document, always as text nodes: nothing in a formula is
// ever read as HTML.

import { DISPLAY, makeFormula } from "../math/element.js";

/** @typedef {import("./protect.js").Protected} Protected */

const TEXT = 4; // NodeFilter.SHOW_TEXT
const ELEMENT = 1; // NodeFilter.SHOW_ELEMENT

/**
 * Put the formulas of a document back in the places of their placeholders; where there may
 * be none, their source.
 *
 * @param {DocumentFragment} fragment
 * @param {Protected} kept
 * @param {Document} document
 */
export function restore(fragment, kept, document) {
  if (!kept.formulas.length) return;
  const walker = document.createTreeWalker(fragment, ELEMENT | TEXT);
  /** @type {Text[]} */ const texts = [];
  for (let node; (node = walker.nextNode());) {
    if (node.nodeType === 3) {
      const text = /** @type {Text} */ (node);
      if (kept.isIn(text.data)) texts.push(text);
    } else restoreAttributes(/** @type {Element} */ (node), kept);
  }
  for (const text of texts) restoreText(text, kept, document);
}

/** @param {Element} element @param {Protected} kept */
function restoreAttributes(element, kept) {
  for (const { name, value } of [...element.attributes]) {
    if (!kept.isIn(value)) continue;
    if (name === "title" || name === "alt")
      element.setAttribute(name, kept.restore(value));
    else element.removeAttribute(name);
  }
}

/** @param {Text} text @param {Protected} kept @param {Document} document */
function restoreText(text, kept, document) {
  if (text.parentElement?.closest("code, pre")) {
    text.data = kept.restore(text.data);
    return;
  }
  const nodes = kept
    .split(text.data)
    .map((piece) =>
      typeof piece === "string"
        ? document.createTextNode(piece)
        : makeFormula(piece.tex, piece.display, document),
    );
  text.replaceWith(...nodes);
  for (const node of nodes)
    if (node.nodeType === 1 && isDisplay(/** @type {Element} */ (node)))
      dropBreaks(/** @type {Element} */ (node));
}

/** @param {Element} element */
function isDisplay(element) {
  return element.classList.contains(DISPLAY);
}

/** Remove the line breaks next to a display formula, which has its own line anyway. */
/** @param {Element} element */
function dropBreaks(element) {
  for (const side of /** @type {const} */ ([
    "previousSibling",
    "nextSibling",
  ])) {
    /** @type {ChildNode | null} */ let next = element[side];
    while (next?.nodeType === 3 && !next.textContent?.trim()) next = next[side];
    if (next?.nodeName === "BR") next.remove();
  }
}

// @ts-check
// Finds words in a listing: marks them where they are shown, or has the server say which
// papers have them, loaded or not, and shows those alone.

import { orderFrom } from "./source.js";

const MARK = "found";
const REST_MS = 200;
const LEAST = 2;
const LETTER = "[\\p{L}\\p{N}]";
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
const HAN = /\p{Script=Han}/u; // written without spaces: found anywhere

/**
 * Return text as words are compared: without accents, in lower case, letter for letter.
 *
 * @param {string} text
 */
export function folded(text) {
  let plain = "";
  for (const sign of text) {
    const bare = sign.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    plain += bare.length === sign.length ? bare : sign.toLowerCase();
  }
  return plain;
}

/**
 * Return where words of a text begin with one of some words, as [start, end).
 *
 * @param {string} text
 * @param {string[]} words folded
 * @returns {[number, number][]}
 */
export function beginnings(text, words) {
  const plain = folded(text);
  if (plain.length !== text.length) return [];
  const forms = words.filter(Boolean).map((word) => {
    const bare = word.replace(SYNTAX, "\\$&");
    return HAN.test(word) ? bare : `(?<!${LETTER})${bare}${LETTER}*`;
  });
  if (!forms.length) return [];
  const form = new RegExp(forms.join("|"), "gu");
  return [...plain.matchAll(form)].map((found) => [
    found.index,
    found.index + found[0].length,
  ]);
}

/** @param {string} text @returns {string[]} */
export function wordsIn(text) {
  return folded(text)
    .split(/[\s,;，；、]+/)
    .filter((word) => word.length >= LEAST || HAN.test(word));
}

/**
 * Mark words in cards without touching them; without any, mark nothing.
 *
 * @param {Iterable<Element>} cards
 * @param {string[]} words
 */
export function mark(cards, words) {
  if (!("highlights" in CSS)) return;
  const ranges = words.length ? [...rangesIn(cards, words)] : [];
  CSS.highlights.set(MARK, new Highlight(...ranges));
}

/** @param {Iterable<Element>} cards @param {string[]} words */
function* rangesIn(cards, words) {
  const texts = ".title-link, .author, .summary";
  for (const card of cards)
    for (const place of card.querySelectorAll(texts)) {
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const [start, end] of beginnings(node.nodeValue ?? "", words))
          yield rangeOf(node, start, end);
    }
}

/** @param {Node} node @param {number} start @param {number} end */
function rangeOf(node, start, end) {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range;
}

/**
 * Let a form find in a feed: words are marked as they are typed; sent, they filter.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLElement} list
 * @param {import("./feed.js").Feed} feed
 * @param {(found: number | null, problem?: "bad" | "failed") => void} told
 */
export function findIn(form, list, feed, told) {
  const input = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const show = () => mark(list.children, wordsIn(input("include").value));
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = Number(setTimeout(show, REST_MS));
  });
  form.addEventListener("reset", () => {
    CSS.highlights?.delete(MARK);
    feed.only(null);
    told(null);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    show();
    const url = new URL(list.dataset.api ?? "", location.href);
    for (const name of ["include", "exclude", "match"])
      url.searchParams.set(name, input(name).value.trim());
    try {
      const ids = await allOf(orderFrom(url.href));
      feed.only(ids);
      told(ids.length);
    } catch (error) {
      told(null, error instanceof RangeError ? "bad" : "failed");
    }
  });
  show();
  return show;
}

/** @param {import("./feed.js").Order} order */
async function allOf(order) {
  /** @type {string[]} */ const all = [];
  for (let ids = await order.next(); ids; ids = await order.next())
    all.push(...ids);
  return all;
}

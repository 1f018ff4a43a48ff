// @ts-check
// Finds words in a listing: marks them in the cards shown. The server makes the page of all
// papers that have them.

import { floatFold } from "./fold.js";
import { findBeginnings, isRefused, splitWords } from "./matching.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

const MARK = "found";
const REST_MS = 200;

/**
 * Keep the form at hand, and let it mark words as they are typed. Returns a function that
 * marks them again, in cards that are new.
 *
 * @param {HTMLFormElement} form
 * @param {Memory} memory
 * @param {{update: () => unknown}} [matches] told of words that have changed
 */
export function attendFind(form, memory, matches) {
  const [include, exclude] = ["include", "exclude"].map(
    (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)),
  );
  const show = () =>
    mark(
      document.querySelectorAll("[data-feed] .paper"),
      splitWords(include.value),
    );
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = Number(
      setTimeout(() => {
        show();
        matches?.update();
      }, REST_MS),
    );
  });
  checkBeforeSending(form, [include, exclude]);
  floatFold(form, memory);
  show();
  return show;
}

/**
 * Tell the reader what the server would refuse, before the form is sent.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement[]} inputs
 */
function checkBeforeSending(form, inputs) {
  form.addEventListener("input", () => {
    for (const input of inputs) input.setCustomValidity("");
  });
  form.querySelector("[type=submit]")?.addEventListener("click", () => {
    for (const input of inputs)
      input.setCustomValidity(
        isRefused(input.value) ? (form.dataset.bad ?? "") : "",
      );
  });
}

/**
 * Mark words in cards without touching them; without any, mark nothing.
 *
 * @param {Iterable<Element>} cards
 * @param {string[]} words
 */
function mark(cards, words) {
  if (!("highlights" in CSS)) return;
  const ranges = words.length ? [...findRanges(cards, words)] : [];
  CSS.highlights.set(MARK, new Highlight(...ranges));
}

/** @param {Iterable<Element>} cards @param {string[]} words */
function* findRanges(cards, words) {
  const texts = ".title-link, .author, .summary";
  for (const card of cards)
    for (const place of card.querySelectorAll(texts)) {
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const [start, end] of findBeginnings(node.nodeValue ?? "", words))
          yield makeRange(node, start, end);
    }
}

/** @param {Node} node @param {number} start @param {number} end */
function makeRange(node, start, end) {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range;
}

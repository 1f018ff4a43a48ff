// @ts-check
// Finds words in a listing: marks them where they are shown. The papers that have them, of
// the whole listing, are a page of the server's.

const MARK = "found";
const REST_MS = 200;
const LEAST = 2;
const MOST = 20;
const NO_LETTER = /[^\p{L}\p{N}]/gu;
const SPACES = /[\s,;，；、]+/;
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
    .split(SPACES)
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
 * Let a form mark words as they are typed, and tell what the server would refuse before it
 * is sent. Returns what marks them again, in cards that are new.
 *
 * @param {HTMLFormElement} form
 * @param {() => Iterable<Element>} cards
 */
export function findIn(form, cards) {
  const inputs = ["include", "exclude"].map(
    (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)),
  );
  const show = () => mark(cards(), wordsIn(inputs[0].value));
  let timer = 0;
  form.addEventListener("input", () => {
    for (const input of inputs) input.setCustomValidity("");
    clearTimeout(timer);
    timer = Number(setTimeout(show, REST_MS));
  });
  form.querySelector("[type=submit]")?.addEventListener("click", () => {
    for (const input of inputs)
      input.setCustomValidity(
        isRefused(input.value) ? (form.dataset.bad ?? "") : "",
      );
  });
  show();
  return show;
}

/** @param {string} text */
function isRefused(text) {
  const words = text.split(SPACES).filter(Boolean);
  return (
    words.length > MOST ||
    words.some((word) => /^[\0-\x7f]?$/.test(word.replace(NO_LETTER, "")))
  );
}

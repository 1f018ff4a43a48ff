// @ts-check
// Matches the words of a text by their beginnings, whatever their case and accents.

const LEAST = 2; // characters of a word
const MOST = 20; // words
const NO_LETTER = /[^\p{L}\p{N}]/gu;
const SPACES = /[\s,;，；、]+/;
const LETTER = "[\\p{L}\\p{N}]";
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
const HAN = /\p{Script=Han}/u; // written without spaces: found anywhere

/**
 * Return a text as words are compared: without accents, in lower case, of the same length.
 *
 * @param {string} text
 */
export function fold(text) {
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
export function findBeginnings(text, words) {
  const plain = fold(text);
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
export function splitWords(text) {
  return fold(text)
    .split(SPACES)
    .filter((word) => word.length >= LEAST || HAN.test(word));
}

/** Tell whether the server would refuse a text. @param {string} text */
export function isRefused(text) {
  const words = text.split(SPACES).filter(Boolean);
  return (
    words.length > MOST ||
    words.some((word) => /^[\0-\x7f]?$/.test(word.replace(NO_LETTER, "")))
  );
}

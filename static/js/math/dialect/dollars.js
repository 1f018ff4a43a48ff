// @ts-check
// Judges whether a text between two single dollar signs is math, or prose and prices.

/** A sign that math mostly has, and prose hardly ever. */
export const TEXISH = /\\[A-Za-z]|[\\^_{}=<>≤≥]/;

const WORD =
  /(?:^|[^\\A-Za-z])(?!(?:sin|cos|tan|log|exp|max|min|mod|det|dim|ker|deg|inf|sup|lim|arg)\b)[A-Za-z]{3,}/;
const TWO_WORDS = /(?:^|[^\\A-Za-z])[A-Za-z]{3,} +[A-Za-z]{3,}/;
const SHORT = /^[\w.,+\-*/!'|()[\] ]{1,24}$/;
const THREE_LETTERS = /[A-Za-z]{3,}/;
const PRICE = /^\d[\d.,]*(?:[KMBkmb]|bn)?[-–—/,，、;；。:： ]/;
const PRICE_TAIL = /[\u3400-\u9fff]|[-–—/,，、;； ]$/;
const SPACES = " \t\n\u00a0\u3000";

/**
 * Judge a text that is not empty.
 *
 * @param {string} body
 * @param {boolean} followedByDigit whether a digit follows the second dollar
 */
export function isMath(body, followedByDigit) {
  const texish = TEXISH.test(body) || !/[A-Za-z0-9]/.test(body);
  const lead = SPACES.includes(body[0]);
  const trail = SPACES.includes(body[body.length - 1]);
  if (lead || trail) {
    const weak = texish || isShort(body.trim(), lead && trail);
    return weak && !followedByDigit && !isProse(body);
  }
  if (texish) return true;
  if (followedByDigit || TWO_WORDS.test(body)) return false;
  return !(PRICE.test(body) && PRICE_TAIL.test(body));
}

/** @param {string} body @param {boolean} both whether there was white space at both ends */
function isShort(body, both) {
  if (!SHORT.test(body) || THREE_LETTERS.test(body)) return false;
  return both || !/^\d/.test(body);
}

/** @param {string} body */
function isProse(body) {
  const bare = body.replace(/\\[A-Za-z]+\*?/g, " ").replace(/\{[^{}]*\}/g, " ");
  return WORD.test(bare);
}

// @ts-check
// Writes numbers in the language of the page.

/** @param {number} number @param {Intl.NumberFormatOptions} [digits] */
export function formatNumber(number, digits) {
  return number.toLocaleString(document.documentElement.lang, digits);
}

/**
 * Put a number into a phrase, in place of its ….
 *
 * @param {string | undefined} phrase
 * @param {number} number
 * @param {string} [one] the phrase for 1
 */
export function fillNumber(phrase, number, one) {
  const wanted = number === 1 && one ? one : (phrase ?? "");
  return wanted.replace("…", formatNumber(number));
}

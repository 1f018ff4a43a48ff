// @ts-check
// Numbers as the page's language writes them.

/** @param {number} number @param {Intl.NumberFormatOptions} [digits] */
export function written(number, digits) {
  return number.toLocaleString(document.documentElement.lang, digits);
}

/** Put a number into a phrase, where its … is. @param {string | undefined} phrase @param {number} number */
export function counted(phrase, number) {
  return (phrase ?? "").replace("…", written(number));
}

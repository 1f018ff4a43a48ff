// @ts-check
// Prepares a formula's TeX for MathJax, where authors wrote what TeX forgives or what their own
// definitions would have made right. Each change is one that cannot make a right formula wrong.

const TEXT = /\\(?:text(?:bf|it|rm|sf|tt|sc|sl|normal|up|md)?|mbox|hbox)\s*\{/g;
const BARE = /\\.|\$[^$]*\$|[_#&]/gs;
const DEFINES = /\\(?:new|renew|provide)command|\\def(?![A-Za-z])/;
const ALIGNS =
  /\\(?:begin|(?:small|p|b|v|V|B)?matrix|cases|align|eqalign|displaylines|substack)(?![A-Za-z])/;
const SWITCH =
  /([\^_])\s*\\(rm|tt|bf|it|cal|sf|mit|frak|mathrm|mathbf|mathcal|mathbb|mathsf|text|textrm|textbf)\s*(\{[^{}]*\}|[A-Za-z0-9])/g;
const TWO_RAISED = /(\^\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[^\s{}\\^_]))(\s*)(?=\^)/g;
const TWO_LOWERED = /(_\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[^\s{}\\^_]))(\s*)(?=_)/g;
const UNICODE =
  /\\unicode(?:\[[^\]]*\])?\s*\{\s*(x[0-9a-fA-F]{1,6}|\d{1,7})\s*\}/g;
const NUMBER =
  /\\num(?:\[[^\]]*\])?\s*\{\s*([-+\d.,\s]*)(?:[eE]([-+]?\d+))?\s*\}/g;
const NUMBER_OF_UNIT =
  /\\(SI|qty)((?:\[[^\]]*\])?\s*\{)\s*([-+\d.,\s]*)[eE]([-+]?\d+)\s*\}/g;
const QUANTITY = /\\qty(?=\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}\s*\{)/g;
const BAR_OF_UNITS =
  /(\\(?:nano|micro|milli|centi|deci|hecto|kilo|mega|giga|per)\s*)?\\bar(?![A-Za-z])(\s*\})?/g;
const RAISED_UNIT =
  /\\(square|cubic)\s*((?:\\(?:pico|nano|micro|milli|centi|deci|kilo|mega|giga)(?![A-Za-z])\s*)?\\(?:meter|metre|second|minute|hour|gram|kilogram|radian|degree|arcminute|arcsecond|parsec|angstrom|km|cm|mm|nm|fm|m|s)(?![A-Za-z]))/g;
const SIGMA = /\\si(?![A-Za-z]|\s*[[{])/g;
const ANGLES = /\\la(?![A-Za-z])[^]{0,500}?\\ra(?![A-Za-z])/;
const DELIMITER = /\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z])/g;
const LEFT = /\\left(?![A-Za-z])/g;
const RIGHT = /\\right(?![A-Za-z])/g;

/** @param {string} tex */
export function prepare(tex) {
  if (!/[\\#&^_]/.test(tex)) return tex;
  let ready = tex
    .replace(UNICODE, (whole, code) => writeSign(whole, code))
    .replace(NUMBER_OF_UNIT, "\\$1$2$3\\times 10^{$4}}")
    .replace(NUMBER, (_, digits, power) =>
      power ? `{${digits}\\times 10^{${power}}}` : `{${digits}}`,
    )
    .replace(QUANTITY, "\\SI")
    .replace(SIGMA, "\\sigma")
    .replace(BAR_OF_UNITS, (whole, before, after) =>
      before || after ? `${before ?? ""}\\mathrm{bar}${after ?? ""}` : whole,
    )
    .replace(RAISED_UNIT, (_, power, unit) =>
      power === "square" ? `${unit}^2` : `${unit}^3`,
    )
    .replace(SWITCH, "$1{\\$2 $3}")
    .replace(/\\begin\{tabular\}/g, "\\begin{array}")
    .replace(/\\end\{tabular\}/g, "\\end{array}")
    .replace(/\\sqrt\s*$/, "\\surd")
    .replace(/\\[bB]igg?[lrm]?\s*$/, "");
  if (ANGLES.test(ready))
    ready = ready.replace(/\\([lr])a(?![A-Za-z])/g, "\\$1angle ");
  ready = separate(separate(ready, TWO_RAISED), TWO_LOWERED);
  if (count(ready, LEFT) !== count(ready, RIGHT))
    ready = ready.replace(DELIMITER, "");
  ready = escapeText(ready);
  if (DEFINES.test(ready)) return ready;
  ready = ready.replace(/\\.|#/gs, (sign) => (sign === "#" ? "\\#" : sign));
  return ALIGNS.test(ready)
    ? ready
    : ready.replace(/\\.|&/gs, (sign) => (sign === "&" ? "\\&" : sign));
}

/** Put an empty group between two scripts of the same kind. @param {string} tex @param {RegExp} twice */
function separate(tex, twice) {
  return tex.replace(twice, "$1{}$2");
}

/** @param {string} tex @param {RegExp} pattern */
function count(tex, pattern) {
  return tex.match(pattern)?.length ?? 0;
}

/** Return a sign that is named by its number, as text. @param {string} whole @param {string} code */
function writeSign(whole, code) {
  const number =
    code[0] === "x" ? parseInt(code.slice(1), 16) : parseInt(code, 10);
  if (number < 0xa0 || number > 0x10ffff) return whole;
  const sign = String.fromCodePoint(number);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(sign) ? `{${sign}}` : " ";
}

/** Escape in arguments of text what would be math there: foo_bar. @param {string} tex */
function escapeText(tex) {
  let written = "";
  let end = 0;
  for (const { index, 0: opening } of tex.matchAll(TEXT)) {
    if (index < end) continue;
    const start = index + opening.length;
    const close = findClose(tex, start);
    if (close < 0) break;
    const inside = tex
      .slice(start, close)
      .replace(BARE, (sign) => (sign.length === 1 ? `\\${sign}` : sign));
    written += tex.slice(end, start) + inside;
    end = close;
  }
  return written + tex.slice(end);
}

/** Return where a group closes, or -1. @param {string} tex @param {number} start inside it */
function findClose(tex, start) {
  let depth = 1;
  for (let at = start; at < tex.length; at++) {
    if (tex[at] === "\\") at++;
    else if (tex[at] === "{") depth++;
    else if (tex[at] === "}" && --depth === 0) return at;
  }
  return -1;
}

// @ts-check
// The flanking rules of emphasis for texts that write no spaces: Chinese, Japanese, Korean.
//
// CommonMark lets ** close behind punctuation only before a space or more punctuation, so in
// **创新点：**提出了 it never closes. Here a character of these scripts beside a run of signs
// counts as such a neighbour, and their own punctuation counts as a letter:
//
//     left-flanking   not before a space, nor before punctuation unless behind a space,
//                     punctuation or a character of these scripts
//     right-flanking  the same, mirrored
//
// A text without these scripts reads as CommonMark says.

const CJK =
  "[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Bopomofo}" +
  "\\u3001-\\u303f\\u30fb\\u30fc\\ufe10-\\ufe1f\\ufe30-\\ufe4f\\uff01-\\uff60\\uffe0-\\uffee]";

/** Signs that the rules of Marked except from punctuation. @type {Record<string, string>} */
const EXCEPT = { "*": "(?!\\*)(?!~)", "~": "(?!~)" };
/** @type {Record<string, string>} */
const LETTER = {
  "*": `(?!${CJK})(?:[^\\s\\p{P}\\p{S}]|~)`,
  "~": `(?!${CJK})[^\\s\\p{P}\\p{S}]`,
};

/**
 * Return the rules of a sign as Marked reads them: what begins a run, and what may end one.
 *
 * @param {"*" | "~"} sign
 */
function makeRules(sign) {
  const run = sign === "*" ? "\\*+" : "~~";
  const bare = sign === "*" ? "\\*" : "~";
  const mark = `${EXCEPT[sign]}(?!${CJK})[\\p{P}\\p{S}]`;
  const letter = LETTER[sign];
  const ends = [
    sign === "*"
      ? "^[^_*]*?__[^_*]*?\\*[^_*]*?(?=__)|[^*]+(?=[^*])"
      : "^[^~]+(?=[^~])",
    `${mark}(${run})(?=\\s|$)`,
    `(?:(?:${CJK}|${letter})(?=${run}(?!${bare})(?:\\s|$))|${letter}(?=${run}(?!${bare})${mark}))(${run})(?!${bare})`,
    `(?:${mark}(?=${run}${letter})|\\s(?=${run}(?:${CJK}|${letter})))(${run})`,
    `\\s(${run})(?!${bare})(?=${mark})`,
    `(?:${mark}(?=${run}(?!${bare})(?:${mark}|${CJK}))|${CJK}(?=${run}(?!${bare})${mark}))(${run})(?!${bare})`,
    `(?:${CJK}|${letter})(${run})(?=${CJK}|${letter})`,
  ];
  return {
    begin:
      sign === "*"
        ? new RegExp(`^\\*+(?:(${mark})|([^\\s*]))?`, "u")
        : new RegExp(`^~~(?:(${mark})|[^\\s~])`, "u"),
    end: new RegExp(ends.join("|"), "gu"),
  };
}

const STARS = makeRules("*");
const TILDES = makeRules("~");
const BEFORE = new RegExp(`^(?:(?![*_])[\\s\\p{P}\\p{S}]|${CJK})`, "u");
const HAS_CJK = new RegExp(CJK, "u");

/** Tell whether a text has characters of these scripts. @param {string} text */
export function hasCjk(text) {
  return HAS_CJK.test(text);
}

const STRONG_BY_UNDERSCORES = /^__(?![_\s])((?:[^_\n]|_(?!_)){1,400}?)__(?!_)/u;

/**
 * Return what two underscores make strong beside these scripts, where CommonMark sees letters
 * on both sides: __注意：__中文. A name such as __init__ has none of them inside and stays.
 *
 * @param {string} src from the underscores on
 * @param {string} before the character before them
 */
export function findStrong(src, before) {
  const found = STRONG_BY_UNDERSCORES.exec(src);
  if (!found || /\s$/.test(found[1]) || !hasCjk(found[1])) return null;
  const after = src.slice(found[0].length, found[0].length + 1);
  return hasCjk(before) || hasCjk(after)
    ? { raw: found[0], text: found[1] }
    : null;
}

/**
 * Return Marked's rules for inline text with ours for * and ~ in their places.
 *
 * @template {Record<string, any>} R
 * @param {R} inline
 * @returns {R}
 */
export function refine(inline) {
  return {
    ...inline,
    emStrongLDelim: STARS.begin,
    emStrongRDelimAst: STARS.end,
    delLDelim: TILDES.begin,
    delRDelim: TILDES.end,
    punctuation: BEFORE,
  };
}

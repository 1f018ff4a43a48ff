// @ts-check
// Finds the formula that begins at a place of a text, whatever the text is.

import {
  ENVIRONMENTS,
  MAX_DISPLAY,
  MAX_FAILURES,
  MAX_INLINE,
} from "./rules.js";
import { isMath, TEXISH } from "./dollars.js";
import { Places } from "./places.js";

/** @typedef {import("./rules.js").Formula} Formula */

/**
 * How far a formula may reach from where it begins, and what it must not touch.
 *
 * @typedef {object} Bounds
 * @property {number} inline where an inline formula must have ended
 * @property {number} display where a display formula must have ended
 * @property {Block | null} block set where a display formula may go on across blank lines
 * @property {(start: number, end: number) => boolean} isFree whether code begins or ends
 *   in a range, or a table would lose a cell by it
 * @property {(start: number, end: number) => string} slice the text, quotation marks removed
 */

/**
 * @typedef {object} Block
 * @property {number} limit where the formula must have ended
 * @property {(inside: number) => boolean} opens whether nothing else is on the first line
 * @property {(inside: number, end: number) => boolean} holds whether it may be a formula
 */

const BRACKETS = [
  { opening: "\\(", closing: "\\)", display: false },
  { opening: "\\[", closing: "\\]", display: true },
  { opening: "\\\\(", closing: "\\\\)", display: false },
  { opening: "\\\\[", closing: "\\\\]", display: true },
];
const BEGIN = /\\begin\{([A-Za-z]+\*?)\}/y;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const ENTITIES = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
]);

export class Finder {
  #text;
  #failures = 0;
  #places;
  /** @type {Map<string, Map<number, number>>} ends of environments by their beginnings */
  #pairs = new Map();

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
    this.#places = new Places(text);
  }

  /**
   * Return the formula that begins at a dollar or a backslash, if one does.
   *
   * @param {number} position
   * @param {Bounds} bounds
   * @returns {Formula | null}
   */
  at(position, bounds) {
    const text = this.#text;
    if (text[position] === "$") return this.#dollars(position, bounds);
    for (const pair of BRACKETS) {
      if (text.startsWith(pair.opening, position))
        return this.#bracketed(position, pair, bounds);
    }
    return this.#environment(position, bounds);
  }

  /**
   * Return how many characters to pass over where no formula begins.
   *
   * @param {number} position
   */
  skip(position) {
    const text = this.#text;
    if (text[position] === "\\") return text[position + 1] === "\n" ? 1 : 2;
    let end = position;
    while (text[end] === "$") end++;
    return end - position;
  }

  /** @param {number} position @param {Bounds} bounds */
  #dollars(position, bounds) {
    const count = this.skip(position);
    if (count > 2) return null;
    if (count === 2) return this.#double(position, bounds);
    const ticked = this.#text[position + 1] === "`";
    return (
      (ticked && this.#ticked(position, bounds)) ||
      this.#single(position, bounds)
    );
  }

  /** @param {number} position @param {Bounds} bounds */
  #double(position, bounds) {
    const inside = position + 2;
    const limit = Math.min(bounds.display, position + MAX_DISPLAY);
    let end = this.#closing(inside, limit, "$$", false);
    if (end < 0 && bounds.block) {
      end = this.#closing(inside, bounds.block.limit, "$$", false);
      if (end >= 0 && !bounds.block.holds(inside, end)) end = -1;
    }
    if (end < 0 || !bounds.isFree(inside, end)) return null;
    return this.#formula([position, end + 2], [inside, end], true, bounds);
  }

  /** @param {number} position @param {Bounds} bounds */
  #ticked(position, bounds) {
    const inside = position + 2;
    const limit = Math.min(bounds.inline, position + MAX_INLINE);
    const end = this.#places.next("`$", inside);
    if (end <= inside || end + 2 > limit) return null;
    if (this.#text.slice(inside, end).includes("`")) return null;
    return this.#formula([position, end + 2], [inside, end], false, bounds);
  }

  /** @param {number} position @param {Bounds} bounds */
  #single(position, bounds) {
    if (this.#failures > MAX_FAILURES) return null;
    const inside = position + 1;
    const limit = Math.min(bounds.inline, position + MAX_INLINE);
    const end = this.#closing(inside, limit, "$", true);
    if (end <= inside) {
      this.#failures++;
      return null;
    }
    const body = this.#text.slice(inside, end);
    if (/^`\s+`$/.test(body)) return null;
    if (!isMath(body, /^\d/.test(this.#text[end + 1] ?? ""))) return null;
    if (!bounds.isFree(inside, end)) return null;
    return this.#formula([position, end + 1], [inside, end], false, bounds);
  }

  /**
   * @param {number} position
   * @param {{opening: string, closing: string, display: boolean}} pair
   * @param {Bounds} bounds
   */
  #bracketed(position, { opening, closing, display }, bounds) {
    const text = this.#text;
    const inside = position + opening.length;
    const reach = display ? MAX_DISPLAY : MAX_INLINE;
    const edge = display ? bounds.display : bounds.inline;
    const limit = Math.min(edge, position + reach);
    let end = this.#closing(inside, limit, closing, !display);
    if (end < 0 && display && bounds.block?.opens(inside))
      end = this.#closing(inside, bounds.block.limit, closing, false);
    if (end < 0 || !bounds.isFree(inside, end)) return null;
    const body = text.slice(inside, end);
    const after = end + closing.length;
    if (!LETTER_OR_DIGIT.test(body)) return null;
    const isLink = display && text[after] === "(";
    if (isLink && !TEXISH.test(body)) return null;
    return this.#formula([position, after], [inside, end], display, bounds);
  }

  /** @param {number} position @param {Bounds} bounds */
  #environment(position, bounds) {
    BEGIN.lastIndex = position;
    const begin = BEGIN.exec(this.#text);
    if (!begin || !ENVIRONMENTS.has(begin[1].replace("*", ""))) return null;
    const end = this.#environments(begin[1]).get(position);
    const within = Math.min(bounds.display, position + MAX_DISPLAY);
    const limit = Math.max(within, bounds.block?.limit ?? 0);
    if (end === undefined || end > limit) return null;
    if (!bounds.isFree(position, end)) return null;
    const display = begin[1] !== "math";
    return this.#formula([position, end], [position, end], display, bounds);
  }

  /**
   * Return where each environment of a name that is closed begins, and ends. One pass for
   * each name, however often it is asked for.
   *
   * @param {string} name
   */
  #environments(name) {
    let pairs = this.#pairs.get(name);
    if (!pairs) {
      pairs = new Map();
      const open = [];
      const edge = new RegExp(
        `\\\\(begin|end)\\{${name.replace("*", "\\*")}\\}`,
        "g",
      );
      for (const match of this.#text.matchAll(edge)) {
        if (match[1] === "begin") open.push(match.index);
        else if (open.length)
          pairs.set(
            /** @type {number} */ (open.pop()),
            match.index + match[0].length,
          );
      }
      this.#pairs.set(name, pairs);
    }
    return pairs;
  }

  /**
   * @param {[number, number]} outside
   * @param {[number, number]} inside
   * @param {boolean} display
   * @param {Bounds} bounds
   * @returns {Formula | null}
   */
  #formula([start, end], inside, display, bounds) {
    const tex = cleaned(bounds.slice(...inside), display);
    return tex.trim() ? { start, end, tex, display } : null;
  }

  /**
   * Find a closer outside escapes, and outside braces where they count, or return -1.
   *
   * @param {number} start
   * @param {number} limit
   * @param {string} closing
   * @param {boolean} braces
   */
  #closing(start, limit, closing, braces) {
    if (this.#places.next(closing, start) >= limit) return -1;
    const text = this.#text;
    const deep = closing.startsWith("\\\\"); // braces do not hide a doubled backslash
    const signs = /[\\{}$]/g;
    signs.lastIndex = start;
    let depth = 0;
    for (let sign; (sign = signs.exec(text)) && sign.index < limit;) {
      const at = sign.index;
      if (sign[0] === "\\") {
        if ((depth === 0 || deep) && text.startsWith(closing, at))
          return at + closing.length <= limit ? at : -1;
        signs.lastIndex = at + 2;
      } else if (sign[0] === "$") {
        if (depth === 0 && text.startsWith(closing, at))
          return at + closing.length <= limit ? at : -1;
      } else if (braces) {
        depth = Math.max(0, depth + (sign[0] === "{" ? 1 : -1));
      }
    }
    return -1;
  }
}

/** @param {string} tex @param {boolean} display */
function cleaned(tex, display) {
  if (!display && tex.includes("%") && !tex.includes("\n"))
    tex = tex.replace(/(^|[^\\])((?:\\\\)*)%/g, "$1$2\\%");
  return tex.replace(/&(lt|gt|amp);/g, (_, name) => ENTITIES.get(name) ?? "");
}

// @ts-check
// Finds the formula that begins at a place of a text, be it Markdown or plain.

import { isMath, TEXISH } from "./dollars.js";
import { Environments } from "./environments.js";
import { Places } from "./places.js";
import { FAILURE, MAX_DISPLAY, MAX_FAILURES, MAX_INLINE } from "./rules.js";

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
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const ENTITIES = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
]);

export class Finder {
  #text;
  #failures = 0;
  #vain = 0;
  #places;
  #environments;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
    this.#places = new Places(text);
    this.#environments = new Environments(text);
  }

  /**
   * Return the formula that begins at a dollar or a backslash, if one does.
   *
   * @param {number} position
   * @param {Bounds} bounds
   * @returns {Formula | null}
   */
  find(position, bounds) {
    const text = this.#text;
    if (text[position] === "$") return this.#findDollars(position, bounds);
    for (const pair of BRACKETS) {
      if (text.startsWith(pair.opening, position))
        return this.#findBracketed(position, pair, bounds);
    }
    return this.#findEnvironment(position, bounds);
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
  #findDollars(position, bounds) {
    const count = this.skip(position);
    if (count > 2) return null;
    if (count === 2) return this.#findDouble(position, bounds);
    const ticked = this.#text[position + 1] === "`";
    return (
      (ticked && this.#findTicked(position, bounds)) ||
      this.#findSingle(position, bounds)
    );
  }

  /** @param {number} position @param {Bounds} bounds */
  #findDouble(position, bounds) {
    const inside = position + 2;
    const limit = Math.min(bounds.display, position + MAX_DISPLAY);
    let end = this.#findClosing(inside, limit, "$$", false);
    if (end < 0 && bounds.block) {
      end = this.#findClosing(inside, bounds.block.limit, "$$", false);
      if (end >= 0 && !bounds.block.holds(inside, end)) end = -1;
    }
    if (end < 0 || !bounds.isFree(inside, end)) return null;
    return this.#makeFormula([position, end + 2], [inside, end], true, bounds);
  }

  /** @param {number} position @param {Bounds} bounds */
  #findTicked(position, bounds) {
    const inside = position + 2;
    const limit = Math.min(bounds.inline, position + MAX_INLINE);
    const end = this.#places.findNext("`$", inside);
    if (end <= inside || end + 2 > limit) return null;
    if (this.#text.slice(inside, end).includes("`")) return null;
    return this.#makeFormula([position, end + 2], [inside, end], false, bounds);
  }

  /** @param {number} position @param {Bounds} bounds */
  #findSingle(position, bounds) {
    if (this.#failures > MAX_FAILURES) return null;
    const inside = position + 1;
    const limit = Math.min(bounds.inline, position + MAX_INLINE);
    const end = this.#findClosing(inside, limit, "$", true);
    if (end <= inside) {
      this.#failures++;
      return null;
    }
    const body = this.#text.slice(inside, end);
    if (/^`\s+`$/.test(body)) return null;
    if (!isMath(body, /^\d/.test(this.#text[end + 1] ?? ""))) return null;
    if (!bounds.isFree(inside, end)) return null;
    return this.#makeFormula([position, end + 1], [inside, end], false, bounds);
  }

  /**
   * @param {number} position
   * @param {{opening: string, closing: string, display: boolean}} pair
   * @param {Bounds} bounds
   */
  #findBracketed(position, { opening, closing, display }, bounds) {
    const text = this.#text;
    const inside = position + opening.length;
    const reach = display ? MAX_DISPLAY : MAX_INLINE;
    const edge = display ? bounds.display : bounds.inline;
    const limit = Math.min(edge, position + reach);
    let end = this.#findClosing(inside, limit, closing, !display);
    if (end < 0 && display && bounds.block?.opens(inside))
      end = this.#findClosing(inside, bounds.block.limit, closing, false);
    if (end < 0 || !bounds.isFree(inside, end)) return null;
    const body = text.slice(inside, end);
    const after = end + closing.length;
    if (!LETTER_OR_DIGIT.test(body)) return null;
    const isLink = display && text[after] === "(";
    if (isLink && !TEXISH.test(body)) return null;
    return this.#makeFormula([position, after], [inside, end], display, bounds);
  }

  /** @param {number} position @param {Bounds} bounds */
  #findEnvironment(position, bounds) {
    const found = this.#environments.find(position);
    if (!found) return null;
    const { name, end } = found;
    const within = Math.min(bounds.display, position + MAX_DISPLAY);
    if (end > Math.max(within, bounds.block?.limit ?? 0)) return null;
    if (!bounds.isFree(position, end)) return null;
    const display = name !== "math";
    return this.#makeFormula([position, end], [position, end], display, bounds);
  }

  /**
   * @param {[number, number]} outside
   * @param {[number, number]} inside
   * @param {boolean} display
   * @param {Bounds} bounds
   * @returns {Formula | null}
   */
  #makeFormula([start, end], inside, display, bounds) {
    const tex = clean(bounds.slice(...inside), display);
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
  #findClosing(start, limit, closing, braces) {
    if (this.#places.findNext(closing, start) >= limit) return -1;
    if (closing !== "$" && this.#vain > MAX_FAILURES) return -1;
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
    if (closing !== "$")
      this.#vain += Math.max(1, Math.floor((limit - start) / FAILURE));
    return -1;
  }
}

/** @param {string} tex @param {boolean} display */
function clean(tex, display) {
  if (!display && tex.includes("%") && !tex.includes("\n"))
    tex = tex.replace(/(^|[^\\])((?:\\\\)*)%/g, "$1$2\\%");
  return tex.replace(/&(lt|gt|amp);/g, (_, name) => ENTITIES.get(name) ?? "");
}

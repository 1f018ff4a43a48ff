// @ts-check
// The code spans of a paragraph, in which nothing is a formula.

/** Ranges of a text, in order and disjoint. */
export class Spans {
  /** @type {[number, number][]} */ #spans;

  /** @param {[number, number][]} spans */
  constructor(spans) {
    this.#spans = spans;
  }

  /** Return the end of the span that begins at a place, or -1. @param {number} start */
  findEnd(start) {
    const span = this.#spans[this.#firstEndingAfter(start)];
    return span && span[0] === start ? span[1] : -1;
  }

  /**
   * Tell whether a range touches any span.
   *
   * @param {number} start
   * @param {number} end
   */
  touches(start, end) {
    const span = this.#spans[this.#firstEndingAfter(start)];
    return span !== undefined && span[0] < end;
  }

  /** @param {number} place */
  #firstEndingAfter(place) {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#spans[middle][1] > place) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/**
 * Return the code spans of a paragraph from a place on: a run of back-ticks, and the next
 * run of the same length. $`…`$ is a formula, not a span.
 *
 * @param {string} text
 * @param {number} from
 * @param {number} to
 */
export function findCodeSpans(text, from, to) {
  /** @type {{at: number, length: number}[]} */ const runs = [];
  /** @type {Map<number, number[]>} */ const ofLength = new Map();
  for (const run of text.slice(from, to).matchAll(/\\[^]|`+/g)) {
    if (run[0][0] === "\\") continue;
    const length = run[0].length;
    if (!ofLength.has(length)) ofLength.set(length, []);
    ofLength.get(length)?.push(runs.length);
    runs.push({ at: from + run.index, length });
  }
  /** @type {[number, number][]} */ const spans = [];
  /** @type {Map<number, number>} */ const passed = new Map();
  for (let number = 0; number < runs.length; number++) {
    const { at, length } = runs[number];
    const same = ofLength.get(length) ?? [];
    let next = passed.get(length) ?? 0;
    while (next < same.length && same[next] <= number) next++;
    passed.set(length, next);
    if (next === same.length) continue;
    const end = runs[same[next]].at + length;
    number = same[next];
    const isFormula =
      length === 1 &&
      text[at - 1] === "$" &&
      text[at - 2] !== "\\" &&
      text[end] === "$";
    if (!isFormula) spans.push([at, end]);
  }
  return new Spans(spans);
}

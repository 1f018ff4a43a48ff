// @ts-check
// The environments of a text: where each one that is closed begins and ends.

const ENVIRONMENTS = new Set(
  (
    "equation align gather multline flalign alignat eqnarray displaymath math split " +
    "aligned gathered alignedat cases matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix " +
    "array dcases CD subequations"
  ).split(" "),
);
const BEGIN = /\\begin\{([A-Za-z]+\*?)\}/y;

export class Environments {
  #text;
  /** @type {Map<string, Map<number, number>>} ends by beginnings, by the name */
  #pairs = new Map();

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /**
   * Return the name and the end of the environment of a formula that begins at a place, or
   * null. The text is searched once for each name, however often this is called.
   *
   * @param {number} position
   */
  find(position) {
    BEGIN.lastIndex = position;
    const name = BEGIN.exec(this.#text)?.[1];
    if (!name || !ENVIRONMENTS.has(name.replace("*", ""))) return null;
    let pairs = this.#pairs.get(name);
    if (!pairs) this.#pairs.set(name, (pairs = pairUp(this.#text, name)));
    const end = pairs.get(position);
    return end === undefined ? null : { name, end };
  }
}

/** @param {string} text @param {string} name */
function pairUp(text, name) {
  /** @type {Map<number, number>} */ const pairs = new Map();
  /** @type {number[]} */ const open = [];
  const form = `\\\\(begin|end)\\{${name.replace("*", "\\*")}\\}`;
  for (const edge of text.matchAll(new RegExp(form, "g"))) {
    if (edge[1] === "begin") open.push(edge.index);
    else {
      const begin = open.pop();
      if (begin !== undefined) pairs.set(begin, edge.index + edge[0].length);
    }
  }
  return pairs;
}

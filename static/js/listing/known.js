// @ts-check
// The papers of a listing that are known so far, in order, and which of them are due.

/** @typedef {{next: () => Promise<string[] | null>}} Order ids, some at a time; null: all */

export class Known {
  #order;
  #isSkipped;
  /** @type {Map<string, number>} places in the order */ #places = new Map();
  /** @type {Set<string>} asked for: shown, or gone from the library */ #asked =
    new Set();

  /**
   * @param {string[]} shown ids of the papers that are there already, the first of the order
   * @param {Order} order
   * @param {(id: string) => boolean} isSkipped whether a paper need not be shown
   */
  constructor(shown, order, isSkipped) {
    this.#order = order;
    this.#isSkipped = isSkipped;
    this.#add(shown);
    this.noteAsked(shown);
  }

  /** How many papers are known. */
  get count() {
    return this.#places.size;
  }

  /** Return the place of a paper in the order, from 0. @param {string} id */
  findPlace(id) {
    return this.#places.get(id) ?? this.#places.size;
  }

  /** Count the papers among the first ones that need not be shown. @param {number} count */
  countSkipped(count) {
    return this.#takeFirst(count).filter(this.#isSkipped).length;
  }

  /** Note that papers have been asked for. @param {string[]} ids */
  noteAsked(ids) {
    for (const id of ids) this.#asked.add(id);
  }

  /** Return the ids to show next. @param {number} count */
  async findDue(count) {
    for (;;) {
      const due = this.#takeFirst().filter((id) => this.#isDue(id));
      if (due.length >= count || !(await this.#learn()))
        return due.slice(0, count);
    }
  }

  /** Return the ids to show down to a paper; none where it is not listed. @param {string} id */
  async findDueUpTo(id) {
    while (!this.#places.has(id)) if (!(await this.#learn())) return [];
    return this.#takeFirst(this.findPlace(id) + 1).filter(
      (one) => this.#isDue(one) || (one === id && !this.#asked.has(id)),
    );
  }

  #takeFirst(count = Infinity) {
    return [...this.#places.keys()].slice(0, count);
  }

  /** @param {string} id */
  #isDue(id) {
    return !this.#asked.has(id) && !this.#isSkipped(id);
  }

  /** Learn of more papers; tell whether there were any. */
  async #learn() {
    const ids = await this.#order.next();
    this.#add(ids ?? []);
    return ids !== null;
  }

  /** @param {string[]} ids */
  #add(ids) {
    for (const id of ids)
      if (!this.#places.has(id)) this.#places.set(id, this.#places.size);
  }
}

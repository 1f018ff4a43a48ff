// @ts-check
// Brings the cards that come next as a reader scrolls. It asks which papers there are and in
// which order, then for cards by their ids: a snapshot that goes live meanwhile, or a star,
// can neither lose a card nor show one twice.

const AT_ONCE = 25;
const MANY = 100; // where a place far down is to be reached
const AHEAD = "1600px 0px";

/** @typedef {"loading" | "loaded" | "failed" | "end"} State of loading */
/** @typedef {(ids: string[]) => Promise<HTMLElement[]>} Fetch brings the items of papers */
/** @typedef {{next: () => Promise<string[] | null>}} Order ids, some at a time; null: all */

export class Feed {
  #list;
  #order;
  #fetch;
  #is;
  #end = document.createElement("div");
  #near;
  /** @type {Map<string, number>} places of all papers that are known of */ #places =
    new Map();
  /** @type {Set<string>} asked for: shown, or gone from the library */ #asked =
    new Set();
  /** @type {Set<string> | null} the only ones to show */ #wanted = null;
  /** @type {Promise<void> | null} */ #loading = null;

  /**
   * @param {HTMLElement} list
   * @param {Order} order
   * @param {Fetch} fetch
   * @param {object} is
   * @param {(id: string) => boolean} is.skipped whether a paper need not be shown
   * @param {(items: HTMLElement[]) => void} is.added
   * @param {(state: State) => void} is.told
   */
  constructor(list, order, fetch, is) {
    this.#list = list;
    this.#order = order;
    this.#fetch = fetch;
    this.#is = is;
    for (const id of this.shown) this.#know(id);
    list.after(this.#end);
    this.#near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void this.more();
      },
      { rootMargin: AHEAD },
    );
  }

  /** Ids of the papers that have a card here, hidden or not, in their order. */
  get shown() {
    return [...this.#list.children].map(idOf);
  }

  /** How many of the papers that are known of need not be shown. */
  get skipped() {
    return [...this.#places.keys()].filter((id) => this.#is.skipped(id)).length;
  }

  /** Go on whenever the end is near; asked again, look whether it is. */
  start() {
    this.#near.unobserve(this.#end);
    this.#near.observe(this.#end);
  }

  /** Show the next cards. */
  more() {
    this.#loading ??= this.#load().finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** Show all cards up to one, if the listing has it. @param {string} id */
  async until(id) {
    while (!this.#places.has(id)) if (!(await this.#learn())) return;
    while (!this.#asked.has(id)) {
      const before = this.#asked.size;
      await this.#load(MANY);
      if (this.#asked.size === before) return;
    }
  }

  /** Show some papers only; null for all again. @param {string[] | null} ids */
  only(ids) {
    this.#wanted = ids && new Set(ids);
    this.#list.toggleAttribute("data-filtered", !!ids);
    for (const item of this.#list.children)
      /** @type {HTMLElement} */ (item).hidden =
        !!ids && !this.#wanted?.has(idOf(item));
    this.start();
  }

  async #load(count = AT_ONCE) {
    try {
      const due = await this.#due(count);
      if (!due.length) return this.#is.told("end");
      this.#is.told("loading");
      const items = await this.#fetch(due);
      for (const id of due) this.#asked.add(id);
      for (const item of items) this.#place(item);
      this.#is.added(items);
      this.#is.told((await this.#due(1)).length ? "loaded" : "end");
      this.start();
    } catch (error) {
      console.warn("More papers could not be loaded:", error);
      this.#is.told("failed");
    }
  }

  /** @param {number} count @returns {Promise<string[]>} the ids to show next */
  async #due(count) {
    for (;;) {
      const due = [...this.#places.keys()].filter((id) => this.#isDue(id));
      if (due.length >= count || !(await this.#learn()))
        return due.slice(0, count);
    }
  }

  /** Learn of more papers; tell whether there were any. */
  async #learn() {
    const ids = await this.#order.next();
    for (const id of ids ?? [])
      if (!this.#places.has(id)) this.#know(id, false);
    return ids !== null;
  }

  /** @param {string} id */
  #isDue(id) {
    if (this.#asked.has(id)) return false;
    return this.#wanted ? this.#wanted.has(id) : !this.#is.skipped(id);
  }

  /** @param {string} id @param {boolean} [isShown] */
  #know(id, isShown = true) {
    this.#places.set(id, this.#places.size);
    if (isShown) this.#asked.add(id);
  }

  /** Put an item where it belongs, whatever came before it. @param {HTMLElement} item */
  #place(item) {
    const place = this.#places.get(idOf(item)) ?? Infinity;
    let after = this.#list.lastElementChild;
    while (after && (this.#places.get(idOf(after)) ?? 0) > place)
      after = after.previousElementSibling;
    if (after) after.after(item);
    else this.#list.prepend(item);
  }
}

/** @param {Element} item */
function idOf(item) {
  return item.querySelector(".paper")?.id ?? "";
}

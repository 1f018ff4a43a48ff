// @ts-check
// Brings the cards that come next as a reader scrolls. It asks which papers there are and in
// which order, then for cards by their ids: a snapshot that goes live meanwhile, or a star,
// can neither lose a card nor show one twice.

import { Known } from "./known.js";

const AT_ONCE = 25;
const MANY = 100; // where a place far down is to be reached
const AHEAD = "1600px 0px";

/** @typedef {"loading" | "loaded" | "failed" | "end"} State of loading */
/** @typedef {(ids: string[]) => Promise<HTMLElement[]>} Fetch brings the items of papers */
/** @typedef {import("./known.js").Order} Order */

export class Feed {
  #list;
  #known;
  #fetch;
  #is;
  #end = document.createElement("div");
  #near;
  /** @type {Promise<void> | null} */ #loading = null;
  #isOver = false;

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
    this.#known = new Known([...list.children].map(idOf), order, is.skipped);
    this.#fetch = fetch;
    this.#is = is;
    list.after(this.#end);
    this.#near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void this.more();
      },
      { rootMargin: AHEAD },
    );
  }

  /** How many papers there are down to the last card, or down to the end. */
  get reach() {
    const last = this.#list.lastElementChild;
    return last && !this.#isOver
      ? this.placeOf(idOf(last)) + 1
      : this.#known.count;
  }

  /** How many of them need not be shown. */
  get skipped() {
    return this.#known.skipped(this.reach);
  }

  /** Return the place of a paper in the order, from 0. @param {string} id */
  placeOf(id) {
    return this.#known.placeOf(id);
  }

  /** Go on whenever the end is near; asked again, look whether it is. */
  start() {
    this.#near.unobserve(this.#end);
    this.#near.observe(this.#end);
  }

  /** Show the next cards. */
  more() {
    return this.#once(async () => {
      const due = await this.#known.due(AT_ONCE);
      if (due.length) await this.#show(due);
      this.#told((await this.#known.due(1)).length ? "loaded" : "end");
      if (due.length) this.start();
    });
  }

  /**
   * Show all cards up to one, if the listing has it, and some below it.
   *
   * @param {string} id
   */
  until(id) {
    return this.#once(async () => {
      const due = await this.#known.dueUpTo(id);
      for (let start = 0; start < due.length; start += MANY)
        await this.#show(due.slice(start, start + MANY));
      if (this.reach > this.placeOf(id) + AT_ONCE) return;
      const below = await this.#known.due(AT_ONCE);
      if (below.length) await this.#show(below);
      if (due.length || below.length) this.#told("loaded");
    });
  }

  /** Load, but not twice at a time. @param {() => Promise<void>} load */
  #once(load) {
    this.#loading ??= load()
      .catch((error) => {
        console.warn("More papers could not be loaded:", error);
        this.#told("failed");
      })
      .finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** @param {string[]} ids */
  async #show(ids) {
    this.#told("loading");
    const items = await this.#fetch(ids);
    this.#known.asked(ids);
    for (const item of items) this.#place(item);
    this.#is.added(items);
  }

  /** @param {State} state */
  #told(state) {
    this.#isOver = state === "end";
    this.#is.told(state);
  }

  /** Put an item where it belongs, whatever came before it. @param {HTMLElement} item */
  #place(item) {
    const place = this.placeOf(idOf(item));
    let after = this.#list.lastElementChild;
    while (after && this.placeOf(idOf(after)) > place)
      after = after.previousElementSibling;
    if (after) after.after(item);
    else this.#list.prepend(item);
  }
}

/** @param {Element} item */
function idOf(item) {
  return item.querySelector(".paper")?.id ?? "";
}

// @ts-check
// Loads the next cards as the reader scrolls. It asks for the order of the papers, then for
// cards by their ids: a new snapshot or a star meanwhile can neither lose nor repeat a card.

import { Known } from "./known.js";

const AT_ONCE = 25;
const MANY = 100; // at once, on the way to a place far down
const AHEAD = "1600px 0px";

/** @typedef {"loading" | "loaded" | "failed" | "end"} State of loading */
/** @typedef {(ids: string[]) => Promise<HTMLElement[]>} Fetch brings the items of papers */
/** @typedef {import("./known.js").Order} Order */

export class Feed {
  #list;
  #known;
  #fetch;
  #listener;
  #end = document.createElement("div");
  #near;
  /** @type {Promise<void> | null} */ #loading = null;
  #isOver = false;

  /**
   * @param {HTMLElement} list
   * @param {Order} order
   * @param {Fetch} fetch
   * @param {object} listener
   * @param {(id: string) => boolean} listener.isSkipped whether a paper need not be shown
   * @param {(items: HTMLElement[]) => void} listener.added
   * @param {(state: State) => void} listener.told
   */
  constructor(list, order, fetch, listener) {
    this.#list = list;
    this.#known = new Known(
      [...list.children].map(readId),
      order,
      listener.isSkipped,
    );
    this.#fetch = fetch;
    this.#listener = listener;
    list.after(this.#end);
    this.#near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void this.showMore();
      },
      { rootMargin: AHEAD },
    );
  }

  /** How many papers there are down to the last card, or down to the end. */
  get reach() {
    const last = this.#list.lastElementChild;
    return last && !this.#isOver
      ? this.findPlace(readId(last)) + 1
      : this.#known.count;
  }

  /** How many of them need not be shown. */
  get skipped() {
    return this.#known.countSkipped(this.reach);
  }

  /** Return the place of a paper in the order, from 0. @param {string} id */
  findPlace(id) {
    return this.#known.findPlace(id);
  }

  /** Load whenever the end is near; called again, look again whether it is. */
  start() {
    this.#near.unobserve(this.#end);
    this.#near.observe(this.#end);
  }

  /** Show the next cards. */
  showMore() {
    return this.#loadOnce(async () => {
      const due = await this.#known.findDue(AT_ONCE);
      if (due.length) await this.#show(due);
      this.#tell((await this.#known.findDue(1)).length ? "loaded" : "end");
      if (due.length) this.start();
    });
  }

  /**
   * Show all cards up to one, if the listing has it, and some below it.
   *
   * @param {string} id
   */
  showUntil(id) {
    return this.#loadOnce(async () => {
      const due = await this.#known.findDueUpTo(id);
      for (let start = 0; start < due.length; start += MANY)
        await this.#show(due.slice(start, start + MANY));
      if (this.reach > this.findPlace(id) + AT_ONCE) return;
      const below = await this.#known.findDue(AT_ONCE);
      if (below.length) await this.#show(below);
      if (due.length || below.length) this.#tell("loaded");
    });
  }

  /** Load, but never twice at the same time. @param {() => Promise<void>} load */
  #loadOnce(load) {
    this.#loading ??= load()
      .catch((error) => {
        console.warn("More papers could not be loaded:", error);
        this.#tell("failed");
      })
      .finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** @param {string[]} ids */
  async #show(ids) {
    this.#tell("loading");
    const items = await this.#fetch(ids);
    this.#known.noteAsked(ids);
    for (const item of items) this.#insert(item);
    this.#listener.added(items);
  }

  /** @param {State} state */
  #tell(state) {
    this.#isOver = state === "end";
    this.#listener.told(state);
  }

  /** Put an item where the order has it. @param {HTMLElement} item */
  #insert(item) {
    const place = this.findPlace(readId(item));
    let after = this.#list.lastElementChild;
    while (after && this.findPlace(readId(after)) > place)
      after = after.previousElementSibling;
    if (after) after.after(item);
    else this.#list.prepend(item);
  }
}

/** @param {Element} item */
function readId(item) {
  return item.querySelector(".paper")?.id ?? "";
}

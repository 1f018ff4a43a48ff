// @ts-check
// The pages of a result as one list: those that follow load on while the reader scrolls,
// those before at a press, and the address names the page of the topmost card.

import { holdCard, keepPlace } from "../cards/place.js";
import { filterVisible, findTopmost, holdAt } from "../cards/sight.js";
import { fetchDocument } from "../dom/documents.js";
import { readPage } from "./result-page.js";

const AHEAD = "1600px 0px";
const ABOVE = 8; // pixels above the first card of a page that is gone to

/** @typedef {import("./result-page.js").Page} Page */
/** @typedef {import("./told.js").State} State */

export class Results {
  #list;
  #listener;
  /** @type {Page[]} in their order, never none */ #pages;
  #end = document.createElement("div");
  #near;
  /** @type {Promise<void> | null} */ #loading = null;

  /**
   * @param {HTMLOListElement} list
   * @param {object} listener
   * @param {(cards: Element[]) => void} listener.added
   * @param {(state: State, reach: number, isFirst: boolean) => void} listener.told
   */
  constructor(list, listener) {
    this.#list = list;
    this.#listener = listener;
    this.#pages = [readPage(document)];
    list.after(this.#end);
    this.#near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void this.showMore();
      },
      { rootMargin: AHEAD },
    );
  }

  start() {
    const list = this.#list;
    const kept = keepPlace(
      list,
      (id, offset) => holdCard(list, id, offset),
      (url, card) => this.#write(url, this.#findPage(card)),
    );
    void kept.finally(() => this.#look());
  }

  /** Show the page after the last one. */
  showMore() {
    return this.#load(1);
  }

  /** Show the page before the first one; what is on the screen stays where it is. */
  async showEarlier() {
    const top = this.#pages[0].items[0];
    const offset = top.getBoundingClientRect().top;
    await this.#load(-1);
    await holdAt(top, offset);
  }

  /**
   * Go to the next page or the one before, loaded or not; tell whether there is one.
   *
   * @param {1 | -1} step
   */
  turn(step) {
    const cards = filterVisible(this.#list.querySelectorAll(".paper"));
    const page = this.#findPage(findTopmost(cards));
    const address = step > 0 ? page.next : page.previous;
    if (address) void this.#turnFrom(page, step, address);
    return !!address;
  }

  /** @param {Page} page @param {1 | -1} step @param {string} address of the page to go to */
  async #turnFrom(page, step, address) {
    const isLast = page === this.#pages.at(step > 0 ? -1 : 0);
    if (isLast) await this.#load(step);
    const item = this.#pages[this.#pages.indexOf(page) + step]?.items[0];
    const card = item?.children[0];
    if (card) await holdAt(card, ABOVE);
    else location.assign(address);
  }

  /** Load a page, but never two at the same time. @param {1 | -1} step */
  #load(step) {
    this.#loading ??= this.#loadPage(step)
      .catch((error) => {
        console.warn("More papers could not be loaded:", error);
        this.#tell("failed");
      })
      .finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** @param {1 | -1} step */
  async #loadPage(step) {
    const last = /** @type {Page} */ (this.#pages.at(step > 0 ? -1 : 0));
    const address = step > 0 ? last.next : last.previous;
    if (!address) return this.#tell("end");
    this.#tell("loading");
    const page = readPage(await fetchDocument(address));
    const items = page.items.filter(isNew);
    if (step > 0) this.#list.append(...items);
    else this.#list.prepend(...items);
    if (step > 0) this.#pages.push({ ...page, items });
    else this.#pages.unshift({ ...page, items });
    if (step > 0 && page.pager)
      document.querySelector("nav.pager")?.replaceWith(page.pager);
    this.#list.start = (this.#pages[0].number - 1) * page.size + 1;
    this.#listener.added(items.map((item) => item.children[0]));
    this.#tell(this.#pages.at(-1)?.next ? "loaded" : "end");
    if (step > 0) this.#look();
  }

  /** Look whether the end is near. */
  #look() {
    this.#near.unobserve(this.#end);
    this.#near.observe(this.#end);
  }

  /** @param {State} state */
  #tell(state) {
    const { children, start } = this.#list;
    const reach = start - 1 + children.length;
    this.#listener.told(state, reach, this.#pages[0].number === 1);
  }

  /** Return the page of a card; the first where it is of none. @param {Element | null} card */
  #findPage(card) {
    const item = card?.closest("li");
    const of = this.#pages.find(({ items }) => item && items.includes(item));
    return of ?? this.#pages[0];
  }

  /** @param {URL} url @param {Page} page */
  #write(url, { number }) {
    if (number > 1) url.searchParams.set("page", String(number));
    else url.searchParams.delete("page");
  }
}

/** Tell whether an item's paper is not here yet. @param {Element} item */
function isNew(item) {
  return !document.getElementById(item.children[0].id);
}

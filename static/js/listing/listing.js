// @ts-check
// A listing on its page: its cards arrive as the reader scrolls, and its place is kept.

import { fillNumber, formatNumber } from "../dom/numbers.js";
import { say } from "../dom/status.js";
import { Feed } from "./feed.js";
import { goTo, keepPlace } from "./place.js";
import { makeFetch, putSeenLast, readOrder } from "./source.js";

/** @typedef {import("./feed.js").State} State */

export class Listing {
  #list;
  #cards;
  #added;
  #first;
  #feed;
  #status = document.querySelector("[data-feed-status]");
  #retry = document.querySelector("[data-feed-retry]");
  #show = document.querySelector("[data-feed-show]");

  /**
   * @param {HTMLElement} list
   * @param {import("../cards/cards.js").Cards} cards the cards of the page
   * @param {(cards: Element[]) => void} added called with the cards that have arrived
   */
  constructor(list, cards, added) {
    this.#list = list;
    this.#cards = cards;
    this.#added = added;
    this.#first = Number(list.dataset.first ?? "0");
    const isPreferred = "preferred" in list.dataset && !this.#first;
    const order = readOrder(list, isPreferred ? 0 : this.#first);
    if (isPreferred) this.#takeSeenOut();
    this.#feed = new Feed(
      list,
      isPreferred ? putSeenLast(order, (id) => cards.wasSeen(id)) : order,
      makeFetch(list.dataset.cards ?? ""),
      {
        isSkipped: (id) => this.#isHiding && cards.wasSeen(id),
        added: (items) => this.#add(items),
        told: (state) => this.#tell(state),
      },
    );
  }

  start() {
    if ("preferred" in this.#list.dataset)
      for (const item of this.#list.children)
        this.#number(/** @type {HTMLElement} */ (item));
    this.#retry?.addEventListener("click", () => this.#feed.showMore());
    this.#show?.addEventListener("click", () => this.#showHidden());
    document.querySelector(".parts")?.classList.add("scripted");
    this.#tellHidden();
    void keepPlace(this.#list, this.#feed).finally(() => this.#feed.start());
  }

  /** Take away the cards that were seen before: they come back behind all others. */
  #takeSeenOut() {
    for (const item of [...this.#list.children])
      if (this.#cards.wasSeen(item.children[0].id)) item.remove();
  }

  /** Go to the card of a paper. @param {string} id */
  goTo(id) {
    return goTo(this.#list, this.#feed, id, 0);
  }

  /** Whether papers that were seen before are hidden. */
  get #isHiding() {
    return (
      document.documentElement.dataset.seen === "hide" &&
      !("filtered" in this.#list.dataset)
    );
  }

  /** @param {HTMLElement[]} items */
  #add(items) {
    for (const item of items) this.#number(item);
    const fresh = items.map((item) => item.children[0]);
    this.#cards.ready(fresh);
    this.#added(fresh);
  }

  /** @param {HTMLElement} item */
  #number(item) {
    const place = this.#first + this.#feed.findPlace(item.children[0].id) + 1;
    item.querySelector(".number")?.replaceChildren(formatNumber(place));
  }

  /** @param {State} state */
  #tell(state) {
    this.#list.setAttribute("aria-busy", String(state === "loading"));
    const status = this.#status;
    if (!(status instanceof HTMLElement)) return;
    const { [state]: several, [`${state}One`]: one } = status.dataset;
    status.textContent = fillNumber(several, this.#feed.reach, one);
    if (state !== "loading") say(status.textContent);
    this.#tellHidden();
    this.#retry?.toggleAttribute("hidden", state !== "failed");
  }

  #tellHidden() {
    const told = document.querySelector("[data-feed-hidden]");
    if (!(told instanceof HTMLElement)) return;
    const count = this.#feed.skipped;
    const { text, textOne, textOnly } = told.dataset;
    const one = this.#feed.reach === 1 ? textOnly : textOne;
    told.textContent = count ? fillNumber(text, count, one) : "";
    this.#show?.toggleAttribute("hidden", !count);
  }

  /** Show papers that were seen before as well, on this page. */
  #showHidden() {
    document.documentElement.dataset.seen = "dim";
    this.#tellHidden();
    void this.#feed.showMore();
  }
}

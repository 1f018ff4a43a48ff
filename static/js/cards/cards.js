// @ts-check
// The cards of a page: their buttons, and which of them the reader sees and opens.

import { attend, equip, refresh } from "./buttons.js";
import { readKeywords } from "./card.js";
import { beginVisit, findCame, markFresh } from "./fresh.js";
import { groupStops, listenToArrows } from "../dom/roving.js";
import { Seeing } from "./seen.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

const OPENING = ".title-link, .title-pdf, .title-rel, .document > summary";

export class Cards {
  #memory;
  #seeing;
  /** @type {ReturnType<typeof findCame> | undefined} */ #came;

  /** @param {Memory} memory */
  constructor(memory) {
    this.#memory = memory;
    this.#seeing = new Seeing(memory);
    /** What was latest in the library at the reader's last visit. */
    this.before = beginVisit(memory);
  }

  /** Make the cards of the page ready, and listen to what the reader does with them. */
  start() {
    this.ready(document.querySelectorAll(".paper"));
    attend(document.body, this.#memory);
    listenToArrows();
    for (const click of ["click", "auxclick"])
      document.addEventListener(click, (event) => this.#remember(event));
    for (const change of ["storage", "pageshow"])
      addEventListener(change, () =>
        refresh(document.querySelectorAll(".paper"), this.#memory),
      );
  }

  /** Make cards ready that are in the page. @param {Iterable<Element>} cards */
  ready(cards) {
    const all = [...cards];
    equip(all, this.#memory);
    groupStops(all);
    void this.#markFresh(all);
    this.#seeing.watch(all);
  }

  /** Tell whether a paper was seen before this visit. @param {string} id */
  wasSeen(id) {
    return this.#seeing.wasSeen(id);
  }

  /**
   * Take papers as seen, whether or not their cards are here, or no longer.
   *
   * @param {Iterable<string>} ids
   * @param {boolean} isSeen
   */
  note(ids, isSeen) {
    this.#seeing.note(ids, isSeen);
    this.#seeing.watch(document.querySelectorAll(".papers .paper"));
  }

  /** Mark those that are new, which is asked for once a page. @param {Element[]} cards */
  async #markFresh(cards) {
    if (!cards.length) return;
    this.#came ??= findCame(this.before);
    markFresh(cards, await this.#came, this.before.day);
  }

  /** Count the keywords of a card that is opened. @param {Event} event */
  #remember(event) {
    const at = /** @type {Element} */ (event.target);
    const card = at.closest(OPENING)?.closest(".paper");
    if (card) this.#memory.countKeywords(readKeywords(card));
  }
}

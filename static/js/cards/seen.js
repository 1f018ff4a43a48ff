// @ts-check
// Notes which cards a reader has looked at; later visits dim or hide them.

/** @typedef {import("../memory/memory.js").Memory} Memory */

const LOOKED_MS = 1_000;
const WRITE_MS = 2_000;

export class Seeing {
  #memory;
  #before;
  #since = beginVisit();
  /** @type {Map<Element, number>} */ #timers = new Map();
  /** @type {string[]} */ #fresh = [];
  /** @type {Set<string>} */ #noted = new Set();
  #writing = 0;
  #looks;

  /** @param {Memory} memory */
  constructor(memory) {
    this.#memory = memory;
    this.#before = memory.seen.get();
    this.#looks = new IntersectionObserver((entries) => this.#look(entries), {
      rootMargin: "-10% 0px -40% 0px", // where a reader reads, not what passes by
    });
    addEventListener("pagehide", () => this.#write());
  }

  /** @param {Iterable<string>} ids @param {boolean} isSeen */
  note(ids, isSeen) {
    for (const id of ids)
      if (isSeen) this.#noted.add(id);
      else this.#noted.delete(id);
  }

  /** Tell whether a paper was seen before this visit, or is noted as seen. @param {string} id */
  wasSeen(id) {
    return this.#noted.has(id) || this.#before[id] < this.#since;
  }

  /** @param {Iterable<Element>} cards */
  watch(cards) {
    for (const card of cards) {
      card.classList.toggle("seen", this.wasSeen(card.id));
      if (!this.wasSeen(card.id)) this.#looks.observe(card);
    }
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #look(entries) {
    for (const { target, isIntersecting } of entries) {
      clearTimeout(this.#timers.get(target));
      this.#timers.delete(target);
      if (!isIntersecting) continue;
      const timer = setTimeout(() => this.#see(target), LOOKED_MS);
      this.#timers.set(target, Number(timer));
    }
  }

  /** @param {Element} card */
  #see(card) {
    this.#looks.unobserve(card);
    this.#timers.delete(card);
    this.#fresh.push(card.id);
    this.#writing ||= Number(setTimeout(() => this.#write(), WRITE_MS));
  }

  #write() {
    clearTimeout(this.#writing);
    this.#writing = 0;
    const ids = this.#fresh.splice(0);
    if (ids.length) this.#memory.see(ids);
  }
}

/** Return when this visit to the page began; going back to the page continues the visit. */
function beginVisit() {
  const entry = /** @type {PerformanceNavigationTiming | undefined} */ (
    performance.getEntriesByType("navigation")[0]
  );
  const isBack = entry?.type === "back_forward";
  const known = isBack ? history.state?.since : null;
  const since = Number.isFinite(known) ? known : Date.now();
  history.replaceState({ ...history.state, since }, "");
  return since;
}

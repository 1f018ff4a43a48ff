// @ts-check
// Typesets formulas when their block comes near the window, a few in each idle moment, or at
// once for a printer. A formula that cannot be typeset shows its TeX and harms no other.

import { makeStop } from "./copy.js";
import { DISPLAY, FORMULA } from "./element.js";
import { isTooMuch, writesMathML } from "./limits.js";

const AHEAD = "1600px 0px";
const BATCH_MS = 12; // of a batch, after which the page gets a turn
const DONE = "typeset";
const FAILED = "tex-failed";
const NEARLY = 0.3; // em: a word space
const ROOM = /\bem-(\d+) tenth-(\d)\b/; // as app/cards/formulas.py writes it
const WAITING = `.${FORMULA}:not(.${DONE}, .${FAILED})`;

/**
 * The size of the text around a formula: an em and an ex of it, and the width that there
 * is, in CSS pixels.
 *
 * @typedef {{em: number, ex: number, containerWidth: number}} Metrics
 */

/**
 * An engine that typesets: MathJax, or one of a test.
 *
 * @typedef {object} Engine
 * @property {(place: Element) => Metrics} measure
 * @property {(tex: string, display: boolean, metrics: Metrics) => Promise<Element>} convert
 */

export class Typesetter {
  #load;
  /** @type {Promise<Engine> | null} */ #engine = null;
  /** @type {Set<Element>} */ #due = new Set();
  /** @type {Promise<void> | null} */ #running = null;
  #seen;

  /** @param {() => Promise<Engine>} load brings MathJax, called when it is needed */
  constructor(load) {
    this.#load = load;
    this.#seen = new IntersectionObserver((entries) => this.#near(entries), {
      rootMargin: AHEAD,
    });
  }

  /**
   * Typeset the formulas of blocks once they are near.
   *
   * @param {Iterable<Element>} blocks
   */
  watch(blocks) {
    for (const block of blocks)
      if (block.querySelector(WAITING)) this.#seen.observe(block);
  }

  /** Typeset a block now. @param {Element} block */
  now(block) {
    this.#seen.unobserve(block);
    this.#due.add(block);
    this.#running ??= this.#run();
    return this.#running;
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #near(entries) {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) this.now(target);
  }

  async #run() {
    try {
      this.#engine ??= this.#load();
      const engine = await this.#engine;
      for (const block of this.#due) {
        this.#due.delete(block);
        await typesetIn(block, engine);
        makeStop(block);
      }
    } catch (error) {
      this.#engine = null; // the next block tries again
      this.#due.clear();
      delete document.documentElement.dataset.draws;
      console.warn("Formulas are shown as TeX:", error);
    } finally {
      this.#running = null;
    }
  }
}

/**
 * @param {Element} block
 * @param {Engine} engine
 */
async function typesetIn(block, engine) {
  /** @type {Metrics | null} */ let metrics = null; // of the block's text; one look is dear
  let turn = performance.now();
  for (const formula of block.querySelectorAll(WAITING)) {
    metrics ??= engine.measure(formula);
    await typeset(/** @type {HTMLElement} */ (formula), engine, metrics);
    if (performance.now() - turn < BATCH_MS) continue;
    await waitForIdle();
    turn = performance.now();
  }
}

/**
 * Replace a formula's TeX by the drawn formula; the TeX stays in its data.
 *
 * @param {HTMLElement} formula
 * @param {Engine} engine
 * @param {Metrics} metrics
 */
async function typeset(formula, engine, metrics) {
  const tex = formula.textContent ?? "";
  try {
    if (isTooMuch(tex)) throw new Error("too long or too deep");
    if (writesMathML(tex)) throw new Error("MathML of its own");
    const display = formula.classList.contains(DISPLAY);
    const drawn = await engine.convert(tex, display, metrics);
    formula.dataset.tex = tex;
    formula.replaceChildren(drawn);
    formula.classList.add(DONE);
    keepRoom(formula, metrics.em);
  } catch (error) {
    formula.textContent = tex;
    formula.classList.add(FAILED);
    formula.title = /** @type {Error} */ (error)?.message ?? "";
  }
}

/**
 * Give a drawn formula just the room that was kept for it, where they are nearly equal.
 *
 * Else a line that had room for one word more would break elsewhere, and all below move.
 *
 * @param {HTMLElement} formula
 * @param {number} em in CSS pixels
 */
function keepRoom(formula, em) {
  const found = ROOM.exec(formula.className);
  if (!found) return;
  const kept = Number(`${found[1]}.${found[2]}`);
  const gap = kept - formula.getBoundingClientRect().width / em;
  if (Math.abs(gap) <= NEARLY) formula.style.marginInline = `${gap / 2}em`;
}

/** @returns {Promise<void>} */
function waitForIdle() {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis)
      requestIdleCallback(() => resolve(), { timeout: 100 });
    else setTimeout(resolve);
  });
}

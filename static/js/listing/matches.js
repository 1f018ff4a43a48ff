// @ts-check
// The matches of some words in a whole listing: how many there are, and the way from one to
// the next, wherever it lies. The server finds them; the listing need not be loaded.

import { fillNumber, formatNumber } from "../dom/numbers.js";
import { say } from "../dom/status.js";
import { isRefused } from "./matching.js";

const MOST = 2_000; // ids at once

export class Matches {
  #form;
  #api;
  #goTo;
  #told;
  #steps;
  /** @type {string[]} */ #ids = [];
  #at = -1;
  #asked = new AbortController();

  /**
   * @param {HTMLFormElement} form the form with the words
   * @param {string} api the address of the listing as JSON, with ids alone
   * @param {(id: string) => Promise<void>} goTo leads to the card of a paper
   */
  constructor(form, api, goTo) {
    this.#form = form;
    this.#api = api;
    this.#goTo = goTo;
    this.#told = /** @type {HTMLElement} */ (
      form.querySelector("[data-matches]")
    );
    this.#steps = [...form.querySelectorAll("[data-match-step]")].map(
      (button) => /** @type {HTMLButtonElement} */ (button),
    );
    for (const button of this.#steps)
      button.addEventListener("click", () =>
        this.step(Number(button.dataset.matchStep)),
      );
    form.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Ask which papers match what stands in the form. */
  async update() {
    this.#asked.abort();
    this.#asked = new AbortController();
    const url = new URL(this.#api, location.href);
    for (const [name, value] of new FormData(this.#form))
      if (["include", "exclude", "match"].includes(name))
        url.searchParams.set(name, String(value));
    url.searchParams.set("limit", String(MOST));
    const refused = ["include", "exclude"].some((name) =>
      isRefused(url.searchParams.get(name) ?? ""),
    );
    if (!url.searchParams.get("include") || refused) return this.#show([], "");
    try {
      const answer = await fetch(url, { signal: this.#asked.signal });
      if (!answer.ok) return this.#show([], "");
      const { data, total } = await answer.json();
      const { text, textOne, textNone } = this.#told.dataset;
      this.#show(
        data.map((/** @type {{id: string}} */ paper) => paper.id),
        total ? fillNumber(text, total, textOne) : (textNone ?? ""),
      );
    } catch {
      // Newer words took over, or there is no network: the marks are there all the same.
    }
  }

  /** Go on by some matches, round the end. @param {number} by */
  async step(by) {
    const count = this.#ids.length;
    if (!count) return;
    const from = this.#at < 0 && by < 0 ? 0 : this.#at;
    this.#at = (from + by + count) % count;
    this.#tell(
      (this.#told.dataset.place ?? "")
        .replace("…", formatNumber(this.#at + 1))
        .replace("…", formatNumber(count)),
    );
    await this.#goTo(this.#ids[this.#at]);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    void this.step(by);
  }

  /** @param {string[]} ids @param {string} text */
  #show(ids, text) {
    this.#ids = ids;
    this.#at = -1;
    for (const button of this.#steps) button.hidden = !ids.length;
    this.#tell(text);
  }

  /** @param {string} text */
  #tell(text) {
    this.#told.textContent = text;
    if (text) say(text);
  }
}

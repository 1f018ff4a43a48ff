// @ts-check
// A text field whose Markdown is rendered while the reader types, and examples for it.

import { MarkdownStream } from "./stream.js";

/** @typedef {(blocks: Iterable<Element>) => void} Typeset */

export class LiveMarkdown {
  #source;
  #result;
  #stream;
  #typeset;
  #isDue = false;

  /**
   * @param {HTMLTextAreaElement} source
   * @param {HTMLElement} result
   * @param {Typeset} typeset
   */
  constructor(source, result, typeset) {
    this.#source = source;
    this.#result = result;
    this.#stream = new MarkdownStream(result);
    this.#typeset = typeset;
  }

  start() {
    this.#source.addEventListener("input", () => this.#showSoon());
    this.#show();
  }

  /** Render an example, and offer to take it into the field. @param {HTMLElement} place */
  addExample(place) {
    const markdown = place.querySelector("pre")?.textContent ?? "";
    const shown = /** @type {HTMLElement} */ (
      place.querySelector("[data-case]")
    );
    new MarkdownStream(shown).replace(markdown);
    this.#typeset([shown]);
    const button = /** @type {HTMLButtonElement} */ (
      place.querySelector("button")
    );
    button.hidden = false;
    button.addEventListener("click", () => this.#take(markdown));
  }

  /** Render once before the next frame, however much is typed. */
  #showSoon() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#show();
    });
  }

  #show() {
    this.#stream.replace(this.#source.value);
    this.#typeset([this.#result]);
  }

  /** @param {string} markdown */
  #take(markdown) {
    this.#source.value = markdown;
    this.#show();
    this.#source.focus();
    this.#source.scrollIntoView({ block: "center" });
  }
}

/**
 * Start the page that shows the dialect: a field to type into, and hard cases.
 *
 * @param {(blocks: Iterable<Element>) => void} typeset
 */
export function startLive(typeset) {
  const source = document.querySelector("#source");
  const result = document.querySelector("#result");
  if (!(source instanceof HTMLTextAreaElement)) return;
  if (!(result instanceof HTMLElement)) return;
  const live = new LiveMarkdown(source, result, typeset);
  live.start();
  for (const place of document.querySelectorAll(".case"))
    if (place instanceof HTMLElement) live.addExample(place);
}

// @ts-check
// Completes the text of a search box: an editable combobox with a list of suggestions.

import { lengthen } from "../dom/addresses.js";

const DELAY_MS = 120;
const LEAST = 2; // characters before the server is asked
const MOST = 300;

/** @typedef {{kind: string, text: string, query: string, id: string | null, author: string | null, year: number | null, listing: string | null}} Suggestion */

/**
 * Return the place of the chosen suggestion after a key, -1 for the text itself.
 * @param {string} key @param {number} at @param {number} count
 */
function moveChoice(key, at, count) {
  if (key === "ArrowDown") return at + 1 < count ? at + 1 : -1;
  if (key === "ArrowUp") return at < 0 ? count - 1 : at - 1;
  return at;
}

export class Completion {
  #form;
  #go;
  #input;
  #list;
  #told;
  /** @type {Suggestion[]} */ #found = [];
  #at = -1;
  #asked = new AbortController();
  #timer = 0;

  /**
   * @param {HTMLFormElement} form
   * @param {(url: string) => void} go
   */
  constructor(form, go) {
    this.#form = form;
    this.#go = go;
    this.#input = /** @type {HTMLInputElement} */ (
      form.elements.namedItem("q")
    );
    this.#list = /** @type {HTMLElement} */ (
      form.querySelector("[role=listbox]")
    );
    this.#told = /** @type {HTMLElement} */ (
      form.querySelector("[role=status]")
    );
  }

  start() {
    const [form, input, list] = [this.#form, this.#input, this.#list];
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    this.#show([]);
    input.addEventListener("input", () => this.#wait());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    form.addEventListener("submit", () => this.#close());
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.#click(event));
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = Number(setTimeout(() => this.#ask(), DELAY_MS));
  }

  async #ask() {
    this.#asked.abort();
    this.#asked = new AbortController();
    const text = this.#input.value.trim();
    if (text.length < LEAST) return this.#close();
    try {
      const { signal } = this.#asked;
      const answer = await fetch(this.#makeUrl(text), { signal });
      this.#show(answer.ok ? (await answer.json()).data : []);
      const { none = "", some = "" } = this.#told.dataset;
      const count = this.#found.length;
      this.#told.textContent = count ? `${some} ${count}` : none;
    } catch {
      // A newer request took over, or there is no network: the reader types on.
    }
  }

  /** @param {string} text */
  #makeUrl(text) {
    const url = new URL(String(this.#form.dataset.suggest), location.href);
    url.searchParams.set("q", text.slice(0, MOST));
    url.searchParams.delete("lang");
    return url;
  }

  #close() {
    this.#asked.abort();
    clearTimeout(this.#timer);
    this.#show([]);
  }

  /** @param {Suggestion[]} found */
  #show(found) {
    const list = this.#list;
    this.#found = found;
    this.#at = -1;
    list.replaceChildren(...found.map((one, n) => makeOption(list, one, n)));
    list.hidden = !found.length;
    this.#input.setAttribute("aria-expanded", String(!list.hidden));
    this.#input.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || this.#list.hidden) return;
    const place = moveChoice(event.key, this.#at, this.#found.length);
    if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && this.#at >= 0)
      this.#choose(this.#found[this.#at]);
    else if (place !== this.#at) this.#select(place);
    else return;
    event.preventDefault();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const item = /** @type {Element} */ (event.target).closest("[role=option]");
    if (item) this.#choose(this.#found[[...this.#list.children].indexOf(item)]);
  }

  /** @param {number} place */
  #select(place) {
    this.#at = place;
    [...this.#list.children].forEach((item, n) => {
      item.setAttribute("aria-selected", String(n === place));
    });
    const chosen = this.#list.children[place];
    if (!chosen) return this.#input.removeAttribute("aria-activedescendant");
    this.#input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  /** Open a suggested paper or listing, or search for a suggested query. @param {Suggestion} one */
  #choose(one) {
    this.#close();
    const { paper = "", listing = "" } = this.#form.dataset;
    if (one.id) return this.#go(lengthen(paper, one.id));
    if (one.listing) return this.#go(lengthen(listing, one.listing));
    this.#input.value = one.query;
    this.#form.requestSubmit();
  }
}

/** @param {HTMLElement} list @param {Suggestion} one @param {number} place */
function makeOption(list, one, place) {
  const item = document.createElement("li");
  item.id = `${list.id}-${place}`;
  item.role = "option";
  item.ariaSelected = "false";
  const kind = document.createElement("span");
  kind.className = "kind";
  const about = [one.author, one.year].filter(Boolean).join(", ");
  kind.textContent = about || (list.dataset[one.kind] ?? "");
  item.append(one.text, kind);
  return item;
}

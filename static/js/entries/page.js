// @ts-check
// What every page has: keys, the buttons of its cards, and what is remembered of it.

import { keywordsOf } from "../cards/card.js";
import { History } from "../memory/memory.js";
import { listenToKeys, openFind, openHelp } from "../cards/keys.js";
import { Seeing } from "../cards/seen.js";
import { attend, equip, refresh } from "../cards/buttons.js";

const OPENING = ".title-link, .title-pdf, .title-rel, .document > summary";

/** What this browser remembers. */
export const memory = new History();
export const seeing = new Seeing(memory);

const status = document.querySelector("[data-status]");

/** Tell a listening reader. @param {string} text */
export function say(text) {
  if (status) status.textContent = text;
}

/** Make cards ready that are in the page. @param {Iterable<Element>} cards */
export function ready(cards) {
  const all = [...cards];
  equip(all, memory);
  seeing.watch(all);
}

/** @param {Event} event */
function remember(event) {
  const at = /** @type {Element} */ (event.target);
  const card = at.closest(OPENING)?.closest(".paper");
  if (card) memory.opened(keywordsOf(card));
}

ready(document.querySelectorAll(".paper"));
attend(document.body, memory, say);
listenToKeys({ history: memory, say });
document.addEventListener("click", (event) => {
  const at = /** @type {Element} */ (event.target).closest("[data-close]");
  if (at instanceof HTMLElement)
    at.closest("dialog")?.close(at.dataset.close || undefined);
});
document.addEventListener("click", remember);
document.addEventListener("auxclick", remember);
document.querySelector("[data-keys]")?.addEventListener("click", openHelp);
document
  .querySelector("[data-open-find]")
  ?.addEventListener("click", (event) => {
    if (openFind()) event.preventDefault();
  });
for (const event of ["storage", "pageshow"])
  addEventListener(event, () =>
    refresh(document.querySelectorAll(".paper"), memory),
  );
for (const link of document.querySelectorAll("a[data-favourites]")) {
  const what = memory.expression();
  if (!(link instanceof HTMLAnchorElement) || !what) continue;
  const url = new URL(link.dataset.favourites ?? "", location.href);
  url.pathname += what;
  link.href = url.href;
}

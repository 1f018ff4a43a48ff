// @ts-check
// Keys for skimming through cards; none acts while the reader types or holds a modifier.

import { copyCard } from "./buttons.js";
import { filterVisible, findTopmost } from "./sight.js";
import { star } from "./stars.js";
import { unfold } from "./views.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */
/** @typedef {Record<string, () => boolean>} Actions by name; each tells whether it was done */

const TYPED =
  "input, textarea, select, [contenteditable], dialog[open], dialog[open] *";

/** @type {Record<string, string>} */
const KEYS = {
  j: "next",
  k: "previous",
  o: "open",
  s: "star",
  r: "related",
  p: "pdf",
  c: "copy",
  x: "unfold",
  v: "view",
  f: "find",
  "/": "search",
  "?": "help",
};

/** @type {Record<string, string>} */
const LINKS = { open: ".title-link", related: ".title-rel", pdf: ".title-pdf" };

/**
 * Listen to keys, unless the reader has switched them off.
 *
 * @param {Memory} memory
 * @param {Actions} others the actions of the page that need no card
 */
export function listenToKeys(memory, others) {
  addEventListener("keydown", (event) => {
    const action = event.defaultPrevented ? "" : readAction(event);
    if (!action || !memory.settings.get().keys) return;
    const done = others[action]?.() ?? actOnCards(action, memory);
    if (done) event.preventDefault();
  });
}

/**
 * Return the action of a key, or "" where it has none.
 *
 * @param {KeyboardEvent} event
 */
function readAction(event) {
  const { key, ctrlKey, metaKey, altKey, isComposing } = event;
  if (ctrlKey || metaKey || altKey || isComposing) return "";
  if (event.repeat && !"jk".includes(key)) return "";
  const target = /** @type {Element | null} */ (event.target);
  if (target?.closest?.(TYPED)) return "";
  return KEYS[key] ?? "";
}

/**
 * Do something with the current card; tell whether it was done.
 *
 * @param {string} action
 * @param {Memory} memory
 */
function actOnCards(action, memory) {
  const cards = filterVisible(document.querySelectorAll(".paper"));
  const current = document.querySelector(".paper.current");
  if (action === "next") return move(cards, current, 1);
  if (action === "previous") return move(cards, current, -1);
  const card = current ?? findTopmost(cards);
  if (!card) return false;
  if (action === "star") star(card, memory);
  else if (action === "copy") void copyCard(card);
  else if (action === "unfold") unfold(card);
  else return follow(card, action);
  return true;
}

/** @param {Element[]} cards @param {Element | null} current @param {number} step */
function move(cards, current, step) {
  const at = current ? cards.indexOf(current) : -1;
  const top = cards.indexOf(/** @type {Element} */ (findTopmost(cards)));
  const next = at >= 0 ? at + step : step > 0 ? top : top - 1;
  const card = cards[Math.max(0, Math.min(cards.length - 1, next))];
  if (!card) return false;
  current?.classList.remove("current");
  card.classList.add("current");
  const link = card.querySelector(".title-link");
  if (link instanceof HTMLElement) link.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
  return true;
}

/** @param {Element} card @param {string} action */
function follow(card, action) {
  const link = card.querySelector(LINKS[action]);
  if (link instanceof HTMLElement) link.click();
  return !!link;
}

// @ts-check
// Keys for skimming through cards; none acts while the reader types or holds a modifier.

import { copyBibtex, copyCard } from "../cards/buttons.js";
import { filterVisible, findTopmost, isInSight } from "../cards/sight.js";
import { star } from "../cards/stars.js";
import { unfold } from "../cards/views.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */
/** @typedef {Record<string, () => boolean>} Actions by name; each tells whether it was done */

const TYPED =
  "input, textarea, select, [contenteditable], dialog[open], dialog[open] *";

/** @type {Record<string, string>} */
const KEYS = {
  j: "next",
  k: "previous",
  o: "open",
  O: "openAside",
  x: "unfold",
  u: "summary",
  s: "star",
  r: "related",
  p: "pdf",
  h: "html",
  c: "copy",
  b: "bibtex",
  "[": "back",
  "]": "on",
  v: "view",
  a: "seeAll",
  z: "undo",
  f: "find",
  l: "listing",
  m: "mine",
  "/": "search",
  "?": "help",
};

/** @type {Record<string, string>} */
const LINKS = {
  open: ".title-link, a.at-arxiv",
  openAside: ".title-link, a.at-arxiv",
  related: ".title-rel",
  pdf: ".title-pdf",
  html: ".title-html",
};
const ASIDE = new Set(["openAside", "pdf", "html"]); // in a tab of their own

/** @type {Record<string, string>} */
const PLACES = {
  back: "main a[rel=prev]",
  on: "main a[rel=next]",
  listing: "a[data-favourites]",
  mine: "a[data-mine]",
};

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
    const done = others[action]?.() ?? go(action) ?? actOnCards(action, memory);
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

/** Go where a link of the page leads; null if the action is none of a place. @param {string} action */
function go(action) {
  if (!(action in PLACES)) return null;
  const link = document.querySelector(PLACES[action]);
  if (link instanceof HTMLElement) link.click();
  return !!link;
}

/**
 * Do something with the marked card; tell whether it was done.
 *
 * @param {string} action
 * @param {Memory} memory
 */
function actOnCards(action, memory) {
  const cards = filterVisible(document.querySelectorAll(".paper"));
  if (action === "next") return move(cards, 1);
  if (action === "previous") return move(cards, -1);
  const card = findMarked(cards);
  if (!card) return false;
  if (action === "star") star(card, memory);
  else if (action === "copy") void copyCard(card);
  else if (action === "bibtex") void copyBibtex(card);
  else if (action === "unfold") unfold(card);
  else if (action === "summary") return toggleSummary(card);
  else return follow(card, action);
  return true;
}

/**
 * Return the card that is marked and in sight. Where none is, the topmost is marked and
 * nothing else is done: a key never acts on a card that the reader does not see marked.
 *
 * @param {Element[]} cards
 */
function findMarked(cards) {
  if (cards.length === 1 && cards[0].matches(".whole")) return cards[0];
  const marked = document.querySelector(".paper.current");
  if (marked && isInSight(marked)) return marked;
  const top = cards.find(isInSight);
  if (top) mark(top);
  return null;
}

/** @param {Element[]} cards @param {number} step */
function move(cards, step) {
  if (cards[0]?.matches(".whole")) return go(step > 0 ? "on" : "back") ?? false;
  const current = document.querySelector(".paper.current");
  const at = current && isInSight(current) ? cards.indexOf(current) : -1;
  const top = cards.indexOf(/** @type {Element} */ (findTopmost(cards)));
  const next = at >= 0 ? at + step : step > 0 ? top : top - 1;
  const card = cards[Math.max(0, Math.min(cards.length - 1, next))];
  if (!card) return false;
  mark(card);
  card.scrollIntoView({ block: "start" });
  return true;
}

/** Mark a card as the one that keys act on. @param {Element} card */
function mark(card) {
  document.querySelector(".paper.current")?.classList.remove("current");
  card.classList.add("current");
  const link = card.querySelector(".title-link");
  if (link instanceof HTMLElement) link.focus({ preventScroll: true });
}

/** @param {Element} card */
function toggleSummary(card) {
  const fold = card.querySelector("details.document > summary");
  if (fold instanceof HTMLElement) fold.click();
  return !!fold;
}

/** @param {Element} card @param {string} action */
function follow(card, action) {
  const place = card.matches(".whole") ? document : card;
  const link = place.querySelector(LINKS[action]);
  if (!(link instanceof HTMLAnchorElement)) return false;
  if (!ASIDE.has(action) || link.target) link.click();
  else open(link.href, "_blank", "noopener");
  return true;
}

// @ts-check
// Keys for skimming; never while something is typed, or a modifier is held.

import { topmost, unhidden } from "../listing/place.js";
import { star } from "./stars.js";
import { copyCard } from "./buttons.js";

const TYPED =
  "input, textarea, select, [contenteditable], dialog[open], dialog[open] *";

/**
 * Return what a key asks for, or "" where it asks for nothing here.
 *
 * @param {KeyboardEvent} event
 */
export function wishOf(event) {
  const { key, ctrlKey, metaKey, altKey, isComposing } = event;
  if (ctrlKey || metaKey || altKey || isComposing) return "";
  if (event.repeat && !"jk".includes(key)) return "";
  const target = /** @type {Element | null} */ (event.target);
  if (target?.closest?.(TYPED)) return "";
  return KEYS[key] ?? "";
}

/** @type {Record<string, string>} */
const KEYS = {
  j: "next",
  k: "previous",
  o: "open",
  s: "star",
  r: "related",
  p: "pdf",
  c: "copy",
  f: "find",
  "/": "search",
  "?": "help",
};

/**
 * @param {object} page
 * @param {import("../memory/memory.js").History} page.history
 * @param {(text: string) => void} page.say
 */
export function listenToKeys({ history, say }) {
  addEventListener("keydown", (event) => {
    const wish = event.defaultPrevented ? "" : wishOf(event);
    if (!wish || !history.settings.get().keys) return;
    if (does(wish, history, say)) event.preventDefault();
  });
}

/**
 * Do what is wished for; tell whether it could be done.
 *
 * @param {string} wish
 * @param {import("../memory/memory.js").History} history
 * @param {(text: string) => void} say
 */
function does(wish, history, say) {
  if (wish === "search") return focusOn("input[type=search]");
  if (wish === "help") return openHelp();
  if (wish === "find") return openFind();
  const cards = unhidden(document.querySelectorAll(".paper"));
  const here = document.querySelector(".paper.current");
  if (wish === "next" || wish === "previous")
    return goOn(cards, here, wish === "next" ? 1 : -1);
  const card = here ?? topmost(cards);
  if (!card) return false;
  if (wish === "star") star(card, history, say);
  else if (wish === "copy") void copyCard(card, say);
  else return follow(card, wish);
  return true;
}

/** @param {Element[]} cards @param {Element | null} here @param {number} step */
function goOn(cards, here, step) {
  const at = here ? cards.indexOf(here) : -1;
  const top = cards.indexOf(/** @type {Element} */ (topmost(cards)));
  const next = at >= 0 ? at + step : step > 0 ? top : top - 1;
  const card = cards[Math.max(0, Math.min(cards.length - 1, next))];
  if (!card) return false;
  here?.classList.remove("current");
  card.classList.add("current");
  const link = card.querySelector(".title-link");
  if (link instanceof HTMLElement) link.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
  return true;
}

/** @param {Element} card @param {string} wish */
function follow(card, wish) {
  const link = card.querySelector(
    { open: ".title-link", related: ".title-rel", pdf: ".title-pdf" }[wish] ??
      "",
  );
  if (link instanceof HTMLElement) link.click();
  return !!link;
}

/** @param {string} selector */
function focusOn(selector) {
  const input = document.querySelector(selector);
  if (!(input instanceof HTMLInputElement)) return false;
  input.focus({ preventScroll: !!input.closest(".floating") });
  input.select();
  return true;
}

/** Open what finds in this listing, if there is one. */
export function openFind() {
  const fold = document.querySelector("details.find");
  if (!(fold instanceof HTMLDetailsElement)) return false;
  fold.open = true;
  return focusOn("details.find [name=include]");
}

/** Show the keys. */
export function openHelp() {
  const help = document.getElementById("keys");
  if (!(help instanceof HTMLDialogElement) || help.open) return false;
  help.showModal();
  return true;
}

// @ts-check
// Stars: the browser remembers its own, the server counts all of them and knows no names.

import { keywordsOf } from "./card.js";

/** @typedef {import("./history.js").History} History */

const PAPERS = "/api/papers/";

/** @param {Element} card @param {boolean} isStarred */
export function showStar(card, isStarred) {
  const button = card.querySelector(".tools .star");
  if (!(button instanceof HTMLElement)) return;
  const { on = "", off = "" } = button.dataset;
  button.setAttribute("aria-pressed", String(isStarred));
  button.firstElementChild?.replaceChildren(isStarred ? "★" : "☆");
  button.title = isStarred ? on : off;
  showCount(card, Number(placeOf(card)?.dataset.stars ?? 0));
}

/**
 * Star a card's paper, or take its star away.
 *
 * @param {Element} card
 * @param {History} history
 * @param {(text: string) => void} say
 */
export function star(card, history, say) {
  const place = placeOf(card);
  const button = card.querySelector(".tools .star");
  if (!place || !(button instanceof HTMLElement)) return;
  const isStarred = history.toggleStar(card.id, keywordsOf(card));
  const before = Number(place.dataset.stars ?? 0);
  place.dataset.stars = String(Math.max(0, before + (isStarred ? 1 : -1)));
  showStar(card, isStarred);
  say(button.dataset[isStarred ? "starred" : "unstarred"] ?? "");
  void count(card, isStarred);
}

/** Have the server count, and show its count. @param {Element} card @param {boolean} isStarred */
async function count(card, isStarred) {
  const method = isStarred ? "PUT" : "DELETE";
  try {
    const answer = await fetch(`${PAPERS}${card.id}/star`, { method });
    if (!answer.ok) return;
    const { stars } = await answer.json();
    const place = placeOf(card);
    if (place) place.dataset.stars = String(stars);
    showCount(card, stars);
  } catch {
    // Without the server the star is the browser's alone.
  }
}

/** @param {Element} card @param {number} stars */
function showCount(card, stars) {
  const shown = card.querySelector(".tools .star .count");
  const { lang } = document.documentElement;
  shown?.replaceChildren(stars > 0 ? stars.toLocaleString(lang) : "");
}

/** @param {Element} card */
function placeOf(card) {
  return /** @type {HTMLElement | null} */ (card.querySelector(".tools"));
}

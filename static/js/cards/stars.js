// @ts-check
// Stars: the browser remembers its own, the server counts all of them and knows no names.

import { keywordsOf } from "./card.js";
import { written } from "../dom/numbers.js";

/** @typedef {import("../memory/memory.js").History} History */

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
  void counted(card.id, isStarred).then((stars) => {
    if (stars === null) return;
    place.dataset.stars = String(stars);
    showCount(card, stars);
  });
}

/**
 * Have the server count a star, or take it away; return how many there are, null where it
 * does not say: then the star is the browser's alone.
 *
 * @param {string} id
 * @param {boolean} isStarred
 * @returns {Promise<number | null>}
 */
export async function counted(id, isStarred) {
  const method = isStarred ? "PUT" : "DELETE";
  try {
    const answer = await fetch(`${PAPERS}${id}/star`, { method });
    return answer.ok ? (await answer.json()).stars : null;
  } catch {
    return null;
  }
}

/** @param {Element} card @param {number} stars */
function showCount(card, stars) {
  const shown = card.querySelector(".tools .star .count");
  shown?.replaceChildren(stars > 0 ? written(stars) : "");
}

/** @param {Element} card */
function placeOf(card) {
  return /** @type {HTMLElement | null} */ (card.querySelector(".tools"));
}

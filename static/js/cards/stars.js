// @ts-check
// Stars on cards: the browser remembers its own, the server counts all, without names.

import { formatNumber } from "../dom/numbers.js";
import { say } from "../dom/status.js";
import { readKeywords } from "./card.js";
import { keepUndo } from "./undo.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

const PAPERS = "/api/papers/";

/** @param {Element} card @param {boolean} isStarred */
export function showStar(card, isStarred) {
  const button = card.querySelector(".tools .star");
  if (!(button instanceof HTMLElement)) return;
  const { on = "", off = "" } = button.dataset;
  button.setAttribute("aria-pressed", String(isStarred));
  button.firstElementChild?.replaceChildren(isStarred ? "★" : "☆");
  button.title = isStarred ? on : off;
  showCount(card, Number(findTools(card)?.dataset.stars ?? 0));
}

/**
 * Star a card's paper, or take its star away.
 *
 * @param {Element} card
 * @param {Memory} memory
 * @param {boolean} [isUndone] whether this undoes what was done
 */
export function star(card, memory, isUndone = false) {
  const place = findTools(card);
  const button = card.querySelector(".tools .star");
  if (!place || !(button instanceof HTMLElement)) return;
  const isStarred = memory.toggleStar(card.id, readKeywords(card));
  if (!isUndone) keepUndo(() => star(card, memory, true));
  const before = Number(place.dataset.stars ?? 0);
  place.dataset.stars = String(Math.max(0, before + (isStarred ? 1 : -1)));
  showStar(card, isStarred);
  say(button.dataset[isStarred ? "starred" : "unstarred"] ?? "");
  void sendStar(card.id, isStarred).then((stars) => {
    if (stars === null) return;
    place.dataset.stars = String(stars);
    showCount(card, stars);
  });
}

/**
 * Have the server count a star or take it away. Returns how many stars the paper has, or
 * null where the server does not say: then the star is the browser's alone.
 *
 * @param {string} id
 * @param {boolean} isStarred
 * @returns {Promise<number | null>}
 */
export async function sendStar(id, isStarred) {
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
  shown?.replaceChildren(stars > 0 ? formatNumber(stars) : "");
}

/** @param {Element} card */
function findTools(card) {
  return /** @type {HTMLElement | null} */ (card.querySelector(".tools"));
}

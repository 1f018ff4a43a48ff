// @ts-check
// Shows the way to the reader's own listing, with the number of papers since the last visit.

import { fillNumber } from "../dom/numbers.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

/**
 * @param {Memory} memory
 * @param {string} before the library's latest day at the last visit, or ""
 */
export async function showMine(memory, before) {
  const place = document.querySelector("[data-my-listing]");
  const link = place?.querySelector("a");
  const told = place?.querySelector(".count");
  const categories = memory.writeExpression();
  if (!(place instanceof HTMLElement) || !link || !categories) return;
  link.href = (link.dataset.listing ?? "") + categories;
  place.hidden = false;
  if (!(told instanceof HTMLElement) || !before) return;
  const count = await countSince(
    `${link.dataset.api}${categories}/days`,
    before,
  );
  if (count === null) return;
  const { one = "", some = "", none = "" } = told.dataset;
  told.textContent =
    count === 0 ? none : count === 1 ? one : fillNumber(some, count);
}

/**
 * Return how many papers the latest month has after a day; null where nobody knows.
 *
 * @param {string} api @param {string} before
 */
async function countSince(api, before) {
  try {
    const answer = await fetch(api);
    if (!answer.ok) return null;
    /** @type {{data: {day: string, papers: number}[]}} */
    const { data } = await answer.json();
    return data
      .filter(({ day }) => day > before)
      .reduce((sum, { papers }) => sum + papers, 0);
  } catch {
    return null;
  }
}

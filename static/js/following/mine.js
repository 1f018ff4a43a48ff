// @ts-check
// Shows the way to the reader's own listing, with the number of papers since the last visit.

import { fillNumber } from "../dom/numbers.js";
import { countNew } from "./searches.js";

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
  const search = writeSearch(memory.categories.get());
  const count = await countNew(link.dataset.api ?? "", search, before);
  if (count === null) return;
  const { one = "", some = "", none = "" } = told.dataset;
  told.textContent =
    count === 0 ? none : count === 1 ? one : fillNumber(some, count);
}

/**
 * Return the search of the papers of a listing.
 *
 * @param {import("../memory/kinds.js").Categories} categories
 */
function writeSearch({ follow, leave }) {
  const any = follow.map((code) => `cat:${code}`).join(" OR ");
  const none = leave.map((code) => ` -cat:${code}`).join("");
  return new URLSearchParams({ q: `(${any})${none}` }).toString();
}

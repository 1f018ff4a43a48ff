// @ts-check
// Shows the way to the reader's own listing, with the number of papers since the last visit.

import { lengthen } from "../dom/addresses.js";
import { fillNumber } from "../dom/numbers.js";
import { findAddress, findNew } from "./news.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

/**
 * @param {Memory} memory
 * @param {import("../memory/kinds.js").Before} before
 */
export async function showMine(memory, before) {
  const place = document.querySelector("[data-my-listing]");
  const link = place?.querySelector("a");
  const told = place?.querySelector(".count");
  const categories = memory.writeExpression();
  if (!(place instanceof HTMLElement) || !link || !categories) return;
  link.href = lengthen(link.dataset.listing ?? "", categories);
  place.hidden = false;
  if (!(told instanceof HTMLElement) || !(before.mark || before.day)) return;
  const search = writeSearch(memory.categories.get());
  const found = await findNew(link.dataset, search, before);
  if (!found) return;
  const { one = "", some = "", none = "" } = told.dataset;
  told.textContent = none;
  if (!found.count) return;
  const news = document.createElement("a");
  news.href = findAddress(link.dataset, search, before.day, found);
  news.textContent = found.count === 1 ? one : fillNumber(some, found.count);
  told.replaceChildren(news);
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

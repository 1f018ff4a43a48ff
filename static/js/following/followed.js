// @ts-check
// The list of the searches that a reader follows, with what is new in each; and what is new
// in each category.

import { fillNumber } from "../dom/numbers.js";
import { findAddress, findNew } from "./news.js";
import { nameSearch, writeAddress } from "./searches.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

const AT_ONCE = 4;
const MOST_COUNTED = 60;

/** How often lists were shown; counts for an earlier time are not shown. */
let runs = 0;

/**
 * Show the searches in their list.
 *
 * @param {Memory} memory
 * @param {import("../memory/kinds.js").Before} before
 */
export function showFollowed(memory, before) {
  const section = document.querySelector("[data-followed]");
  const list = section?.querySelector("ul");
  if (!(section instanceof HTMLElement) || !list) return;
  const searches = memory.searches.get();
  document.documentElement.toggleAttribute("data-follows", searches.length > 0);
  section
    .querySelector("[data-none-followed]")
    ?.toggleAttribute("hidden", searches.length > 0);
  list.replaceChildren(...searches.map((search) => makeItem(list, search)));
  list.onclick = (event) => {
    const at = /** @type {Element} */ (event.target).closest("button");
    if (!(at instanceof HTMLElement)) return;
    const place = [...list.querySelectorAll("button")].indexOf(at);
    memory.followSearch(at.dataset.search ?? "");
    showFollowed(memory, before);
    const left = list.querySelectorAll("button");
    const heading = section.querySelector("h2");
    (left[place] ?? left[place - 1] ?? heading)?.focus();
  };
  const items = [
    ...list.children,
    ...document.querySelectorAll("[data-categories] > li[data-search]"),
  ];
  if (before.mark || before.day)
    void tellNew(list, items.slice(0, MOST_COUNTED), before);
}

/**
 * Tell what is new in each of some searches, a few at a time.
 *
 * @param {HTMLElement} list says how it is told
 * @param {Element[]} items
 * @param {import("../memory/kinds.js").Before} before
 */
async function tellNew(list, items, before) {
  const run = ++runs;
  const left = [...items];
  const work = async () => {
    for (let item; run === runs && (item = left.shift());) {
      const { search = "" } = /** @type {HTMLElement} */ (item).dataset;
      const found = await findNew(list.dataset, search, before);
      const place = item.querySelector(".count");
      if (!found || run !== runs || !place) continue;
      place.replaceChildren(makeCount(list, search, before.day, found));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/**
 * Return how many are new, as a link to them.
 *
 * @param {HTMLElement} list @param {string} search @param {string} day
 * @param {import("./news.js").News} found
 */
function makeCount(list, search, day, found) {
  if (!found.count) return list.dataset.none ?? "";
  const link = document.createElement("a");
  link.href = findAddress(list.dataset, search, day, found);
  link.textContent = fillNumber(list.dataset.new, found.count);
  return link;
}

/** @param {HTMLElement} list @param {string} search */
function makeItem(list, search) {
  const item = document.createElement("li");
  item.dataset.search = search;
  const link = document.createElement("a");
  link.href = writeAddress(list.dataset, search);
  link.textContent = nameSearch(search);
  const count = document.createElement("span");
  count.className = "count";
  const button = document.createElement("button");
  Object.assign(button, {
    type: "button",
    className: "link",
    textContent: "×",
    title: list.dataset.remove ?? "",
  });
  button.dataset.search = search;
  button.setAttribute(
    "aria-label",
    `${list.dataset.remove}: ${link.textContent}`,
  );
  item.append(link, " ", count, " ", button);
  return item;
}

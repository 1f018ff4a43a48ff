// @ts-check
// Leads from a paper's page to the papers before and after it in the list one came from.

import { lengthen } from "../dom/addresses.js";
import { keepInTab, readFromTab } from "../dom/tab.js";

/** @typedef {{address: string, ids: string[]}} List */

const NAME = "winnow.list";
const MOST = 1_000;

/** Keep the list of a page whenever one of its papers is opened. */
export function keepList() {
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest(".title-link");
    const cards = [...document.querySelectorAll(".papers .paper")];
    const at = cards.findIndex((card) => card.contains(link));
    if (!link || at < 0) return;
    const from = Math.max(0, at - MOST / 2);
    const ids = cards.slice(from, from + MOST).map((card) => card.id);
    keepInTab(NAME, { address: location.href, ids });
  });
}

/** Show the neighbours of the paper of this page, if it came from a list. */
export function showNeighbours() {
  const nav = document.querySelector("nav.from-list");
  const id = document.querySelector(".paper.whole")?.id ?? "";
  const list = readList();
  const at = list?.ids.indexOf(id) ?? -1;
  if (!(nav instanceof HTMLElement) || !list || at < 0) return;
  const paper = nav.dataset.paper ?? "";
  lead(nav, "[rel=prev]", at > 0 ? lengthen(paper, list.ids[at - 1]) : "");
  lead(
    nav,
    "[rel=next]",
    at + 1 < list.ids.length ? lengthen(paper, list.ids[at + 1]) : "",
  );
  lead(nav, "[data-back]", list.address);
  nav.hidden = false;
}

/** @param {HTMLElement} nav @param {string} which @param {string} address */
function lead(nav, which, address) {
  const link = nav.querySelector(which);
  if (!(link instanceof HTMLAnchorElement)) return;
  if (address) link.href = address;
  else link.remove();
}

/** @returns {List | null} */
function readList() {
  const { address, ids } = readFromTab(NAME) ?? {};
  if (!Array.isArray(ids) || !URL.canParse(address)) return null;
  const isOurs = new URL(address).origin === location.origin;
  return isOurs ? { address, ids: ids.map(String) } : null;
}

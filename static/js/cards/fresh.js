// @ts-check
// Marks the papers that are new since the reader's last visit: those that came to the
// library since then, whatever their day; by their days where it does not remember.

import { keepInTab, readFromTab } from "../dom/tab.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */
/** @typedef {import("../memory/kinds.js").Before} Before */

const CHANGES = "/api/changes";
const PARTS = 10; // of 2,000 changes: those of some two weeks
const KEPT = "winnow.came";

/**
 * Note this visit; return what was latest at the one before. Only pages that show what is
 * latest tell the day: what came is new until the reader has met one of them.
 *
 * @param {Memory} memory
 */
export function beginVisit(memory) {
  const { latest = "", snapshot = "" } = document.documentElement.dataset;
  return memory.visit(latest, latest && snapshot);
}

/**
 * Find which papers came since the last visit; null where the library does not tell.
 *
 * @param {Before} before
 * @returns {Promise<Set<string> | null>}
 */
export async function findCame({ mark }) {
  const { snapshot = "" } = document.documentElement.dataset;
  if (!mark || !snapshot) return null;
  if (mark === snapshot) return new Set();
  const asked = `${mark} ${snapshot}`;
  const ids = recall(asked) ?? (await fetchCame(mark).catch(() => null));
  if (ids) keepInTab(KEPT, { asked, ids });
  return ids && new Set(ids);
}

/**
 * Mark the cards whose papers are new.
 *
 * @param {Iterable<Element>} cards
 * @param {Set<string> | null} came ids of new papers
 * @param {string} before where these are not known: the day that new papers are later
 *   than, or "" for a first visit, when nothing is new
 */
export function markFresh(cards, came, before) {
  const name = document
    .querySelector("[data-status]")
    ?.getAttribute("data-new");
  if (!name || !(came ? came.size : before)) return;
  for (const card of cards) {
    const time = card.querySelector(".date-data > time");
    const day = time?.getAttribute("datetime") ?? "";
    const isNew = came ? came.has(card.id) : day > before;
    if (!isNew || card.classList.contains("fresh")) continue;
    card.classList.add("fresh");
    const mark = document.createElement("span");
    mark.className = "new-mark";
    mark.textContent = name;
    time?.after(" ", mark);
  }
}

/** @param {string} mark @returns {Promise<string[] | null>} null where it is too old */
async function fetchCame(mark) {
  const ids = [];
  for (let since = mark, part = 0; part < PARTS; part++) {
    const answer = await fetch(`${CHANGES}?since=${since}&kind=new`);
    if (!answer.ok) return null;
    const { data, meta } = await answer.json();
    ids.push(...data.map((/** @type {{id: string}} */ { id }) => id));
    if (meta.is_end) return ids;
    since = meta.cursor;
  }
  return null;
}

/** Return what this tab was told before. @param {string} asked @returns {string[] | null} */
function recall(asked) {
  const kept = readFromTab(KEPT);
  return kept?.asked === asked && Array.isArray(kept.ids)
    ? kept.ids.map(String)
    : null;
}

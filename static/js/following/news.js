// @ts-check
// News of a search: its papers that came since the reader's last visit, and their address.

import { lengthen } from "../dom/addresses.js";
import { narrowToNew, writeAddress } from "./searches.js";

const MOST_NAMED = 200;

/**
 * The papers of a search that are new: how many, and their ids where these are known.
 *
 * @typedef {{count: number, ids: string[]}} News
 */

/**
 * Find the papers of a search that came since the last visit and have all its words; null
 * where the server does not say. Where it does not know the visit's mark any more, papers of
 * later days count.
 *
 * @param {DOMStringMap} addresses of the API: of searches and of what is new
 * @param {string} search
 * @param {import("../memory/kinds.js").Before} before
 * @returns {Promise<News | null>}
 */
export async function findNew({ api = "", news = "" }, search, before) {
  try {
    const exact = before.mark && (await findSince(news, search, before.mark));
    if (exact) return exact;
    const count = before.day ? await countAfter(api, search, before.day) : null;
    return count === null ? null : { count, ids: [] };
  } catch {
    return null;
  }
}

/**
 * Return the address of just those papers that are new, where one can name them; else of
 * the search, narrowed to later days where the day of the last visit is known.
 *
 * @param {DOMStringMap} addresses of listings and of searches
 * @param {string} search
 * @param {string} day
 * @param {News} found
 */
export function findAddress(addresses, search, day, { count, ids }) {
  return ids.length === count && count <= MOST_NAMED
    ? lengthen(addresses.listing ?? "", ids.join(","))
    : writeAddress(addresses, day ? narrowToNew(search, day) : search);
}

/**
 * @param {string} api @param {string} search @param {string} mark
 * @returns {Promise<News | null>} null where the mark is too old
 */
async function findSince(api, search, mark) {
  const answer = await fetch(`${api}?${search}&since=${mark}`);
  if (!answer.ok) return null;
  const { total, data, meta } = await answer.json();
  return meta.is_end ? { count: total, ids: data } : null;
}

/**
 * Return how many papers of later days a search finds that have all its words.
 *
 * @param {string} api @param {string} search @param {string} day YYYY-MM-DD
 * @returns {Promise<number | null>}
 */
async function countAfter(api, search, day) {
  const params = new URLSearchParams(narrowToNew(search, day));
  for (const [name, value] of [
    ["mode", "lexical"],
    ["sort", "newest"],
    ["explain", "true"],
    ["fields", "id"],
    ["limit", "1"],
  ])
    params.set(name, value);
  const answer = await fetch(`${api}?${params}`);
  if (!answer.ok) return null;
  const { total, meta } = await answer.json();
  /** @type {{step: string, total: number}[]} */
  const steps = meta.explanation?.steps ?? [];
  return steps.find(({ step }) => step === "all")?.total ?? total;
}

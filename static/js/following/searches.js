// @ts-check
// A search that is followed: the parameters of its address, as text.

/** What says which papers a search finds, in the order in which it is written. */
const NAMES = [
  "q",
  "cat",
  "year",
  "after",
  "before",
  "author",
  "has",
  "withdrawn",
];
const AUTHOR = /^au(?:thor)?:"([^"]+)"$/;

/** Return the name of a search: its query and filters, or the author whose papers it finds. @param {string} search */
export function nameSearch(search) {
  const params = new URLSearchParams(search);
  const parts = NAMES.flatMap((name) => {
    const value = params.get(name);
    if (!value) return [];
    return name === "q" ? [AUTHOR.exec(value)?.[1] ?? value] : [value];
  });
  return parts.join(" · ");
}

/**
 * Return the search of those papers that came after a day.
 *
 * @param {string} search
 * @param {string} day YYYY-MM-DD
 */
export function narrowToNew(search, day) {
  const params = new URLSearchParams(search);
  const next = new Date(Date.parse(day) + 86_400_000).toISOString();
  const own = params.get("after") ?? "";
  params.set("after", own > next.slice(0, 10) ? own : next.slice(0, 10));
  return params.toString();
}

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

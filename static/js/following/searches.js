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
 * Return how many papers a search has found since a day that have all its words; null where
 * the server does not say.
 *
 * @param {string} api the address of searches as JSON
 * @param {string} search
 * @param {string} day YYYY-MM-DD
 * @returns {Promise<number | null>}
 */
export async function countNew(api, search, day) {
  const params = new URLSearchParams(narrowToNew(search, day));
  for (const [name, value] of [
    ["mode", "lexical"],
    ["sort", "newest"],
    ["explain", "true"],
    ["fields", "id"],
    ["limit", "1"],
  ])
    params.set(name, value);
  try {
    const answer = await fetch(`${api}?${params}`);
    if (!answer.ok) return null;
    const { total, meta } = await answer.json();
    /** @type {{step: string, total: number}[]} */
    const steps = meta.explanation?.steps ?? [];
    return steps.find(({ step }) => step === "all")?.total ?? total;
  } catch {
    return null;
  }
}

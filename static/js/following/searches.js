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

/** Return the address of a search, the newest first. @param {DOMStringMap} addresses @param {string} search */
export function writeAddress({ address = "" }, search) {
  const url = new URL(address, location.href);
  for (const [name, value] of new URLSearchParams(search))
    url.searchParams.set(name, value);
  url.searchParams.set("sort", "newest");
  return url.href;
}

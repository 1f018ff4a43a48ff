// @ts-check
// The kinds of things that a memory keeps; each reads safely whatever was stored.

import { keepHeaviest, MOST_WORDS } from "./words.js";

/** @typedef {import("./words.js").Words} Words */
/** @typedef {Record<string, number>} Times ids of papers, and when, in milliseconds */
/** @typedef {{follow: string[], leave: string[]}} Categories */
/**
 * @typedef {object} Settings
 * @property {"show" | "dim" | "hide"} seen
 * @property {"auto" | "light" | "dark"} theme
 * @property {"normal" | "large" | "larger"} size
 * @property {"brief" | "titles" | "full"} view of lists of papers
 * @property {boolean} find whether Ctrl+F finds in the listing
 * @property {boolean} keys whether single keys act on papers
 * @property {string[]} preference keywords the reader has set
 */

export const MOST_STARS = 5_000;
export const MOST_SEEN = 20_000;
export const MOST_SEARCHES = 50;
const MOST_CATEGORIES = 200; // more than arXiv has
const MOST_KEYWORDS = 40;
export const ID = /^(?:\d{4}\.\d{4,5}|[a-z-]+\/\d{7})$/;
const CODE = /^[a-z-]+(?:\.[A-Za-z-]+)?$/;
const LONGEST = 100;
const HEAVIEST = 10_000;

/** @type {import("./storage.js").Kind<Times>} */
export const STARS = makeTimes("stars", MOST_STARS);
/** @type {import("./storage.js").Kind<Times>} */
export const SEEN = makeTimes("seen", MOST_SEEN);

/**
 * The library's latest day and its mark, the name of its snapshot, at the visit before this
 * one and at this one, and when that was.
 *
 * @typedef {{before: string, since: string, latest: string, mark: string, at: number}} Visits
 */
/**
 * What tells papers that are new from others: the library's latest day at the last visit,
 * and its mark, which is exact; each "" where it is not known.
 *
 * @typedef {{day: string, mark: string}} Before
 */
/** @type {import("./storage.js").Kind<Visits>} */
export const VISITS = {
  name: "visits",
  empty: () => ({ before: "", since: "", latest: "", mark: "", at: 0 }),
  read: (value) => ({
    before: readDay(value?.before),
    since: readMark(value?.since),
    latest: readDay(value?.latest),
    mark: readMark(value?.mark),
    at: isPositive(value?.at) ? Math.min(value.at, Date.now()) : 0,
  }),
  halve: (value) => value,
};

/** @type {import("./storage.js").Kind<Words>} */
export const WORDS = {
  name: "words",
  empty: () => ({}),
  read(value) {
    const good = Object.entries(value ?? {}).filter(
      ([word, count]) =>
        word &&
        word.length <= LONGEST &&
        isPositive(count?.weight) &&
        isPositive(count.at),
    );
    const read = good.map(([word, { weight, at }]) => [
      word,
      { weight: Math.min(weight, HEAVIEST), at: Math.min(at, Date.now()) },
    ]);
    return keepHeaviest(Object.fromEntries(read), Date.now(), MOST_WORDS);
  },
  halve: (words) =>
    keepHeaviest(words, Date.now(), Object.keys(words).length >> 1),
};

/** @type {import("./storage.js").Kind<Categories>} */
export const CATEGORIES = {
  name: "categories",
  empty: () => ({ follow: [], leave: [] }),
  read(value) {
    const follow = readTexts(value?.follow, CODE, MOST_CATEGORIES);
    const leave = readTexts(value?.leave, CODE, MOST_CATEGORIES);
    return { follow, leave: leave.filter((code) => !follow.includes(code)) };
  },
  halve: (value) => value,
};

const SEARCH = /^(?:q|cat|year|after|before|author|has|withdrawn)=[^&]/;
const LONGEST_SEARCH = 2_000;

/**
 * Searches that are followed, each as the parameters of its address.
 *
 * @type {import("./storage.js").Kind<string[]>}
 */
export const SEARCHES = {
  name: "searches",
  empty: () => [],
  read: (value) => readTexts(value, SEARCH, MOST_SEARCHES, LONGEST_SEARCH),
  halve: (value) => value,
};

/** @type {import("./storage.js").Kind<Settings>} */
export const SETTINGS = {
  name: "settings",
  empty: () => SETTINGS.read({}),
  read: (value) => ({
    seen: readChoice(value?.seen, ["dim", "show", "hide"]),
    theme: readChoice(value?.theme, ["auto", "light", "dark"]),
    size: readChoice(value?.size, ["normal", "large", "larger"]),
    view: readChoice(value?.view, ["brief", "titles", "full"]),
    find: value?.find === true,
    keys: value?.keys !== false,
    preference: readTexts(value?.preference, /^[^,]+$/, MOST_KEYWORDS),
  }),
  halve: (value) => value,
};

/** @param {string} name @param {number} count @returns {import("./storage.js").Kind<Times>} */
function makeTimes(name, count) {
  return {
    name,
    empty: () => ({}),
    read: (value) =>
      keepLatest(
        Object.entries(value ?? {})
          .filter(([id, at]) => ID.test(id) && isPositive(at))
          .map(([id, at]) => [id, Math.min(at, Date.now())]),
        count,
      ),
    halve: (times) =>
      keepLatest(Object.entries(times), Object.keys(times).length >> 1),
  };
}

/** @param {unknown} value */
function readDay(value) {
  return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? String(value) : "";
}

/** @param {unknown} value */
function readMark(value) {
  return /^\d{8}T\d{6}Z(-\d{1,3})?$/.test(String(value)) ? String(value) : "";
}

/** @param {unknown} value @returns {value is number} */
function isPositive(value) {
  return typeof value === "number" && Number.isFinite(value) && value > 0;
}

/** @param {[string, number][]} times @param {number} count @returns {Times} */
export function keepLatest(times, count) {
  if (times.length <= count) return Object.fromEntries(times);
  return Object.fromEntries(times.sort((a, b) => b[1] - a[1]).slice(0, count));
}

/**
 * @param {unknown} value
 * @param {RegExp} form
 * @param {number} count
 * @param {number} [longest]
 */
function readTexts(value, form, count, longest = LONGEST) {
  if (!Array.isArray(value)) return [];
  const good = value.filter(
    (text) =>
      typeof text === "string" && text.length <= longest && form.test(text),
  );
  return [...new Set(good)].slice(0, count);
}

/**
 * @template {string} Choice
 * @param {unknown} value
 * @param {Choice[]} choices the first where the value is none of them
 * @returns {Choice}
 */
function readChoice(value, choices) {
  return choices.find((choice) => choice === value) ?? choices[0];
}

// @ts-check
// The memory of a browser, which nobody else has: stars, papers seen, words of the papers
// opened, categories and searches that are followed, settings.

import {
  CATEGORIES,
  keepLatest,
  MOST_SEARCHES,
  MOST_SEEN,
  MOST_STARS,
  SEARCHES,
  SEEN,
  SETTINGS,
  STARS,
  VISITS,
  WORDS,
} from "./kinds.js";
import { findStorage, Stored } from "./storage.js";
import { countWords, rankWords } from "./words.js";

/** @typedef {import("./kinds.js").Settings} Settings */

/** How many of the heaviest words stand in for a preference that is not set. */
const TOP = 20;
/** How many of them may be words of one paper alone. */
const UNSURE = 5;
/** Who stays away for so long comes for another visit. */
const VISIT_MS = 4 * 3_600_000;

export class Memory {
  #now;

  /**
   * @param {Pick<Storage, "getItem" | "setItem" | "removeItem"> | null} [storage]
   * @param {() => number} [now]
   */
  constructor(storage = findStorage(), now = Date.now) {
    this.#now = now;
    this.stars = new Stored(storage, STARS);
    this.seen = new Stored(storage, SEEN);
    this.words = new Stored(storage, WORDS);
    this.categories = new Stored(storage, CATEGORIES);
    this.searches = new Stored(storage, SEARCHES);
    this.settings = new Stored(storage, SETTINGS);
    this.visits = new Stored(storage, VISITS);
  }

  /** @param {string} id */
  isStarred(id) {
    return id in this.stars.get();
  }

  /**
   * Star a paper, or take its star away; tell whether it is starred now.
   *
   * @param {string} id
   * @param {Iterable<string>} keywords
   */
  toggleStar(id, keywords) {
    const starred = !this.isStarred(id);
    this.stars.change((stars) => {
      if (!starred) delete stars[id];
      else stars[id] = this.#now();
      return keepLatest(Object.entries(stars), MOST_STARS);
    });
    if (starred) this.countKeywords(keywords);
    return starred;
  }

  /** Return the ids of starred papers, the latest first. */
  listStars() {
    const stars = this.stars.get();
    return Object.keys(stars).sort((a, b) => stars[b] - stars[a]);
  }

  /** @param {string[]} ids */
  see(ids) {
    this.seen.change((seen) => {
      for (const id of ids) seen[id] ??= this.#now();
      return keepLatest(Object.entries(seen), MOST_SEEN);
    });
  }

  /**
   * Note that the reader is here, and what the library's latest day and its mark are.
   * Returns both of the visit before: what came later is new; "" where there was none.
   *
   * @param {string} latest
   * @param {string} mark
   * @returns {import("./kinds.js").Before}
   */
  visit(latest, mark) {
    this.visits.change((visits) => {
      const isAnother = this.#now() - visits.at > VISIT_MS;
      const before = isAnother ? visits.latest : visits.before;
      const known = latest > visits.latest ? latest : visits.latest;
      const since = isAnother ? visits.mark : visits.since;
      const at = this.#now();
      return { before, since, latest: known, mark: mark || visits.mark, at };
    });
    const { before, since } = this.visits.get();
    return { day: before, mark: since };
  }

  /** Count the keywords of a paper that is opened. @param {Iterable<string>} keywords */
  countKeywords(keywords) {
    this.words.change((words) => countWords(words, keywords, this.#now()));
  }

  /**
   * Follow a category or leave it out; undo that where it is chosen so already.
   *
   * @param {string} code
   * @param {"follow" | "leave"} kind
   */
  choose(code, kind) {
    this.categories.change((chosen) => {
      const was = chosen[kind].includes(code);
      chosen.follow = chosen.follow.filter((one) => one !== code);
      chosen.leave = chosen.leave.filter((one) => one !== code);
      if (!was) chosen[kind].push(code);
    });
  }

  /**
   * Follow a search, or no longer; tell whether that was done. Nobody follows too many.
   *
   * @param {string} search the parameters of its address
   */
  followSearch(search) {
    let isDone = true;
    this.searches.change((searches) => {
      if (searches.includes(search))
        return searches.filter((one) => one !== search);
      isDone = searches.length < MOST_SEARCHES;
      return isDone ? [...searches, search] : searches;
    });
    return isDone;
  }

  /** Return the categories as they stand in a listing's address; "" where none is followed. */
  writeExpression() {
    const { follow, leave } = this.categories.get();
    if (!follow.length) return "";
    return follow.join("+") + leave.map((code) => `-${code}`).join("");
  }

  /** Return the words of the papers opened, the heaviest first. */
  rankWords() {
    return rankWords(this.words.get(), this.#now());
  }

  /**
   * Return the keywords to rank by: those that are set, else the heaviest words. A word
   * that weighs no more than one paper just opened is not sure: few of those are taken.
   */
  readPreference() {
    const { preference } = this.settings.get();
    if (preference.length) return preference;
    const words = this.rankWords();
    const sure = words.filter(({ weight }) => weight > 1);
    const unsure = words.filter(({ weight }) => weight <= 1).slice(0, UNSURE);
    return [...sure, ...unsure]
      .slice(0, TOP)
      .map(({ word }) => word.replaceAll(",", " "));
  }

  /** Everything that is kept, by name. */
  get all() {
    const { stars, seen, words, categories, searches, settings, visits } = this;
    return { stars, seen, words, categories, searches, settings, visits };
  }

  erase() {
    for (const one of Object.values(this.all)) one.erase();
  }
}

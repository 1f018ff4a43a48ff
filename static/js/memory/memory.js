// @ts-check
// What a browser remembers of its reader, and nobody else: stars, papers seen, the words of
// what was opened, categories and settings.

import {
  CATEGORIES,
  MOST_SEEN,
  MOST_STARS,
  SEEN,
  SETTINGS,
  STARS,
  WORDS,
  latest,
} from "./kinds.js";
import { Stored, browserStorage } from "./storage.js";
import { counted, ranked } from "./words.js";

/** @typedef {import("./kinds.js").Settings} Settings */

/** Words of the cloud that stand in for a preference that is not set. */
const TOP = 20;

export class History {
  #now;

  /**
   * @param {Pick<Storage, "getItem" | "setItem" | "removeItem"> | null} [storage]
   * @param {() => number} [now]
   */
  constructor(storage = browserStorage(), now = Date.now) {
    this.#now = now;
    this.stars = new Stored(storage, STARS);
    this.seen = new Stored(storage, SEEN);
    this.words = new Stored(storage, WORDS);
    this.categories = new Stored(storage, CATEGORIES);
    this.settings = new Stored(storage, SETTINGS);
  }

  /** @param {string} id */
  isStarred(id) {
    return id in this.stars.get();
  }

  /**
   * Star a paper, or take its star away; tell which.
   *
   * @param {string} id
   * @param {Iterable<string>} keywords
   */
  toggleStar(id, keywords) {
    const starred = !this.isStarred(id);
    this.stars.change((stars) => {
      if (!starred) delete stars[id];
      else stars[id] = this.#now();
      return latest(Object.entries(stars), MOST_STARS);
    });
    if (starred) this.opened(keywords);
    return starred;
  }

  /** Ids of starred papers, the latest first. */
  starred() {
    const stars = this.stars.get();
    return Object.keys(stars).sort((a, b) => stars[b] - stars[a]);
  }

  /** @param {string[]} ids */
  see(ids) {
    this.seen.change((seen) => {
      for (const id of ids) seen[id] ??= this.#now();
      return latest(Object.entries(seen), MOST_SEEN);
    });
  }

  /** Count the keywords of a paper that is opened. @param {Iterable<string>} keywords */
  opened(keywords) {
    this.words.change((words) => counted(words, keywords, this.#now()));
  }

  /**
   * Follow a category or leave it out; neither, where it is chosen so already.
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

  /** The categories as a listing's address has them; empty where none is followed. */
  expression() {
    const { follow, leave } = this.categories.get();
    if (!follow.length) return "";
    return follow.join("+") + leave.map((code) => `-${code}`).join("");
  }

  /** The words of what was opened, the heaviest first. */
  cloud() {
    return ranked(this.words.get(), this.#now());
  }

  /** The keywords to rank by: those that are set, else the top of the cloud. */
  preference() {
    const { preference } = this.settings.get();
    if (preference.length) return preference;
    const words = this.cloud().slice(0, TOP);
    return words.map(({ word }) => word.replaceAll(",", " "));
  }

  /** Everything that is kept, by name. */
  get all() {
    const { stars, seen, words, categories, settings } = this;
    return { stars, seen, words, categories, settings };
  }

  erase() {
    for (const one of Object.values(this.all)) one.erase();
  }
}

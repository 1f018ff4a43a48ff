import assert from "node:assert/strict";
import { test } from "node:test";

import {
  MOST_SEEN,
  MOST_STARS,
  keepLatest,
} from "../../static/js/memory/kinds.js";
import { Memory } from "../../static/js/memory/memory.js";
import { exportMemory, importMemory } from "../../static/js/memory/portable.js";
import {
  HALF_LIFE,
  MOST_WORDS,
  countWords,
  rankWords,
} from "../../static/js/memory/words.js";

/** A storage as browsers have it, with room for so many characters. */
function storage(room = Infinity) {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      if (value.length > room) throw new Error("QuotaExceededError");
      kept.set(key, value);
    },
    removeItem: (key) => kept.delete(key),
    kept,
  };
}

test("words fade by half in thirty days", () => {
  const words = countWords({}, ["quantum"], 1_000);
  assert.equal(rankWords(words, 1_000)[0].weight, 1);
  assert.equal(rankWords(words, 1_000 + HALF_LIFE)[0].weight, 0.5);
  const again = countWords(words, ["quantum"], 1_000 + HALF_LIFE);
  assert.equal(rankWords(again, 1_000 + HALF_LIFE)[0].weight, 1.5);
});

test("the least words are dropped, and only they", () => {
  let words = countWords({}, ["often"], 1);
  words = countWords(words, ["often"], 1);
  for (let n = 0; n < 400; n++) words = countWords(words, [`word ${n}`], 2 + n);
  assert.equal(Object.keys(words).length, MOST_WORDS);
  assert.equal(rankWords(words, 500)[0].word, "often");
  assert.ok("word 399" in words && !("word 0" in words));
});

test("what is remembered is bounded", () => {
  let now = 1;
  const memory = new Memory(storage(), () => now++);
  const ids = Array.from({ length: MOST_SEEN + 50 }, (_, n) => idOf(n));
  memory.see(ids.slice(0, 50));
  now = 1_000_000;
  memory.see(ids.slice(50));
  assert.equal(Object.keys(memory.seen.get()).length, MOST_SEEN);
  assert.ok(!(ids[0] in memory.seen.get()));
  const many = Array.from({ length: MOST_STARS + 1 }, (_, n) => [
    idOf(n),
    n + 1,
  ]);
  assert.equal(Object.keys(keepLatest(many, MOST_STARS)).length, MOST_STARS);
});

test("a full storage drops the oldest and keeps the newest", () => {
  let now = 1;
  const small = storage(2_000);
  const memory = new Memory(small, () => now++);
  for (let n = 0; n < 200; n++) memory.see([idOf(n)]);
  const seen = memory.seen.get();
  assert.ok(idOf(199) in seen);
  assert.ok(Object.keys(seen).length > 20);
  assert.ok(small.kept.get("winnow.seen").length <= 2_000);
});

test("without a storage a page remembers for itself", () => {
  const memory = new Memory(null);
  assert.equal(memory.toggleStar("1706.03762", ["attention"]), true);
  assert.ok(memory.isStarred("1706.03762"));
  assert.equal(memory.rankWords()[0].word, "attention");
});

test("two tabs do not undo each other", () => {
  const shared = storage();
  const [one, other] = [new Memory(shared), new Memory(shared)];
  one.toggleStar("1706.03762", []);
  other.toggleStar("hep-th/9711200", []);
  assert.equal(one.listStars().length, 2);
  one.choose("cs.LG", "follow");
  other.choose("cs.LG", "leave");
  assert.deepEqual(one.categories.get(), { follow: [], leave: ["cs.LG"] });
});

test("a memory moves to another browser and is added to what is there", () => {
  const here = new Memory(storage());
  here.toggleStar("1706.03762", ["attention"]);
  here.choose("cs.LG", "follow");
  here.settings.change((settings) => ({ ...settings, theme: "dark" }));
  const file = JSON.parse(JSON.stringify(exportMemory(here)));
  const there = new Memory(storage());
  there.toggleStar("hep-th/9711200", ["holography"]);
  importMemory(there, file);
  assert.deepEqual(
    new Set(there.listStars()),
    new Set(["1706.03762", "hep-th/9711200"]),
  );
  assert.equal(there.settings.get().theme, "dark");
  assert.deepEqual(there.categories.get().follow, ["cs.LG"]);
  assert.equal(there.rankWords().length, 2);
});

test("a foreign file changes nothing, and a spoilt one only what it can", () => {
  const memory = new Memory(storage());
  memory.toggleStar("1706.03762", []);
  for (const file of [null, {}, [], { format: "winnow-history", version: 99 }])
    assert.throws(() => importMemory(memory, file), TypeError);
  importMemory(memory, {
    format: "winnow-history",
    version: 1,
    stars: { "<img src=x>": 1, 2101.00001: "yes", 2101.00002: 5 },
    words: {
      fine: { weight: 1, at: 5 },
      bad: { weight: "x" },
      "": { weight: 1, at: 1 },
    },
    categories: { follow: ["cs.LG", "<b>", 7], leave: "all" },
    settings: { theme: "url(evil)", size: "larger" },
  });
  assert.deepEqual(
    new Set(memory.listStars()),
    new Set(["1706.03762", "2101.00002"]),
  );
  assert.deepEqual(Object.keys(memory.words.get()), ["fine"]);
  assert.deepEqual(memory.categories.get(), { follow: ["cs.LG"], leave: [] });
  assert.equal(memory.settings.get().theme, "auto");
  assert.equal(memory.settings.get().size, "larger");
});

test("a preference that is set comes before the words of the cloud", () => {
  const memory = new Memory(storage());
  memory.countKeywords(["graphs, coloured", "trees"]);
  assert.deepEqual(memory.readPreference(), ["graphs  coloured", "trees"]);
  memory.settings.change((kept) => ({ ...kept, preference: ["proteins"] }));
  assert.deepEqual(memory.readPreference(), ["proteins"]);
});

test("words of one paper alone are few among the words to sort by", () => {
  const memory = new Memory(storage());
  memory.countKeywords(["graphs", "trees"]);
  memory.countKeywords(["graphs", "trees"]);
  memory.countKeywords([..."abcdefghij"]);
  assert.deepEqual(memory.readPreference(), ["graphs", "trees", ..."abcde"]);
});

/** @param {number} n */
function idOf(n) {
  return `${2000 + Math.floor(n / 90_000)}.${String(n % 90_000).padStart(5, "0")}`;
}

test("searches that are followed are bounded, and taken along", () => {
  const memory = new Memory(storage());
  for (let n = 0; n < 50; n++)
    assert.ok(memory.followSearch(`q=word+${n}&cat=cs.LG`));
  assert.ok(!memory.followSearch("q=one+more"));
  assert.ok(memory.followSearch("q=word+7&cat=cs.LG"));
  assert.equal(memory.searches.get().length, 49);
  const other = new Memory(storage());
  other.followSearch("q=mine");
  importMemory(other, exportMemory(memory));
  assert.equal(other.searches.get()[0], "q=mine");
  assert.equal(other.searches.get().length, 50);
  importMemory(other, {
    format: "winnow-history",
    version: 1,
    searches: ["javascript:alert(1)", 5, "x=1", `q=${"x".repeat(3_000)}`],
  });
  assert.equal(other.searches.get().length, 50);
  other.erase();
  assert.deepEqual(other.searches.get(), []);
});

test("a visit tells what was latest at the one before", () => {
  let now = 1_000;
  const memory = new Memory(storage(), () => now);
  const first = "20261128T043000Z";
  const second = "20261129T043000Z";
  assert.deepEqual(memory.visit("2026-11-27", first), { day: "", mark: "" });
  now += 60_000;
  assert.deepEqual(memory.visit("2026-11-28", second), { day: "", mark: "" });
  now += 86_400_000;
  const before = { day: "2026-11-28", mark: second };
  assert.deepEqual(memory.visit("2026-11-29", "20261130T043000Z"), before);
  assert.deepEqual(memory.visit("", ""), before);
  now += 86_400_000;
  assert.equal(memory.visit("", "").mark, "20261130T043000Z");
});

test("what is no mark of a visit is not kept", () => {
  const kept = storage();
  const value = { before: "x", since: "&q=1", latest: 7, mark: "../", at: 5 };
  kept.setItem("winnow.visits", JSON.stringify({ version: 1, value }));
  const memory = new Memory(kept);
  assert.deepEqual(memory.visit("", ""), { day: "", mark: "" });
});

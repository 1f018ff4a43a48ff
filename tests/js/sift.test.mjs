import assert from "node:assert/strict";
import { test } from "node:test";

import { placed } from "../../static/js/me/cloud.js";
import { beginnings, folded, wordsIn } from "../../static/js/listing/find.js";
import { History } from "../../static/js/memory/memory.js";
import { MOST_SEEN, MOST_STARS, latest } from "../../static/js/memory/kinds.js";
import { exported, imported } from "../../static/js/memory/portable.js";
import {
  HALF_LIFE,
  MOST_WORDS,
  counted,
  ranked,
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
  const words = counted({}, ["quantum"], 1_000);
  assert.equal(ranked(words, 1_000)[0].weight, 1);
  assert.equal(ranked(words, 1_000 + HALF_LIFE)[0].weight, 0.5);
  const again = counted(words, ["quantum"], 1_000 + HALF_LIFE);
  assert.equal(ranked(again, 1_000 + HALF_LIFE)[0].weight, 1.5);
});

test("the least words are dropped, and only they", () => {
  let words = counted({}, ["often"], 1);
  words = counted(words, ["often"], 1);
  for (let n = 0; n < 400; n++) words = counted(words, [`word ${n}`], 2 + n);
  assert.equal(Object.keys(words).length, MOST_WORDS);
  assert.equal(ranked(words, 500)[0].word, "often");
  assert.ok("word 399" in words && !("word 0" in words));
});

test("what is remembered is bounded", () => {
  let now = 1;
  const history = new History(storage(), () => now++);
  const ids = Array.from({ length: MOST_SEEN + 50 }, (_, n) => idOf(n));
  history.see(ids.slice(0, 50));
  now = 1_000_000;
  history.see(ids.slice(50));
  assert.equal(Object.keys(history.seen.get()).length, MOST_SEEN);
  assert.ok(!(ids[0] in history.seen.get()));
  const many = Array.from({ length: MOST_STARS + 1 }, (_, n) => [
    idOf(n),
    n + 1,
  ]);
  assert.equal(Object.keys(latest(many, MOST_STARS)).length, MOST_STARS);
});

test("a full storage drops the oldest and keeps the newest", () => {
  let now = 1;
  const small = storage(2_000);
  const history = new History(small, () => now++);
  for (let n = 0; n < 200; n++) history.see([idOf(n)]);
  const seen = history.seen.get();
  assert.ok(idOf(199) in seen);
  assert.ok(Object.keys(seen).length > 20);
  assert.ok(small.kept.get("winnow.seen").length <= 2_000);
});

test("without a storage a page remembers for itself", () => {
  const history = new History(null);
  assert.equal(history.toggleStar("1706.03762", ["attention"]), true);
  assert.ok(history.isStarred("1706.03762"));
  assert.equal(history.cloud()[0].word, "attention");
});

test("two tabs do not undo each other", () => {
  const shared = storage();
  const [one, other] = [new History(shared), new History(shared)];
  one.toggleStar("1706.03762", []);
  other.toggleStar("hep-th/9711200", []);
  assert.equal(one.starred().length, 2);
  one.choose("cs.LG", "follow");
  other.choose("cs.LG", "leave");
  assert.deepEqual(one.categories.get(), { follow: [], leave: ["cs.LG"] });
});

test("a history moves to another browser and is added to what is there", () => {
  const here = new History(storage());
  here.toggleStar("1706.03762", ["attention"]);
  here.choose("cs.LG", "follow");
  here.settings.change((settings) => ({ ...settings, theme: "dark" }));
  const file = JSON.parse(JSON.stringify(exported(here)));
  const there = new History(storage());
  there.toggleStar("hep-th/9711200", ["holography"]);
  imported(there, file);
  assert.deepEqual(
    new Set(there.starred()),
    new Set(["1706.03762", "hep-th/9711200"]),
  );
  assert.equal(there.settings.get().theme, "dark");
  assert.deepEqual(there.categories.get().follow, ["cs.LG"]);
  assert.equal(there.cloud().length, 2);
});

test("a foreign file changes nothing, and a spoilt one only what it can", () => {
  const history = new History(storage());
  history.toggleStar("1706.03762", []);
  for (const file of [null, {}, [], { format: "winnow-history", version: 99 }])
    assert.throws(() => imported(history, file), TypeError);
  imported(history, {
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
    new Set(history.starred()),
    new Set(["1706.03762", "2101.00002"]),
  );
  assert.deepEqual(Object.keys(history.words.get()), ["fine"]);
  assert.deepEqual(history.categories.get(), { follow: ["cs.LG"], leave: [] });
  assert.equal(history.settings.get().theme, "auto");
  assert.equal(history.settings.get().size, "larger");
});

test("a preference that is set comes before the words of the cloud", () => {
  const history = new History(storage());
  history.opened(["graphs, coloured", "trees"]);
  assert.deepEqual(history.preference(), ["graphs  coloured", "trees"]);
  history.settings.change((kept) => ({ ...kept, preference: ["proteins"] }));
  assert.deepEqual(history.preference(), ["proteins"]);
});

test("words are found where they begin, accents and case apart", () => {
  const found = (text, ...words) =>
    beginnings(text, words).map(([start, end]) => text.slice(start, end));
  assert.deepEqual(found("Quantum walks, aquantum QUANTA", "quant"), [
    "Quantum",
    "QUANTA",
  ]);
  assert.deepEqual(
    found("Schrödinger's Erdős number", "schrodinger", "erdos"),
    ["Schrödinger", "Erdős"],
  );
  assert.deepEqual(found("non-invasive (C++)", "invasive", "c++"), [
    "invasive",
    "C++",
  ]);
  assert.deepEqual(found("量子力学与量子计算", "量子"), ["量子", "量子"]);
  assert.deepEqual(found("anything", ""), []);
  assert.equal(folded("ÉCOLE"), "ecole");
  assert.deepEqual(wordsIn(" Big, graph，图 x"), ["big", "graph", "图"]);
});

test("any signs can be looked for", () => {
  const signs = "a+b*(c[d <img \\ ^$ . -- {2} | / & # ~ \u0000 😀 \ud800";
  for (const word of signs.split(" "))
    assert.deepEqual(beginnings(`x ${word} y`, [word]).length <= 1, true);
  assert.deepEqual(beginnings("see a+b*(c[d here", ["a+b*(c[d"]), [[4, 12]]);
  assert.deepEqual(beginnings("an <img tag", ["<img"]), [[3, 7]]);
});

test("the words of a cloud stay in its frame and apart", () => {
  const words = Array.from({ length: 80 }, (_, n) => ({
    word: `word ${n}`,
    weight: 80 / (n + 1),
  }));
  const frame = { width: 600, height: 300 };
  const cloud = placed(words, frame, (word, size) => word.length * size * 0.5);
  assert.ok(cloud.length > 30);
  assert.equal(cloud[0].word, "word 0");
  for (const [n, one] of cloud.entries()) {
    assert.ok(
      one.x - one.width / 2 >= 0 && one.x + one.width / 2 <= frame.width,
    );
    for (const other of cloud.slice(0, n))
      assert.ok(
        Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
          Math.abs(one.y - other.y) >= (one.size + other.size) / 2,
      );
  }
});

/** @param {number} n */
function idOf(n) {
  return `${2000 + Math.floor(n / 90_000)}.${String(n % 90_000).padStart(5, "0")}`;
}

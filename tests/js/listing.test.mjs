import assert from "node:assert/strict";
import { test } from "node:test";

import {
  findBeginnings,
  fold,
  splitWords,
} from "../../static/js/listing/matching.js";

test("words are found where they begin, accents and case apart", () => {
  const found = (text, ...words) =>
    findBeginnings(text, words).map(([start, end]) => text.slice(start, end));
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
  assert.equal(fold("ÉCOLE"), "ecole");
  assert.deepEqual(splitWords(" Big, graph，图 x"), ["big", "graph", "图"]);
});

test("any signs can be looked for", () => {
  const signs = "a+b*(c[d <img \\ ^$ . -- {2} | / & # ~ \u0000 😀 \ud800";
  for (const word of signs.split(" "))
    assert.deepEqual(findBeginnings(`x ${word} y`, [word]).length <= 1, true);
  assert.deepEqual(findBeginnings("see a+b*(c[d here", ["a+b*(c[d"]), [
    [4, 12],
  ]);
  assert.deepEqual(findBeginnings("an <img tag", ["<img"]), [[3, 7]]);
});

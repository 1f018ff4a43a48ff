// Real abstracts: the formulas that MathJax's own finder sees, but for what it gets wrong.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { scanPlain } from "../../static/js/math/dialect/plain.js";
import { startMathJax } from "./engine.mjs";

const SAMPLE = process.env.WINNOW_ABSTRACTS ?? "";
const skip =
  !existsSync(SAMPLE) && `no real data in ${SAMPLE || "WINNOW_ABSTRACTS"}`;
const COUNT = 5_000;
const LEAST_SAME = 0.995;
const MOST_UNEXPLAINED = 5; // texts

/** Why MathJax sees a formula where we see none, or another. */
const REASONS = {
  "a price, or an open dollar: prose is in it": (tex) =>
    (tex.replace(/\\[A-Za-z]+/g, " ").match(/[A-Za-z]{3,}/g) ?? []).length > 2,
  "a list of LaTeX": (tex) => /^\\begin\{(?:enumerate|itemize)\}/.test(tex),
  "a number or a letter and a sign, as in 2-, or a price": (tex) =>
    /^\$(?:[\d.]+|n)[-+,;]?\$$/.test(tex),
  "a blank inside a dollar, beside a word": (tex) => /^\$\s|\s\$$/.test(tex),
  "comments of an editor": (tex) => tex.includes("%TCIMACRO"),
};

async function mathJaxFinder() {
  const MathJax = await startMathJax();
  const { FindTeX } = MathJax._.input.tex.FindTeX;
  return new FindTeX({
    inlineMath: [
      ["$", "$"],
      ["\\(", "\\)"],
    ],
    displayMath: [
      ["$$", "$$"],
      ["\\[", "\\]"],
    ],
    processEscapes: true,
    processEnvironments: true,
    processRefs: false,
  });
}

test(
  "5,000 abstracts have the formulas that MathJax's own finder sees",
  { skip },
  async (context) => {
    const finder = await mathJaxFinder();
    const tally = { all: 0, same: 0, texts: 0, unexplained: [] };
    const reasons = {};
    for (const text of abstracts()) {
      tally.texts++;
      const theirs = places(
        finder
          .findMath([text])
          .map((one) => [one.start.n, one.end.n, one.display])
          .filter(([start, end]) => end > start + 2), // more than an escape
      );
      const ours = places(
        scanPlain(text).map((one) => [one.start, one.end, one.display]),
      );
      const all = new Set([...ours, ...theirs]);
      tally.all += all.size;
      const others = [...all].filter((p) => !(ours.has(p) && theirs.has(p)));
      tally.same += all.size - others.length;
      if (!others.length) continue;
      const texs = others
        .filter((place) => theirs.has(place))
        .map((place) => text.slice(...place.split(",").slice(0, 2)));
      const why = Object.keys(REASONS).find((r) => texs.some(REASONS[r]));
      if (why) reasons[why] = (reasons[why] ?? 0) + 1;
      else tally.unexplained.push(texs.join(" ") || text);
    }
    context.diagnostic(`${tally.same} of ${tally.all} formulas are the same`);
    for (const [reason, count] of Object.entries(reasons))
      context.diagnostic(`${count} texts: ${reason}`);
    assert.equal(tally.texts, COUNT);
    assert.ok(
      tally.same / tally.all >= LEAST_SAME,
      `${tally.same / tally.all}`,
    );
    assert.ok(
      tally.unexplained.length <= MOST_UNEXPLAINED,
      tally.unexplained.join("\n"),
    );
  },
);

function* abstracts() {
  let count = 0;
  for (const line of gunzipSync(readFileSync(SAMPLE)).toString().split("\n")) {
    const text = line && JSON.parse(line).abstract.trim();
    if (!/[$\\]/.test(text)) continue;
    yield text;
    if (++count === COUNT) return;
  }
}

function places(found) {
  return new Set(found.map(String));
}

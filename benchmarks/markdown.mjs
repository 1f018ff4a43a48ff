// Which formulas each way of rendering Markdown sees in cases with known answers.
// Argument: the cases, JSON lines of {"input", "math": [[kind, TeX], …]}. Prints JSON.

import { readFileSync } from "node:fs";

import { JSDOM } from "jsdom";
import { Marked } from "marked";
import markedKatex from "marked-katex-extension";
import MathJax from "mathjax/node-main.mjs";

import { render } from "../../static/js/markdown/render.js";

const { window } = new JSDOM("");

await MathJax.init({
  loader: { load: ["input/tex-base", "adaptors/liteDOM"] },
  startup: { typeset: false },
  tex: {
    inlineMath: [
      ["$", "$"],
      ["\\(", "\\)"],
    ],
    processEscapes: true,
  },
});
const { mathjax } = MathJax._.mathjax;

/** Formulas as [kind, TeX], in order, by each way. */
const WAYS = {
  Winnow: (text) =>
    [...render(text, window).querySelectorAll(".tex")].map((formula) => [
      formula.classList.contains("tex-display") ? "D" : "I",
      formula.textContent,
    ]),
  "marked-katex-extension": (text) => byKatex(text, { throwOnError: false }),
  "marked-katex-extension, nonStandard": (text) =>
    byKatex(text, { throwOnError: false, nonStandard: true }),
  "a naive regular expression": (text) =>
    [
      ...text.matchAll(
        /\$\$([^]+?)\$\$|\\\[([^]+?)\\\]|\$([^$\n]+?)\$|\\\((.+?)\\\)/g,
      ),
    ].map(([, a, b, c, d]) =>
      (a ?? b) ? ["D", a ?? b] : ["I", /** @type {string} */ (c ?? d)],
    ),
  "plain Marked, then MathJax's delimiters": (text) => {
    const html = new Marked({ gfm: true }).parse(text);
    const page = mathjax.document(html, {
      InputJax: MathJax.startup.document.inputJax[0],
    });
    page.findMath();
    return [...page.math].map((item) => [item.display ? "D" : "I", item.math]);
  },
};

function byKatex(text, options) {
  const found = [];
  const marked = new Marked({ gfm: true }, markedKatex(options));
  marked.use({
    walkTokens(token) {
      if (token.type === "inlineKatex" || token.type === "blockKatex")
        found.push([token.displayMode ? "D" : "I", token.text]);
    },
  });
  marked.parse(text);
  return found;
}

const cases = readFileSync(process.argv[2], "utf8")
  .trim()
  .split("\n")
  .map(JSON.parse);
const right = Object.fromEntries(
  Object.entries(WAYS).map(([name, way]) => [
    name,
    cases.filter(({ input, math }) => same(way(input), math)).length,
  ]),
);

function same(found, wanted) {
  const plain = (list) =>
    JSON.stringify(list.map(([kind, tex]) => [kind, tex.trim()]));
  return plain(found) === plain(wanted);
}

console.log(JSON.stringify({ cases: cases.length, right }));

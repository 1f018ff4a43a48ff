// What is hard on Marked: marks that never pair up, blocks within blocks. It takes time that
// grows with the text, it never fails, and documents as people write them are not touched.

import assert from "node:assert/strict";
import { test } from "node:test";

import { writeHtml } from "../../static/js/markdown/html.js";
import { MAX_MARKS, MAX_NESTING } from "../../static/js/markdown/lexer.js";
import { Protected } from "../../static/js/markdown/protect.js";
import { render } from "../../static/js/markdown/render.js";
import { Marked } from "../../static/vendor/marked/marked.js";
import { third, window } from "./documents.mjs";
import { assertLinear } from "./linear.mjs";

const UNITS = [
  "**a_",
  "**http://",
  "_www.",
  "a$@_",
  "*a **b ",
  "***~~~.",
  "~a~~b",
  "[",
  "![",
  "[a](",
  "[a][",
  "](",
  "]*a",
  "<b",
  "<!--",
  "'_a",
  "\\",
  "`a``",
  "a\n- ",
  "\n> > \n<a>1. ",
  "   # \n`|\n> ",
  "1. ]\n<a>",
  "> ",
  "- ",
  "1. ",
  "> - ",
  "|a",
  "[a]: b\n",
  "**，",
  "，**a",
  "~~，",
  "<details>\n",
  "<details>\n\n",
  "<think>\n\n",
  "[^a]",
  "[^a]: b\n",
  "[^a]: [^a]\n\n",
  "<sub>",
  "<sub></sup>",
];

const REPEATED = UNITS.map((unit) => [
  JSON.stringify(unit),
  (length) => unit.repeat(length / unit.length),
]);

const MADE = {
  "an address that never comes": (n) => `${"a.".repeat(n / 2)}@`,
  "a word before an @": (n) => `${"a".repeat(n)}@`,
  "quotations, each line in one less": (n) =>
    [...Array(Math.floor(Math.sqrt(n))).keys()]
      .reverse()
      .map((depth) => `${"> ".repeat(depth)}a`)
      .join("\n"),
  "lists, each in the one above": (n) =>
    [...Array(Math.floor(Math.sqrt(n))).keys()]
      .map((depth) => `${"  ".repeat(depth)}- a`)
      .join("\n"),
  "brackets in brackets": (n) => "[".repeat(n / 2) + "]".repeat(n / 2),
  "emphasis in emphasis": (n) =>
    `${"*a **b ".repeat(n / 14)}x${"** *".repeat(n / 8)}`,
};

const parse = (text) => writeHtml(new Protected(text));

for (const [name, make] of third([...REPEATED, ...Object.entries(MADE)]))
  test(`time grows with the document: ${name}`, () =>
    assertLinear(parse, make, 12_000));

test("what lies too deep is text, and all of it is there", () => {
  for (const unit of ["> ", "1. ", "- > "]) {
    const fragment = render(`${unit.repeat(5_000)}end`, window);
    assert.match(fragment.textContent ?? "", /end\s*$/);
    assert.ok(
      fragment.querySelectorAll("blockquote, li").length >= MAX_NESTING,
    );
  }
});

test("a paragraph of many stretches keeps every word and every formula", () => {
  const words = (n) =>
    `*w${n}* and $x_{${n}}$,$y$ (see [a](https://b.org/${n})) `;
  const count = 3 * MAX_MARKS;
  const fragment = render([...Array(count).keys()].map(words).join(""), window);
  const text = fragment.textContent ?? "";
  for (let n = 0; n < count; n++)
    assert.ok(text.includes(`w${n} and x_{${n}}`), text);
  assert.equal(fragment.querySelectorAll(".tex").length, 2 * count);
  assert.equal(fragment.querySelectorAll("p").length, 1);
  const marked = fragment.querySelectorAll("em, a").length;
  assert.ok(marked > 1.9 * count, `${marked} of ${2 * count}`);
});

test("formulas without a space between them are not cut", () => {
  const fragment = render("$x$$y$".repeat(2_000), window);
  assert.doesNotMatch(fragment.textContent ?? "", /q[a-p]{24}/);
});

test("a paragraph of the usual length is as Marked makes it", () => {
  const marked = new Marked();
  const sentence =
    "A *word*, a **bold one** and `code_of_it` at [a place](https://a.org). ";
  const text = `**${sentence.repeat(12).trim()}**`;
  assert.equal(parse(text), marked.parse(text));
  const nested = [...Array(20).keys()]
    .map((depth) => `${"  ".repeat(depth)}- item *${depth}*`)
    .join("\n");
  assert.equal(parse(nested), marked.parse(nested));
  const quoted = `${"> ".repeat(8)}a\n${"> ".repeat(3)}b`;
  assert.equal(parse(quoted), marked.parse(quoted));
});

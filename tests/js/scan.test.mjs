// The scanner: its vectors, the prose it leaves alone, and the time it takes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { scan } from "../../static/js/markdown/scanner/scan.js";
import { scanPlain } from "../../static/js/math/dialect/plain.js";
import { documents, some } from "./documents.mjs";
import { assertLinear } from "./linear.mjs";

const VECTORS = new URL("../vectors/", import.meta.url);

const [, ...cases] = readFileSync(
  new URL("markdown.txt", VECTORS),
  "utf8",
).split(/^==== /m);

for (const one of cases) {
  const name = one.slice(0, one.indexOf("\n"));
  test(`Markdown: ${name}`, () => {
    const [source, wanted = ""] = one.slice(name.length + 1).split(/^- - -\n/m);
    const found = scan(source.replace(/\n$/, "")).map(
      ({ display, tex }) =>
        `${display ? "D" : "I"} ${tex.replaceAll("\n", "⏎")}`,
    );
    assert.deepEqual(found, wanted.split("\n").filter(Boolean));
  });
}

test("there are vectors", () => assert.ok(cases.length > 50));

test("plain text: the vectors shared with Python", () => {
  const shared = JSON.parse(
    readFileSync(new URL("mathtext.json", VECTORS), "utf8"),
  );
  assert.ok(shared.cases.length > 80);
  for (const { name, text, formulas } of shared.cases) {
    const points = (at) => [...text.slice(0, at)].length;
    const found = scanPlain(text).map(({ start, end, tex, display }) => ({
      start: points(start),
      end: points(end),
      tex,
      display,
    }));
    const wanted = formulas.map(({ start, end, tex, display }) => ({
      start,
      end,
      tex,
      display,
    }));
    assert.deepEqual(found, wanted, name);
  }
});

test("formulas are in order, disjoint and what the text has there", () => {
  for (const text of documents(1, some(20_000))) {
    let end = 0;
    for (const formula of scan(text)) {
      assert.ok(formula.start >= end, text);
      assert.ok(formula.end > formula.start, text);
      assert.ok(formula.tex.trim() || text.includes("```math"), text);
      end = formula.end;
    }
    assert.ok(end <= text.length);
  }
});

const HOSTILE = {
  dollars: (n) => "$".repeat(n),
  "single dollars": (n) => "$a ".repeat(n / 3),
  "display brackets": (n) => "\\[\n".repeat(n / 3),
  "display brackets before a fence": (n) =>
    `${"\\[\n".repeat(n / 3)}\`\`\`\n\\]`,
  "double dollars on lines": (n) => "$$\n\n".repeat(n / 4),
  "double dollars in lines": (n) => "a $$ b\n".repeat(n / 7),
  "double dollars and headings": (n) => "$$\n# x\n".repeat(n / 7),
  environments: (n) => `${"\\begin{align}".repeat(n / 13)}\\end{align}`,
  "environments on lines": (n) =>
    `${"\\begin{align}\n\n".repeat(n / 15)}\\end{align}`,
  "braces that hide a closer": (n) => `${"${".repeat(n / 2)}$`,
  "brackets that hide a closer": (n) => `${"\\({".repeat(n / 3)}\\)`,
  "ticked dollars": (n) => "$`".repeat(n / 2),
  "ticks of every length": (n) =>
    Array.from({ length: Math.sqrt(2 * n) }, (_, i) => "`".repeat(i + 1)).join(
      " ",
    ),
  "code and formulas": (n) => "`a` $x$ ".repeat(n / 8),
  "link destinations": (n) => "](a".repeat(n / 3),
  "open link destinations": (n) => "](".repeat(n / 2),
  tags: (n) => "<a ".repeat(n / 3),
  "open attributes": (n) => '<a b="'.repeat(n / 6),
  comments: (n) => "<!--".repeat(n / 4),
  "verbatim tags": (n) => "<pre>".repeat(n / 5),
  addresses: (n) => "<a@".repeat(n / 3),
  "a wide table": (n) => `|a|\n|-|\n|${"$|$ ".repeat(n / 4)}`,
  "a long table": (n) => `|a|b|\n|-|-|\n${"|$x|y$ |\n".repeat(n / 9)}`,
  "a delimiter row that is none": (n) => `a|b\n-${" ".repeat(n)}x`,
  "a rule that is none": (n) => `${"* ".repeat(n / 2)}x`,
  quotations: (n) => ">".repeat(n),
  "quoted dollars": (n) => "> $$\n".repeat(n / 5),
  "lists on one line": (n) => `${"- ".repeat(n / 2)}$x$`,
  lists: (n) => "- a $x$\n".repeat(n / 8),
  fences: (n) => "```\n~~~\n".repeat(n / 8),
  backslashes: (n) => "\\".repeat(n),
};

for (const [name, make] of Object.entries(HOSTILE))
  test(`time grows with the text: ${name}`, () =>
    assertLinear(scan, make, 60_000));

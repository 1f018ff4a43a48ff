// What a formula may be, before and after MathJax has read it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { allow, harden, MAX_NODES } from "../../static/js/math/harden.js";
import {
  isTooMuch,
  MAX_DEPTH,
  MAX_TEX,
  writesMathML,
} from "../../static/js/math/limits.js";
import { MACROS } from "../../static/js/math/tex/macros.js";

test("formulas of papers are not too much", () => {
  for (const tex of [
    "x",
    String.raw`\frac{\partial^2 u}{\partial x^2}`,
    String.raw`\left( \begin{array}{cc} a & b \\ c & d \end{array} \right)`,
    String.raw`\alpha\beta\gamma\delta\epsilon\zeta\eta\theta`,
    `${"{".repeat(MAX_DEPTH)}x${"}".repeat(MAX_DEPTH)}`,
    "x+".repeat(MAX_TEX / 2),
    String.raw`\{ \{ \{`.repeat(20),
  ])
    assert.equal(isTooMuch(tex), false, tex.slice(0, 60));
});

test("bombs are too much", () => {
  for (const tex of [
    "x".repeat(MAX_TEX + 1),
    `${"{".repeat(MAX_DEPTH + 1)}x`,
    String.raw`\frac{1}{`.repeat(100),
    String.raw`\left(`.repeat(100),
    String.raw`\begin{array}{c}`.repeat(100),
    String.raw`\sqrt`.repeat(200),
  ])
    assert.equal(isTooMuch(tex), true, tex.slice(0, 60));
});

test("MathML of its own is refused", () => {
  assert.ok(writesMathML(String.raw`x\mmlToken{mi}[href="x"]{y}`));
  assert.equal(writesMathML(String.raw`a \bmod b`), false);
});

test("attributes that link, load, style or name are taken away", () => {
  for (const name of [
    "href",
    "HREF",
    "src",
    "style",
    "class",
    "id",
    "onclick",
    "xlink:href",
    "data-x",
    "altimg-width",
  ])
    assert.equal(allow(name, "x"), null, name);
  assert.equal(allow("data-latex", "x"), "x");
  assert.equal(allow("mathvariant", "bold"), "bold");
});

test("colours are names or numbers", () => {
  for (const good of [
    "red",
    "#abc",
    "#A1B2C3",
    "rgb(1, 2, 3)",
    "rgba(0,0,0,.5)",
  ])
    assert.equal(allow("mathcolor", good), good);
  for (const bad of [
    "url(//e.org)",
    "red;x:y",
    "expression(1)",
    "var(--x)",
    "",
  ])
    assert.equal(allow("mathbackground", bad), null, bad);
});

test("lengths have a most", () => {
  assert.equal(allow("width", "3em"), "3em");
  assert.equal(allow("width", "99999em"), "40em");
  assert.equal(allow("height", "-9999px"), "-640px");
  assert.equal(allow("lspace", "1e9em"), "40em");
  assert.equal(allow("rowspacing", "1em 9999em"), "1em 40em");
  assert.equal(allow("depth", "+9999cm"), "+18cm");
});

test("a tree is walked, and may not be too large", () => {
  const node = (attributes) => ({
    attributes: { getAllAttributes: () => attributes },
  });
  const tree = (nodes) => ({
    data: { root: { walkTree: (visit) => nodes.forEach(visit) } },
  });
  const attributes = { href: "javascript:1", width: "9999em", form: "x" };
  harden(tree([{}, node(attributes)]));
  assert.deepEqual(attributes, { width: "40em", form: "x" });
  assert.throws(() => harden(tree(Array(MAX_NODES + 1).fill({}))), /too large/);
});

test("macros expand to what they say with as many arguments", () => {
  for (const [name, macro] of Object.entries(MACROS)) {
    assert.match(name, /^[A-Za-z]+$/);
    const [text, count] = Array.isArray(macro) ? macro : [macro, 0];
    for (const [, number] of text.matchAll(/#(\d)/g))
      assert.ok(Number(number) <= count, name);
  }
});

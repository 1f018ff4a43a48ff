// Markdown as models write it: Chinese, Japanese and Korean, footnotes, a few elements.

import assert from "node:assert/strict";
import { test } from "node:test";

import { findUnfinished } from "../../static/js/markdown/unfinished.js";
import { render } from "../../static/js/markdown/render.js";
import { html, window } from "./documents.mjs";
import { STRONG } from "./strong.mjs";

const inside = (text) =>
  html(render(text, window)).replace(/^<p>|<\/p>\n$/g, "");

test("bold beside full-width punctuation is bold", () => {
  assert.equal(STRONG.length, 28);
  for (const [text, strong] of STRONG) {
    const shown = inside(text);
    assert.ok(
      shown.includes(`<strong>${strong}</strong>`),
      `${text}: ${shown}`,
    );
    assert.ok(!shown.includes("*"), `${text}: ${shown}`);
  }
});

test("emphasis of one star and strikes follow the same rules", () => {
  assert.equal(inside("*强调：*内容"), "<em>强调：</em>内容");
  assert.equal(inside("~~删除：~~内容"), "<del>删除：</del>内容");
  assert.equal(inside("***重：***点"), "<em><strong>重：</strong></em>点");
  assert.equal(inside("中文_强调_中文"), "中文_强调_中文");
});

test("two underscores are bold beside Chinese, Japanese and Korean", () => {
  for (const [text, strong] of [
    ["__注意：__中文", "注意："],
    ["中文__重点__内容", "重点"],
    ["含__「重点」__内容", "「重点」"],
    ["これは__重要__です", "重要"],
    ["__한국어(괄호)__는", "한국어(괄호)"],
    ["__结论：__本文 __好__", "结论："],
  ])
    assert.ok(inside(text).includes(`<strong>${strong}</strong>`), text);
  for (const text of [
    "方法__init__初始化",
    "foo__bar__baz",
    "文件__ 空格 __名",
    "变量a__b__c",
    "代码`__注意__中`文",
  ])
    assert.ok(!inside(text).includes("<strong>"), text);
});

test("a star between Chinese words that is no mark stays", () => {
  for (const text of ["2 * 3 等于 6", "乘号 * 与 * 号", "** 空格 **"])
    assert.equal(inside(text), text);
});

test("only two tildes strike", () => {
  for (const text of [
    "20~30 度，湿度 40~60%",
    "约~5 到~6",
    "Hello, ~there~ world!",
    "a ~b~ c",
  ])
    assert.equal(inside(text), text);
  assert.equal(inside("~~Hi~~ Hello"), "<del>Hi</del> Hello");
  assert.equal(inside("not ~~~this~~~"), "not ~~~this~~~");
});

test("footnotes stand at the end, in the order of their references", () => {
  const shown = html(
    render(
      "b[^2] a[^x] b[^2] c[^no]\n\n[^x]: two $y$\n[^2]: one **b**\n",
      window,
    ),
  );
  assert.match(shown, /b<sup><a [^>]*>1<\/a><\/sup> a<sup><a [^>]*>2<\/a>/);
  assert.match(shown, /c\[\^no\]/);
  const [, href] = /href="#(note-[^"]+)"/.exec(shown) ?? [];
  assert.ok(shown.includes(`<li id="${href}">one <strong>b</strong></li>`));
  assert.match(shown, /<li id="note-\w+">two <span class="tex/);
  assert.ok(!shown.includes("[^x]:"));
});

test("notes nobody refers to, and notes in code, are no notes", () => {
  assert.equal(inside("a\n\n[^1]: b"), "a");
  assert.match(inside("```\n[^1]: b\n```"), /\[\^1\]: b/);
  assert.match(inside("`[^1]`\n\n[^1]: b"), /<code[^>]*>\[\^1\]<\/code>/);
});

test("the few elements are made by us", () => {
  assert.equal(
    inside("H<sub>2</sub>O, x<SUP>2</SUP>"),
    "H<sub>2</sub>O, x<sup>2</sup>",
  );
  assert.equal(inside("a<br>b<br/>c<BR />d"), "a<br>b<br>c<br>d");
  assert.equal(inside("a<sub>**b**</sub>"), "a<sub><strong>b</strong></sub>");
  assert.match(
    inside("|a|\n|-|\n|x<br>y<sup>2</sup>|"),
    /<td>x<br>y<sup>2<\/sup><\/td>/,
  );
  const details = inside(
    "<details>\n<summary>More **x** $y$</summary>\n\n- one\n\n</details>\n\nafter",
  );
  assert.match(
    details,
    /^<details><summary>More <strong>x<\/strong> <span class="tex[^]*<ul>\n<li>one<\/li>[^]*<\/details>\n<p>after/,
  );
  assert.match(
    inside("<details>\na\n<details>\nb\n</details>\n</details>"),
    /^<details><summary>…<\/summary>[^]*<details><summary>…/,
  );
});

test("elements with attributes, alone or of other names are text", () => {
  for (const text of [
    '<sub onclick="x">2</sub>',
    "a </sup> b",
    "a <sub> b",
    "<details open>\nx\n</details>",
    '<details ontoggle="x">x</details>',
    "<summary>x</summary>",
    "<img src=x onerror=alert(1)>",
    "<sub><script>alert(1)</script></sub>",
    "<details>\n<summary><img src=x onerror=y></summary>\nx\n</details>",
  ]) {
    const fragment = render(text, window);
    assert.equal(
      fragment.querySelector("script, img, [onclick], [ontoggle]"),
      null,
    );
    for (const element of fragment.querySelectorAll(
      "sub, sup, details, summary",
    ))
      assert.equal(element.attributes.length, 0, text);
  }
  assert.equal(inside("a <sub> b"), "a &lt;sub&gt; b");
});

test("what a model thought is left out", () => {
  const thought = "<think>\nLet me see.\n\n1. $x$\n</think>\n\n**Answer**";
  assert.equal(inside(thought), "<strong>Answer</strong>");
  assert.equal(inside("<thinking>x</thinking>Yes"), "Yes");
  assert.match(inside("```\n<think>a</think>\n```"), /think/);
  assert.equal(inside("<think> never closed\n\n**even** here"), "");
  assert.equal(inside("Before\n\n<think>\n\nnever closed"), "Before");
  assert.match(inside("`<think>` is a tag"), /&lt;think&gt;/);
  assert.equal(inside("Let me see.\n\n1. $x$\n</think>\n\n**Yes**"), "<strong>Yes</strong>");
  assert.equal(inside("Hm, x.</think>\nYes"), "Yes");
  assert.equal(inside("```\na\n```\n\n</thinking>\nYes"), "Yes");
  assert.match(inside("A\n\n```\n</think>\n```\n\nB"), /A.*think.*B/s);
  assert.match(inside("It says </think> and stops"), /^It says/);
  assert.match(inside("A `</think>` is a tag"), /A .*&lt;\/think&gt;/);
  assert.equal(inside("Before\n\n<think>a</think>\n\nafter"), "Before</p>\n<p>after");
  assert.equal(inside("<think>a</think>\n\nb</think>\n\nc"), "c");
  assert.equal(findUnfinished("<think>so far"), 0);
  assert.equal(findUnfinished("<think>a</think>b"), 17);
});

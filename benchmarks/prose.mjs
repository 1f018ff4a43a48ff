// Counts formulas by how they come out, and inputs of Markdown whose bold is bold.
//
//     node benchmarks/prose.mjs FILE     a JSON array of [tex, display]

import { readFileSync } from "node:fs";

import { render } from "../static/js/markdown/render.js";
import { Marked } from "../static/vendor/marked/marked.js";
import { html, window } from "../tests/js/documents.mjs";
import { compile, listUnknown, startMathJax } from "../tests/js/engine.mjs";
import { STRONG } from "../tests/js/strong.mjs";

const MathJax = await startMathJax();
const formulas = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const counts = { formulas: formulas.length, red: 0, unknown: 0, source: 0 };
for (const [tex, display] of formulas)
  try {
    const { names, isRed } = listUnknown(compile(MathJax, tex, display));
    counts.red += Number(isRed);
    counts.unknown += Number(names.length > 0);
  } catch {
    counts.source++;
  }

const isBold = (shown, strong) =>
  shown.includes("<strong>") && !shown.includes("*") && strong !== "";
const bold = (show) =>
  STRONG.filter(([text, strong]) => isBold(show(text), strong)).length;
const marked = new Marked();
console.log(
  JSON.stringify({
    ...counts,
    inputs: STRONG.length,
    bold: bold((text) => html(render(text, window))),
    boldByMarked: bold((text) => marked.parse(text)),
  }),
);

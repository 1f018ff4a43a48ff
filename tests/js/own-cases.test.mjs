// The scanner on the project's own cases, which are real data (WINNOW_TEST_DATA).

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { scan } from "../../static/js/markdown/scanner/scan.js";

const OWN = process.env.WINNOW_OWN_CASES ?? "";
const skip = !existsSync(OWN) && `no real data in ${OWN || "WINNOW_OWN_CASES"}`;

test("the project's own 96 cases", { skip }, () => {
  const lines = readFileSync(OWN, "utf8").trim().split("\n");
  assert.equal(lines.length, 96);
  for (const line of lines) {
    const { input, math } = JSON.parse(line);
    const found = scan(input).map((f) => [f.display ? "D" : "I", f.tex.trim()]);
    assert.deepEqual(
      found,
      math.map(([kind, tex]) => [kind, tex.trim()]),
      input,
    );
  }
});

// That a function's time grows with its text, on a machine that may be busy.

import assert from "node:assert/strict";

const ATTEMPTS = 8;
const SHORTEST = 2e-3; // seconds; below it the clock decides

/**
 * Fail if twice the text takes three times as long in every attempt.
 *
 * @param {(text: string) => unknown} work
 * @param {(length: number) => string} make a text of about so many characters
 * @param {number} length
 */
export function assertLinear(work, make, length) {
  const [short, long] = [length, 2 * length].map(make);
  const ratios = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const ratio =
      seconds(work, long) / Math.max(seconds(work, short), SHORTEST);
    if (ratio < 3) return;
    ratios.push(ratio.toFixed(1));
  }
  assert.fail(`twice the text takes ${ratios} times as long`);
}

function seconds(work, text) {
  const before = process.cpuUsage();
  work(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

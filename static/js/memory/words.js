// @ts-check
// The words of the papers opened; each weighs less as time passes.

/** Milliseconds after which a word counts half. */
export const HALF_LIFE = 30 * 86_400_000;
/** Words that are kept. */
export const MOST_WORDS = 300;

/** @typedef {Record<string, {weight: number, at: number}>} Words weights as they were `at` */

/**
 * Return what a weight is now. @param {{weight: number, at: number}} word @param {number} now
 */
export function fade({ weight, at }, now) {
  return weight * 2 ** (-Math.max(0, now - at) / HALF_LIFE);
}

/**
 * Count words once more, and drop the least ones beyond the most that are kept.
 *
 * @param {Words} words
 * @param {Iterable<string>} more
 * @param {number} now
 * @param {number} [worth]
 */
export function countWords(words, more, now, worth = 1) {
  const counts = { ...words };
  for (const word of more) {
    const before = counts[word] ? fade(counts[word], now) : 0;
    counts[word] = { weight: before + worth, at: now };
  }
  return keepHeaviest(counts, now, MOST_WORDS);
}

/**
 * Return words with what they weigh now, the heaviest first.
 *
 * @param {Words} words
 * @param {number} now
 * @returns {{word: string, weight: number}[]}
 */
export function rankWords(words, now) {
  return Object.entries(words)
    .map(([word, count]) => ({ word, weight: fade(count, now) }))
    .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1));
}

/**
 * Return the heaviest words alone. @param {Words} words @param {number} now @param {number} count
 */
export function keepHeaviest(words, now, count) {
  if (Object.keys(words).length <= count) return words;
  const kept = rankWords(words, now).slice(0, count);
  return Object.fromEntries(kept.map(({ word }) => [word, words[word]]));
}

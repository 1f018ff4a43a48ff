// @ts-check
// A memory as a file, to take to another browser.

import { CATEGORIES, SEARCHES, SEEN, SETTINGS, STARS, WORDS } from "./kinds.js";

/** @typedef {import("./memory.js").Memory} Memory */

const FORMAT = "winnow-history";
const VERSION = 1;

/** Return everything, to be kept in a file. @param {Memory} memory */
export function exportMemory(memory) {
  const kept = Object.entries(memory.all).map(([name, one]) => [
    name,
    one.get(),
  ]);
  return { format: FORMAT, version: VERSION, ...Object.fromEntries(kept) };
}

/**
 * Add what a file has to a memory; the settings of the file replace those of the memory.
 *
 * @param {Memory} memory
 * @param {any} file
 * @throws {TypeError} if the file is no memory
 */
export function importMemory(memory, file) {
  if (file?.format !== FORMAT || file.version > VERSION)
    throw new TypeError("not a file that this version of Winnow can read");
  memory.stars.change((stars) =>
    STARS.read({ ...STARS.read(file.stars), ...stars }),
  );
  memory.seen.change((seen) => SEEN.read({ ...SEEN.read(file.seen), ...seen }));
  memory.words.change((words) =>
    WORDS.read({ ...WORDS.read(file.words), ...words }),
  );
  memory.categories.change(({ follow, leave }) => {
    const more = CATEGORIES.read(file.categories);
    const others = more.follow.filter((code) => !leave.includes(code));
    return CATEGORIES.read({
      follow: [...follow, ...others],
      leave: [...leave, ...more.leave],
    });
  });
  memory.searches.change((searches) =>
    SEARCHES.read([...searches, ...SEARCHES.read(file.searches)]),
  );
  if (file.settings) memory.settings.change(() => SETTINGS.read(file.settings));
}

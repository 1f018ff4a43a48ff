// @ts-check
// What a browser remembers, as a file for another browser.

import { CATEGORIES, SEEN, SETTINGS, STARS, WORDS } from "./kinds.js";

/** @typedef {import("./memory.js").History} History */

const FORMAT = "winnow-history";
const VERSION = 1;

/** Return everything, to be kept in a file. @param {History} history */
export function exported(history) {
  const kept = Object.entries(history.all).map(([name, one]) => [
    name,
    one.get(),
  ]);
  return { format: FORMAT, version: VERSION, ...Object.fromEntries(kept) };
}

/**
 * Add what a file has to what is here; settings are taken over.
 *
 * @param {History} history
 * @param {any} file
 * @throws {TypeError} if it is no such file
 */
export function imported(history, file) {
  if (file?.format !== FORMAT || file.version > VERSION)
    throw new TypeError("not a history that this Winnow can read");
  history.stars.change((stars) =>
    STARS.read({ ...STARS.read(file.stars), ...stars }),
  );
  history.seen.change((seen) =>
    SEEN.read({ ...SEEN.read(file.seen), ...seen }),
  );
  history.words.change((words) =>
    WORDS.read({ ...WORDS.read(file.words), ...words }),
  );
  history.categories.change(({ follow, leave }) => {
    const more = CATEGORIES.read(file.categories);
    const others = more.follow.filter((code) => !leave.includes(code));
    return CATEGORIES.read({
      follow: [...follow, ...others],
      leave: [...leave, ...more.leave],
    });
  });
  if (file.settings)
    history.settings.change(() => SETTINGS.read(file.settings));
}

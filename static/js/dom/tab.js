// @ts-check
// Keeps values for as long as the tab is open.

/**
 * Keep a value. Where storage is switched off or full, it is forgotten.
 *
 * @param {string} name
 * @param {unknown} value
 */
export function keepInTab(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // See above.
  }
}

/** Return what was kept, unchecked; null where there is none. @param {string} name @returns {any} */
export function readFromTab(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

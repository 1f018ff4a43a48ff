// @ts-check
// One page of a result, as the server writes it: its items, and the pages beside it.

/**
 * @typedef {object} Page
 * @property {number} number from 1
 * @property {number} size how many papers a whole page has
 * @property {HTMLElement[]} items each with a card
 * @property {string} previous the address of the page before, or ""
 * @property {string} next the address of the page after, or ""
 * @property {Element | null} pager the way to all pages
 */

/** @param {Document} page a document with a list of results @returns {Page} */
export function readPage(page) {
  const list = /** @type {HTMLElement} */ (
    page.querySelector("[data-results]")
  );
  const read = (/** @type {string} */ which) =>
    page.querySelector(`nav.pager a[rel=${which}]`)?.getAttribute("href") ?? "";
  return {
    number: Number(list.dataset.page),
    size: Number(list.dataset.size),
    items: /** @type {HTMLElement[]} */ ([...list.children]),
    previous: read("prev"),
    next: read("next"),
    pager: page.querySelector("nav.pager"),
  };
}

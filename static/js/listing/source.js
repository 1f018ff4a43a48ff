// @ts-check
// The sources of a feed: the order of its papers, from the API or the page, and their cards,
// from the page of a list of ids.

import { fetchDocument } from "../dom/documents.js";

const IDS_AT_ONCE = 2_000;

/**
 * Return ids in the order of a listing, a part for each call, null at the end.
 *
 * @param {string} api the address of the listing as JSON, with ids alone
 * @param {number} [first] the place to begin at; RangeError where the API refuses it
 * @param {number} [atOnce] how many ids a part has
 * @returns {import("./known.js").Order}
 */
export function fetchOrder(api, first = 0, atOnce = IDS_AT_ONCE) {
  /** @type {URL | null} */ let url = new URL(api, location.href);
  if (first) url.searchParams.set("offset", String(first));
  url.searchParams.set("limit", String(atOnce));
  return {
    async next() {
      if (!url) return null;
      const answer = await fetch(url);
      if (answer.status === 400)
        throw new RangeError("the API refuses this order");
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const { data, next, meta } = await answer.json();
      url = next === null ? null : advance(url, next, meta.next_cursor);
      return data.map((/** @type {{id: string}} */ paper) => paper.id);
    },
  };
}

/**
 * Return an order with the papers that were seen behind all others, which it learns first.
 *
 * @param {import("./known.js").Order} order
 * @param {(id: string) => boolean} wasSeen
 * @returns {import("./known.js").Order}
 */
export function putSeenLast(order, wasSeen) {
  /** @type {string[]} */ const seen = [];
  let isOver = false;
  return {
    async next() {
      if (isOver) return null;
      const ids = await order.next();
      isOver = ids === null;
      if (!ids) return seen;
      seen.push(...ids.filter(wasSeen));
      return ids.filter((id) => !wasSeen(id));
    },
  };
}

/** Return an order of ids that are all known. @param {string[]} ids @returns {import("./known.js").Order} */
export function makeOrder(ids) {
  /** @type {string[] | null} */ let left = ids;
  return {
    async next() {
      const all = left;
      left = null;
      return all;
    },
  };
}

/**
 * Return the order of a list, from a place on.
 *
 * @param {HTMLElement} list
 * @param {number} first
 */
export function readOrder(list, first) {
  const { api = "", ids = "", total } = list.dataset;
  if (!first && list.children.length === Number(total))
    return makeOrder([...list.children].map((item) => item.children[0].id));
  return ids ? makeOrder(ids.split(",").slice(first)) : fetchOrder(api, first);
}

/**
 * Return the first ids of an order.
 *
 * @param {import("./known.js").Order} order
 * @param {number} most
 */
export async function takeIds(order, most) {
  const ids = [];
  for (let some; ids.length < most && (some = await order.next());)
    ids.push(...some);
  return ids.slice(0, most);
}

/**
 * Return a function that fetches the items of papers, each with its card.
 *
 * @param {string} base the address that ids are added to
 * @returns {import("./feed.js").Fetch}
 */
export function makeFetch(base) {
  return async (ids) => {
    const url = new URL(base, location.href);
    url.pathname += ids.join(",");
    url.searchParams.set("show", String(ids.length));
    const page = await fetchDocument(url.href);
    return [...page.querySelectorAll("[data-feed] > li")].map((item) =>
      document.adoptNode(/** @type {HTMLElement} */ (item)),
    );
  };
}

/** @param {URL} url @param {number} offset @param {string | null} cursor */
function advance(url, offset, cursor) {
  const next = new URL(url);
  if (cursor) next.searchParams.set("cursor", cursor);
  else next.searchParams.set("offset", String(offset));
  return next;
}

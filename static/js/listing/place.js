// @ts-check
// The reader's place in a listing: its address also says how many cards are shown, and the
// day, which is another tomorrow.

import { holdCard, keepPlace as keep } from "../cards/place.js";

const AT_ONCE = 25;
const MOST_SHOWN = 1_000;

/**
 * Go to the place that the address names, then write it anew whenever scrolling rests.
 *
 * @param {HTMLElement} list
 * @param {import("./feed.js").Feed} feed
 */
export function keepPlace(list, feed) {
  return keep(
    list,
    (id, offset) => goTo(list, feed, id, offset),
    (url, card) => {
      if (!card) return;
      const shown = Math.ceil((feed.findPlace(card.id) + 1) / AT_ONCE);
      if (shown > 1)
        url.searchParams.set(
          "show",
          String(Math.min(shown * AT_ONCE, MOST_SHOWN)),
        );
      if (list.dataset.date) url.searchParams.set("date", list.dataset.date);
    },
  );
}

/**
 * Go to a card of the listing, which is loaded where it is not there.
 *
 * @param {HTMLElement} list
 * @param {import("./feed.js").Feed} feed
 * @param {string} id
 * @param {number} offset pixels below the top of the window
 */
export async function goTo(list, feed, id, offset) {
  await feed.showUntil(id);
  await holdCard(list, id, offset);
}

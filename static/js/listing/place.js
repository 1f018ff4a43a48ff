// @ts-check
// Keeps the reader's place: the address names the topmost card and how many are shown, so
// that going back leads to the same card.

import { filterVisible, findTopmost, holdAt } from "../cards/sight.js";
import { ID } from "../memory/kinds.js";

const AT_ONCE = 25;
const MOST_SHOWN = 1_000;
const REST_MS = 250;

/** @typedef {{card: string, offset: number}} Place a card's id, and how far below the top */

/**
 * Go to the place that the address names, then write it anew whenever scrolling rests.
 *
 * @param {HTMLElement} list
 * @param {import("./feed.js").Feed} feed
 */
export async function keepPlace(list, feed) {
  history.scrollRestoration = "manual";
  const place = /** @type {Place | null} */ (history.state?.place ?? null);
  const id = place?.card ?? readId(location.hash);
  if (id) await goTo(list, feed, id, place?.offset ?? 0);
  let timer = 0;
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = Number(setTimeout(() => note(list, feed), REST_MS));
  });
  addEventListener("pagehide", () => note(list, feed));
}

/** Return the id of the paper that a hash names, or "". @param {string} hash */
function readId(hash) {
  try {
    const name = decodeURIComponent(hash.slice(1));
    return ID.test(name) ? name : "";
  } catch {
    return ""; // no address of ours
  }
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
  const card = document.getElementById(id);
  if (!card || !list.contains(card)) return;
  card.classList.remove("seen"); // the reader asked for this card
  await holdAt(card, offset);
}

/** @param {HTMLElement} list @param {import("./feed.js").Feed} feed */
function note(list, feed) {
  const card = findTopmost(filterVisible(list.querySelectorAll(".paper")));
  const url = new URL(location.href);
  if (!card || scrollY < list.offsetTop / 2) {
    url.hash = "";
    keep(null, url.href.replace(/#$/, ""));
    return;
  }
  const shown = Math.ceil((feed.findPlace(card.id) + 1) / AT_ONCE) * AT_ONCE;
  if (shown > AT_ONCE)
    url.searchParams.set("show", String(Math.min(shown, MOST_SHOWN)));
  if (list.dataset.date) url.searchParams.set("date", list.dataset.date);
  url.hash = card.id;
  keep({ card: card.id, offset: card.getBoundingClientRect().top }, url.href);
}

/** @param {Place | null} place @param {string} url */
function keep(place, url) {
  history.replaceState({ ...history.state, place }, "", url);
}

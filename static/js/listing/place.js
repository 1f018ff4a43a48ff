// @ts-check
// Keeps a reader's place: the address bar names the card that is read, with as many cards
// as there are, and coming back leads to just that card.

import { ID } from "../memory/kinds.js";

const AT_ONCE = 25;
const MOST_SHOWN = 1_000;
const REST_MS = 250;
/** Frames in a row that a card stays where it should be, as the cards around get their size. */
const STILL = 5;
const FRAMES = 60;

/** @typedef {{card: string, offset: number}} Place a card's id, and how far below the top */

/**
 * Return the first card that reaches below the top of what is seen. Cards are in order, so
 * that halving finds it.
 *
 * @param {ArrayLike<Element>} cards
 */
export function topmost(cards) {
  let [low, high] = [0, cards.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (boxOf(cards[middle]).getBoundingClientRect().bottom > 1) high = middle;
    else low = middle + 1;
  }
  return cards[low] ?? null;
}

/**
 * Return those of the cards that are not hidden. Asking for their sizes would lay out all
 * that the browser has skipped.
 *
 * @param {Iterable<Element>} cards
 */
export function unhidden(cards) {
  return [...cards].filter((card) => boxOf(card).checkVisibility());
}

/** @param {Element} card */
function boxOf(card) {
  return card.closest("li") ?? card;
}

/**
 * Write the place into the address as the page rests, and return there at the start.
 *
 * @param {HTMLElement} list
 * @param {import("./feed.js").Feed} feed
 */
export async function keepPlace(list, feed) {
  history.scrollRestoration = "manual";
  const place = /** @type {Place | null} */ (history.state?.place ?? null);
  const id = place?.card ?? named(location.hash);
  if (id) await goTo(list, feed, id, place?.offset ?? 0);
  let timer = 0;
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = Number(setTimeout(() => note(list, feed), REST_MS));
  });
  addEventListener("pagehide", () => note(list, feed));
}

/** Return the id of the paper that an address ends with, or "". @param {string} hash */
function named(hash) {
  try {
    const name = decodeURIComponent(hash.slice(1));
    return ID.test(name) ? name : "";
  } catch {
    return ""; // no address of ours
  }
}

/**
 * @param {HTMLElement} list
 * @param {import("./feed.js").Feed} feed
 * @param {string} id
 * @param {number} offset
 */
async function goTo(list, feed, id, offset) {
  await feed.until(id);
  const card = document.getElementById(id);
  if (!card || !list.contains(card)) return;
  card.classList.remove("seen"); // what is asked for is not hidden
  for (let still = 0, frames = 0; still < STILL && frames < FRAMES; frames++) {
    const away = card.getBoundingClientRect().top - offset;
    if (Math.abs(away) < 1) still += 1;
    else {
      still = 0;
      scrollBy({ top: away, behavior: "instant" });
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** @param {HTMLElement} list @param {import("./feed.js").Feed} feed */
function note(list, feed) {
  const card = topmost(unhidden(list.querySelectorAll(".paper")));
  const url = new URL(location.href);
  if (!card || scrollY < list.offsetTop / 2) {
    url.hash = "";
    keep(null, url.href.replace(/#$/, ""));
    return;
  }
  const shown = Math.ceil((feed.placeOf(card.id) + 1) / AT_ONCE) * AT_ONCE;
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

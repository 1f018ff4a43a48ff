// @ts-check
// Keeps the reader's place in a list: the address names the topmost card, so that a reload,
// a shared link and going back lead to the same card.

import { ID } from "../memory/kinds.js";
import { filterVisible, findTopmost, holdAt } from "./sight.js";

const REST_MS = 250;

/** @typedef {{card: string, offset: number}} Place a card's id, and how far below the top */
/** @typedef {(id: string, offset: number) => Promise<void>} GoTo leads to a card */
/** @typedef {(url: URL, card: Element | null) => void} Write adds to the address of a place */

/**
 * Go to the place that the address names, then write it anew whenever scrolling rests.
 *
 * @param {HTMLElement} list
 * @param {GoTo} goTo
 * @param {Write} write is given no card where the reader is at the top
 */
export async function keepPlace(list, goTo, write) {
  history.scrollRestoration = "manual";
  const place = /** @type {Place | null} */ (history.state?.place ?? null);
  const id = place?.card ?? readId(location.hash);
  if (id) await goTo(id, place?.offset ?? 0);
  let timer = 0;
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = Number(setTimeout(() => note(list, write), REST_MS));
  });
  addEventListener("pagehide", () => note(list, write));
}

/**
 * Hold a card of a list so far below the top of the window.
 *
 * @param {HTMLElement} list
 * @param {string} id
 * @param {number} offset in pixels
 */
export async function holdCard(list, id, offset) {
  const card = document.getElementById(id);
  if (!card || !list.contains(card)) return;
  card.classList.remove("seen"); // the reader asked for this card
  await holdAt(card, offset);
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

/** @param {HTMLElement} list @param {Write} write */
function note(list, write) {
  const card = findTopmost(filterVisible(list.querySelectorAll(".paper")));
  const isDown = !!card && scrollY >= list.offsetTop / 2;
  const url = new URL(location.href);
  url.hash = isDown ? card.id : "";
  write(url, isDown ? card : null);
  const place = isDown
    ? { card: card.id, offset: card.getBoundingClientRect().top }
    : null;
  history.replaceState(
    { ...history.state, place },
    "",
    url.href.replace(/#$/, ""),
  );
}

// @ts-check
// The cards in sight: those that are not hidden, and the topmost one on the screen.

/** Frames in a row that a card must keep its place, and frames at all. */
const STILL = 5;
const FRAMES = 60;

/**
 * Return the first card whose lower edge is below the top of the window. The cards are in
 * order, so bisection finds it.
 *
 * @param {ArrayLike<Element>} cards
 */
export function findTopmost(cards) {
  let [low, high] = [0, cards.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { bottom } = findItem(cards[middle]).getBoundingClientRect();
    if (bottom > 1) high = middle;
    else low = middle + 1;
  }
  return cards[low] ?? null;
}

/**
 * Return the cards that are not hidden. Their sizes are not read: that would make the
 * browser lay out everything it has skipped.
 *
 * @param {Iterable<Element>} cards
 */
export function filterVisible(cards) {
  return [...cards].filter((card) => findItem(card).checkVisibility());
}

/** Tell whether some of a card is on the screen. @param {Element} card */
export function isInSight(card) {
  const { top, bottom, height } = card.getBoundingClientRect();
  return height > 0 && bottom > 1 && top < innerHeight;
}

/**
 * Scroll until a card stands so far below the top, and stays there: the cards around it get
 * their size while they are drawn.
 *
 * @param {Element} card
 * @param {number} offset in pixels
 */
export async function holdAt(card, offset) {
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

/** @param {Element} card */
function findItem(card) {
  return card.closest("li") ?? card;
}

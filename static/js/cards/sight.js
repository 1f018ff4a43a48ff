// @ts-check
// The cards in sight: those that are not hidden, and the topmost one on the screen.

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

/** @param {Element} card */
function findItem(card) {
  return card.closest("li") ?? card;
}

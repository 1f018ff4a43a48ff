// @ts-check
// A card's links and buttons in groups: a tab stop each, and arrow keys within.

const GROUPS = ".authors, .keywords, .subjects, .margin";
const PARTS = "a, button";
/** What a group is entered by: it is there in every view. */
const ENTRANCE = ".title-pdf";

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Make each group of some cards one tab stop. @param {Iterable<Element>} cards */
export function groupStops(cards) {
  for (const card of cards)
    for (const group of card.querySelectorAll(GROUPS)) {
      const parts = /** @type {HTMLElement[]} */ ([
        ...group.querySelectorAll(PARTS),
      ]);
      const entrance = group.querySelector(ENTRANCE) ?? parts[0];
      for (const part of parts) part.tabIndex = part === entrance ? 0 : -1;
    }
}

/** Let arrow keys lead through a group. */
export function listenToArrows() {
  document.addEventListener("keydown", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    const group = at.closest(".paper") ? at.closest(GROUPS) : null;
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!group || ctrlKey || metaKey || altKey || shiftKey) return;
    const parts = /** @type {HTMLElement[]} */ ([
      ...group.querySelectorAll(PARTS),
    ]).filter((part) => part.checkVisibility());
    const place = parts.indexOf(at);
    const next =
      key === "Home"
        ? 0
        : key === "End"
          ? parts.length - 1
          : key in STEPS
            ? place + STEPS[key]
            : -1;
    if (place < 0 || !parts[next]) return;
    event.preventDefault();
    at.tabIndex = -1;
    parts[next].tabIndex = 0;
    parts[next].focus();
  });
}

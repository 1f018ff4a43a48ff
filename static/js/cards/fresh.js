// @ts-check
// Marks the papers that are new since the reader's last visit.

/** @typedef {import("../memory/memory.js").Memory} Memory */

/** Note this visit; return what was latest at the one before. @param {Memory} memory */
export function beginVisit(memory) {
  const { latest = "", snapshot = "" } = document.documentElement.dataset;
  return memory.visit(latest, snapshot);
}

/**
 * Mark the cards whose papers came after a day.
 *
 * @param {Iterable<Element>} cards
 * @param {string} before a day, or "" for a first visit, when nothing is new
 */
export function markFresh(cards, before) {
  const name = document
    .querySelector("[data-status]")
    ?.getAttribute("data-new");
  if (!before || !name) return;
  for (const card of cards) {
    const time = card.querySelector(".date-data > time");
    const day = time?.getAttribute("datetime") ?? "";
    if (day <= before || card.classList.contains("fresh")) continue;
    card.classList.add("fresh");
    const mark = document.createElement("span");
    mark.className = "new-mark";
    mark.textContent = name;
    time?.after(" ", mark);
  }
}

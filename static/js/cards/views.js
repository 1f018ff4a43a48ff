// @ts-check
// Three views of a list of papers: titles, brief and full; and cards that are unfolded.

import { say } from "../dom/status.js";
import { filterVisible, findTopmost, holdAt } from "./sight.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */
/** @typedef {import("../memory/kinds.js").Settings["view"]} View */

/** @type {View[]} */
const VIEWS = ["titles", "brief", "full"];

/** Let the buttons of the page choose a view. @param {Memory} memory */
export function offerViews(memory) {
  showChosen(memory.settings.get().view);
  document.addEventListener("click", (event) => {
    const at = /** @type {Element} */ (event.target);
    const button = at.closest("button[data-choose-view]");
    if (button instanceof HTMLElement)
      chooseView(memory, /** @type {View} */ (button.dataset.chooseView));
  });
}

/**
 * Show lists in a view and remember it; what the reader looks at stays where it is.
 *
 * @param {Memory} memory
 * @param {View} view
 */
export function chooseView(memory, view) {
  const cards = filterVisible(document.querySelectorAll(".papers .paper"));
  const top = findTopmost(cards);
  const offset = top?.getBoundingClientRect().top ?? 0;
  memory.settings.change((settings) => ({ ...settings, view }));
  for (const card of document.querySelectorAll(".papers .unfolded"))
    unfold(card, false);
  document.documentElement.dataset.view = view;
  say(showChosen(view));
  if (top && top !== cards[0]) void holdAt(top, Math.min(offset, 0));
}

/** Show lists in the view after the present one. @param {Memory} memory */
export function turnView(memory) {
  const at = VIEWS.indexOf(memory.settings.get().view);
  chooseView(memory, VIEWS[(at + 1) % VIEWS.length]);
}

/**
 * Show all of a card, whatever the view, or what the view shows.
 *
 * @param {Element} card
 * @param {boolean} [isWhole] the other of the two unless given
 */
export function unfold(card, isWhole) {
  const now = card.classList.toggle("unfolded", isWhole);
  const button = card.querySelector(".tools .unfold");
  if (!(button instanceof HTMLElement)) return;
  button.setAttribute("aria-expanded", String(now));
  const { more = "", less = "" } = button.dataset;
  button.textContent = now ? less : more;
}

/** Mark the buttons of a view; return its name. @param {View} view */
function showChosen(view) {
  let name = "";
  for (const button of document.querySelectorAll("button[data-choose-view]")) {
    const isChosen = button.getAttribute("data-choose-view") === view;
    button.setAttribute("aria-pressed", String(isChosen));
    if (isChosen) name = button.textContent ?? "";
  }
  return name;
}

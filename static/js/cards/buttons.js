// @ts-check
// The buttons of cards: what is shown on them, and what is done when they are pressed.

import { described } from "./card.js";
import { choose, showChoices } from "./categories.js";
import { copy } from "../dom/clipboard.js";
import { showStar, star } from "./stars.js";

/** @typedef {import("../memory/memory.js").History} History */
/** @typedef {(text: string) => void} Say tells a listening reader */

const TOLD_MS = 1_500;

/**
 * Give cards their buttons, made of the page's templates.
 *
 * @param {Iterable<Element>} cards
 * @param {History} history
 */
export function equip(cards, history) {
  const tools = partsOf("card-tools");
  const subject = partsOf("subject-tools");
  if (!tools || !subject) return;
  const { follow, leave } = history.categories.get();
  const stars = history.stars.get();
  for (const card of cards) {
    const place = card.querySelector(".tools:not([data-ready])");
    if (!(place instanceof HTMLElement)) continue;
    place.dataset.ready = "";
    place.replaceChildren(document.importNode(tools, true));
    for (const button of place.querySelectorAll("button"))
      button.setAttribute("aria-describedby", `title-${card.id}`);
    showStar(card, card.id in stars);
    for (const link of card.querySelectorAll(".subjects a[data-code]"))
      link.after(document.importNode(subject, true));
    showChoices(card, follow, leave);
  }
}

/**
 * Show again what is kept, after another tab or page may have changed it.
 *
 * @param {Iterable<Element>} cards
 * @param {History} history
 */
export function refresh(cards, history) {
  const { follow, leave } = history.categories.get();
  const stars = history.stars.get();
  for (const card of cards) {
    showStar(card, card.id in stars);
    showChoices(card, follow, leave);
  }
}

/**
 * Do what is asked of cards by their buttons.
 *
 * @param {Element} root
 * @param {History} history
 * @param {Say} say
 */
export function attend(root, history, say) {
  root.addEventListener("pointerdown", (event) => {
    if (pressedIn(event)) event.preventDefault(); // what is selected stays so
  });
  root.addEventListener("click", (event) => {
    const { button, card } = pressedIn(event) ?? {};
    if (!button || !card) return;
    if (button.matches(".star")) star(card, history, say);
    else if (button.matches(".title-copy")) void copyCard(card, say);
    else choose(button, history, say);
  });
}

/**
 * Put a card's text on the clipboard.
 *
 * @param {Element} card
 * @param {Say} say
 */
export async function copyCard(card, say) {
  const button = card.querySelector(".title-copy");
  if (!(button instanceof HTMLElement)) return;
  const { label = "", done = "", failed = "" } = button.dataset;
  const told = await copy(described(card)).then(
    () => done,
    () => failed,
  );
  say(told);
  button.textContent = told;
  setTimeout(() => (button.textContent = label), TOLD_MS);
}

/** @param {string} id */
function partsOf(id) {
  const template = document.getElementById(id);
  return template instanceof HTMLTemplateElement ? template.content : null;
}

/** @param {Event} event */
function pressedIn(event) {
  const at = /** @type {Element} */ (event.target);
  const button = at.closest(".tools button, .subject-tools button");
  const card = button?.closest(".paper");
  return button instanceof HTMLElement && card ? { button, card } : null;
}

// @ts-check
// The buttons of cards: their labels, and the actions that they start.

import { copy } from "../dom/clipboard.js";
import { say } from "../dom/status.js";
import { describe } from "./card.js";
import { choose, showChoices } from "./categories.js";
import { showStar, star } from "./stars.js";
import { unfold } from "./views.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

const TOLD_MS = 1_500;

/**
 * Give cards their buttons, copied from the templates of the page.
 *
 * @param {Iterable<Element>} cards
 * @param {Memory} memory
 */
export function equip(cards, memory) {
  const tools = readTemplate("card-tools");
  const subject = readTemplate("subject-tools");
  if (!tools || !subject) return;
  const { follow, leave } = memory.categories.get();
  const stars = memory.stars.get();
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
 * Show what is remembered again: another tab or page may have changed it.
 *
 * @param {Iterable<Element>} cards
 * @param {Memory} memory
 */
export function refresh(cards, memory) {
  const { follow, leave } = memory.categories.get();
  const stars = memory.stars.get();
  for (const card of cards) {
    showStar(card, card.id in stars);
    showChoices(card, follow, leave);
  }
}

/**
 * Act on cards when their buttons are pressed.
 *
 * @param {Element} root
 * @param {Memory} memory
 */
export function attend(root, memory) {
  root.addEventListener("pointerdown", (event) => {
    if (findPressed(event)) event.preventDefault(); // keeps the selection
  });
  root.addEventListener("click", (event) => {
    const at = /** @type {Element} */ (event.target);
    const bibtex = at.closest(".title-bibtex")?.closest(".paper");
    const { ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
    if (bibtex && !ctrlKey && !metaKey && !shiftKey) {
      event.preventDefault();
      void copyBibtex(bibtex);
      return;
    }
    const { button, card } = findPressed(event) ?? {};
    if (!button || !card) return unfoldPressed(event);
    if (button.matches(".star")) star(card, memory);
    else if (button.matches(".title-copy")) void copyCard(card);
    else if (button.matches(".unfold")) unfold(card);
    else choose(button, memory);
  });
}

/**
 * Put a card's text on the clipboard.
 *
 * @param {Element} card
 */
export async function copyCard(card) {
  const button = card.querySelector(".title-copy");
  if (!(button instanceof HTMLElement)) return;
  const { done = "", failed = "" } = button.dataset;
  await tellCopied(button, copy(describe(card)), done, failed);
}

/**
 * Put a card's BibTeX on the clipboard.
 *
 * @param {Element} card
 */
export async function copyBibtex(card) {
  const link = card.querySelector(".title-bibtex");
  const texts = document.querySelector("[data-status]");
  if (!(link instanceof HTMLAnchorElement) || !(texts instanceof HTMLElement))
    return;
  const { copied = "", failed = "" } = texts.dataset;
  await tellCopied(link, copyAnswer(link.href), copied, failed);
}

/**
 * Tell how copying went, for a moment in the place of an element's label.
 *
 * @param {HTMLElement} element
 * @param {Promise<void>} copying
 * @param {string} done
 * @param {string} failed
 */
async function tellCopied(element, copying, done, failed) {
  element.dataset.label ??= element.textContent ?? "";
  const told = await copying.then(
    () => done,
    () => failed,
  );
  say(told);
  element.textContent = told;
  setTimeout(
    () => (element.textContent = element.dataset.label ?? ""),
    TOLD_MS,
  );
}

/** Put what an address answers on the clipboard. @param {string} url */
async function copyAnswer(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const plain = await answer.text();
  const block = document.createElement("pre");
  block.textContent = plain;
  await copy({ plain, html: block.outerHTML });
}

/** @param {string} id */
function readTemplate(id) {
  const template = document.getElementById(id);
  return template instanceof HTMLTemplateElement ? template.content : null;
}

/** Show all of a card whose abstract is pressed where a view cuts it. @param {Event} event */
function unfoldPressed(event) {
  const at = /** @type {Element} */ (event.target);
  const text = at.closest(".papers .paper:not(.unfolded) > .summary");
  const isElsewhere = at.closest("a") ?? getSelection()?.toString();
  if (text && !isElsewhere && document.documentElement.dataset.view === "brief")
    unfold(/** @type {Element} */ (text.parentElement));
}

/** @param {Event} event */
function findPressed(event) {
  const at = /** @type {Element} */ (event.target);
  const button = at.closest(".tools button, .subject-tools button");
  const card = button?.closest(".paper");
  return button instanceof HTMLElement && card ? { button, card } : null;
}

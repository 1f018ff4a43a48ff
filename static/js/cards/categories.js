// @ts-check
// Categories that a reader follows or leaves out, chosen on cards.

import { say } from "../dom/status.js";
import { keepUndo } from "./undo.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

const SHOWN_MS = 8_000;

let hiding = 0;

/**
 * Show which of a card's categories are chosen.
 *
 * @param {Element} card
 * @param {string[]} follow
 * @param {string[]} leave
 */
export function showChoices(card, follow, leave) {
  for (const tools of card.querySelectorAll(".subject-tools")) {
    const code = readCode(tools);
    show(tools, ".follow", follow.includes(code), code);
    show(tools, ".leave", leave.includes(code), code);
  }
}

/**
 * Follow a category or leave it out, or undo that.
 *
 * @param {HTMLElement} button
 * @param {Memory} memory
 */
export function choose(button, memory) {
  const tools = button.closest(".subject-tools");
  if (!tools) return;
  const kind = button.matches(".follow") ? "follow" : "leave";
  const before = memory.categories.get();
  memory.choose(readCode(tools), kind);
  keepUndo(() => {
    memory.categories.change(() => before);
    showAll(memory);
    tell(readCode(tools), memory);
  });
  showAll(memory);
  tell(readCode(tools), memory);
}

/**
 * Tell for a while what a category is to the reader, and lead to the listing that it
 * changes: the one at hand stays as its address says.
 *
 * @param {string} code
 * @param {Memory} memory
 */
function tell(code, memory) {
  const notice = document.querySelector("[data-choice]");
  const [text, link] = notice?.children ?? [];
  if (!(notice instanceof HTMLElement) || !(link instanceof HTMLElement))
    return;
  const { follow, leave } = memory.categories.get();
  const {
    tellsFollow = "",
    tellsLeave = "",
    tellsNeither = "",
  } = notice.dataset;
  const isLeft = leave.includes(code);
  const phrase = follow.includes(code)
    ? tellsFollow
    : isLeft
      ? tellsLeave
      : tellsNeither;
  text.textContent = phrase.replace("…", code);
  link.hidden = !follow.length;
  notice.hidden = false;
  clearTimeout(hiding);
  hiding = Number(setTimeout(() => (notice.hidden = true), SHOWN_MS));
  say(text.textContent);
}

/** @param {Memory} memory */
function showAll(memory) {
  const { follow, leave } = memory.categories.get();
  for (const one of document.querySelectorAll(".paper"))
    showChoices(one, follow, leave);
  dispatchEvent(new Event("categories"));
}

/** @param {Element} tools */
function readCode(tools) {
  const link = /** @type {HTMLElement} */ (tools.previousElementSibling);
  return link?.dataset.code ?? "";
}

/**
 * @param {Element} tools
 * @param {string} which
 * @param {boolean} isChosen
 * @param {string} code
 */
function show(tools, which, isChosen, code) {
  const button = /** @type {HTMLElement} */ (tools.querySelector(which));
  button.setAttribute("aria-pressed", String(isChosen));
  button.title = (button.dataset.label ?? "").replace("…", code);
  button.setAttribute("aria-label", button.title);
}

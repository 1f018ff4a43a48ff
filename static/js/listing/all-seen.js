// @ts-check
// Takes all papers of a listing as seen, loaded or not, and undoes that.

import { keepUndo } from "../cards/undo.js";
import { fillNumber } from "../dom/numbers.js";
import { say } from "../dom/status.js";
import { readOrder, takeIds } from "./source.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */
/** @typedef {import("../cards/cards.js").Cards} Cards */

const MOST = 5_000;

/**
 * Return what marks all papers of a list as seen.
 *
 * @param {HTMLElement} list
 * @param {Cards} cards
 * @param {Memory} memory
 */
export function makeSeeAll(list, cards, memory) {
  return async () => {
    const before = memory.seen.get();
    const ids = (await takeIds(readOrder(list, 0), MOST)).filter(
      (id) => !(id in before),
    );
    memory.see(ids);
    cards.note(ids, true);
    keepUndo(() => {
      memory.seen.change(() => before);
      cards.note(ids, false);
    });
    const button = document.querySelector("[data-see-all]");
    const text = button?.getAttribute("data-done") ?? "";
    say(fillNumber(text, ids.length));
  };
}

/** Offer it by a button, and its undoing by the same one. @param {() => Promise<void>} seeAll @param {() => boolean} undo */
export function offerSeeAll(seeAll, undo) {
  const button = document.querySelector("[data-see-all]");
  if (!(button instanceof HTMLElement)) return;
  const { all = "", undo: back = "" } = button.dataset;
  button.addEventListener("click", async () => {
    const isDone = button.getAttribute("aria-pressed") === "true";
    if (isDone) undo();
    else await seeAll();
    button.setAttribute("aria-pressed", String(!isDone));
    button.textContent = isDone ? all : back;
  });
}

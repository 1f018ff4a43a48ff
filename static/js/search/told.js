// @ts-check
// Tells how far the papers of a result are loaded, and whether any are above them.

import { fillNumber } from "../dom/numbers.js";
import { say } from "../dom/status.js";

/** @typedef {"loading" | "loaded" | "failed" | "end"} State of loading */

/**
 * @param {HTMLElement} list
 * @param {State} state
 * @param {number} reach how many papers there are down to the last one that is here
 * @param {boolean} isFirst whether the first page is here
 */
export function tellState(list, state, reach, isFirst) {
  list.setAttribute("aria-busy", String(state === "loading"));
  document.querySelector("[data-earlier]")?.toggleAttribute("hidden", isFirst);
  document
    .querySelector("[data-results-retry]")
    ?.toggleAttribute("hidden", state !== "failed");
  const status = document.querySelector("[data-results-status]");
  if (!(status instanceof HTMLElement)) return;
  const isShort = state === "end" && reach < Number(list.dataset.total);
  const { [isShort ? "loaded" : state]: text } = status.dataset;
  status.textContent = fillNumber(text, reach);
  if (state !== "loading") say(status.textContent);
}

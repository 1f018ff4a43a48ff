// @ts-check
// The menu that exports all papers of a list. Without a script its form exports those of
// the page.

import { fillNumber } from "../dom/numbers.js";
import { say } from "../dom/status.js";
import { saveExport } from "./file.js";

/**
 * Let the menu of a page export all papers of its list.
 *
 * @param {(most: number) => Promise<string[]>} readIds reads the first ids of the list
 */
export function offerExport(readIds) {
  const form = document.querySelector(".export form");
  const told = document.querySelector("[data-export-told]");
  if (!(form instanceof HTMLFormElement) || !(told instanceof HTMLElement))
    return;
  const tell = (/** @type {string} */ text) => {
    told.textContent = text;
    say(text);
  };
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (event.submitter);
    if (isBusy || !button) return;
    isBusy = true;
    tell(told.dataset.busy ?? "");
    try {
      tell(await save(form, button.value, readIds, told));
    } catch (error) {
      console.warn("The papers could not be exported:", error);
      tell(told.dataset.failed ?? "");
    }
    isBusy = false;
  });
}

/**
 * Save the file; return what to tell the reader.
 *
 * @param {HTMLFormElement} form
 * @param {string} format
 * @param {(most: number) => Promise<string[]>} readIds
 * @param {HTMLElement} told
 */
async function save(form, format, readIds, told) {
  const { most, name = "" } = form.dataset;
  const ids = await readIds(Number(most));
  await saveExport(form.action, ids, format, name);
  return fillNumber(told.dataset.done, ids.length, told.dataset.doneOne);
}

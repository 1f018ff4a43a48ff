// @ts-check
// The page of what a browser remembers: the reader can change it, take it along, erase it.

import { dropUnknown, showCategories } from "./categories.js";
import { offerExports } from "./exports.js";
import { findPart } from "./part.js";
import { keepSettings } from "./settings.js";
import { showStars } from "./stars.js";
import { showWords } from "./words.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

const TOLD_MS = 10_000;

/**
 * @param {HTMLElement} root
 * @param {Memory} memory
 * @param {(blocks: Iterable<Element>) => void} typeset
 * @param {() => void} showFollowed shows what is followed, and what is new there
 */
export function startMe(root, memory, typeset, showFollowed) {
  findPart(root, "[data-kept]").hidden = false;
  const tell = makeTeller(findPart(root, "[data-told]"));
  const show = async () => {
    dropUnknown(root, memory);
    showWords(root, memory);
    showCategories(root, memory);
    showFollowed();
    keepSettings(root, memory);
    await showStars(root, memory, () => tell("failed"));
    typeset(root.querySelectorAll("[data-starred]"));
  };
  const changed = (/** @type {string} */ told) => {
    tell(told);
    void show();
  };
  offerExports(root, memory, { tell, changed });
  offerErasing(root, () => {
    memory.erase();
    changed("erased");
  });
  addEventListener("storage", () => void show());
  void show();
}

/**
 * Return a function that tells the reader one of the element's texts for a while.
 *
 * @param {HTMLElement} told
 */
function makeTeller(told) {
  let timer = 0;
  return (/** @type {string} */ name) => {
    told.textContent = told.dataset[name] ?? "";
    clearTimeout(timer);
    timer = Number(setTimeout(() => told.replaceChildren(), TOLD_MS));
  };
}

/** @param {HTMLElement} root @param {() => void} erase called once the reader is sure */
function offerErasing(root, erase) {
  const sure = /** @type {HTMLDialogElement} */ (findPart(root, "[data-sure]"));
  findPart(root, "[data-erase]").addEventListener("click", () => {
    sure.returnValue = "";
    sure.showModal();
  });
  sure.addEventListener("close", () => {
    if (sure.returnValue === "yes") erase();
  });
}

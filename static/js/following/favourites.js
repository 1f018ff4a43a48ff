// @ts-check
// Makes the links to listings lead to the categories that the reader follows.

import { lengthen } from "../dom/addresses.js";

/** @param {import("../memory/memory.js").Memory} memory */
export function linkFavourites(memory) {
  for (const link of document.querySelectorAll("a[data-favourites]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.dataset.otherwise ??= link.getAttribute("href") ?? "";
    const categories = memory.writeExpression();
    link.href = categories
      ? lengthen(link.dataset.favourites ?? "", categories)
      : link.dataset.otherwise;
    const name = link.querySelector(".name");
    if (!(name instanceof HTMLElement) || !link.dataset.mineLabel) continue;
    name.dataset.otherwise ??= name.textContent ?? "";
    name.textContent = categories
      ? link.dataset.mineLabel
      : name.dataset.otherwise;
  }
}

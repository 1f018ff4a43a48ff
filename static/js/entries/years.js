// @ts-check
// Lets a reader choose years in the diagrams of a search.

import { Years } from "../search/years.js";

for (const svg of document.querySelectorAll("svg.years")) {
  const told = /** @type {HTMLElement | null} */ (svg.nextElementSibling);
  const years = new Years(/** @type {SVGSVGElement} */ (svg), told, (url) =>
    location.assign(url),
  );
  years.start();
}

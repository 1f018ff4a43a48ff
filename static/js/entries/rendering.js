// @ts-check
// The page that shows the dialect: what is typed is rendered at once, hard cases below.

import { MarkdownStream } from "../markdown/stream.js";
import { typesetIn } from "./formulas.js";

const source = /** @type {HTMLTextAreaElement} */ (
  document.querySelector("#source")
);
const result = /** @type {HTMLElement} */ (document.querySelector("#result"));
const live = new MarkdownStream(result);

let isDue = false;
source.addEventListener("input", () => {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    show();
  });
});
show();
for (const place of document.querySelectorAll(".case"))
  showCase(/** @type {HTMLElement} */ (place));

function show() {
  live.replace(source.value);
  typesetIn([result]);
}

/** @param {HTMLElement} place */
function showCase(place) {
  const markdown = place.querySelector("pre")?.textContent ?? "";
  const shown = /** @type {HTMLElement} */ (place.querySelector("[data-case]"));
  new MarkdownStream(shown).replace(markdown);
  typesetIn([shown]);
  const button = /** @type {HTMLButtonElement} */ (
    place.querySelector("button")
  );
  button.hidden = false;
  button.addEventListener("click", () => {
    source.value = markdown;
    show();
    source.focus();
    source.scrollIntoView({ block: "center" });
  });
}

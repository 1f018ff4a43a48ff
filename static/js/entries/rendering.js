// @ts-check
// Starts the page that shows the dialect: a field to type into, and hard cases.

import { LiveMarkdown } from "../markdown/live.js";
import { typesetIn } from "./formulas.js";

const source = document.querySelector("#source");
const result = document.querySelector("#result");
if (source instanceof HTMLTextAreaElement && result instanceof HTMLElement) {
  const live = new LiveMarkdown(source, result, typesetIn);
  live.start();
  for (const place of document.querySelectorAll(".case"))
    if (place instanceof HTMLElement) live.addExample(place);
}

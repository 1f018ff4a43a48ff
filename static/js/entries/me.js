// @ts-check
// Starts the page of what this browser remembers.

import { showFollowed } from "../following/followed.js";
import { startMe } from "../me/page.js";
import { typesetIn } from "./formulas.js";
import { cards, memory } from "./page.js";

const root = document.querySelector("[data-me]");
if (root instanceof HTMLElement)
  startMe(root, memory, typesetIn, () => showFollowed(memory, cards.before));

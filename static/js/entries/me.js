// @ts-check
// Starts the page of what this browser remembers.

import { startMe } from "../me/page.js";
import { typesetIn } from "./formulas.js";
import { memory } from "./page.js";

const root = document.querySelector("[data-me]");
if (root instanceof HTMLElement) startMe(root, memory, typesetIn);

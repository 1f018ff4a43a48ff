// @ts-check
// Keeps the categories that the reader chooses among all of them.

import { keepChoices } from "../following/categories.js";
import { memory } from "./page.js";

const form = document.querySelector("form[data-follow]");
if (form instanceof HTMLFormElement) keepChoices(form, memory);

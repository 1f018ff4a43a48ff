// @ts-check
// Starts the front page: the way to the reader's own listing, and the search box.

import { focusInput } from "../dom/focus.js";
import { showFollowed } from "../following/followed.js";
import { showMine } from "../following/mine.js";
import { cards, memory } from "./page.js";

if (document.querySelector(".hero")) {
  void showMine(memory, cards.before);
  showFollowed(memory, cards.before);
  addEventListener("storage", () => showFollowed(memory, cards.before));
  if (matchMedia("(pointer: fine)").matches) focusInput("input[type=search]");
}

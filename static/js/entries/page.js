// @ts-check
// Starts what every page has: its memory, the buttons and keys of its cards, its dialogs.

import { Cards } from "../cards/cards.js";
import { listenToKeys } from "../keyboard/keys.js";
import { keepList, showNeighbours } from "../cards/neighbours.js";
import { undoLast } from "../cards/undo.js";
import { offerViews, turnView } from "../cards/views.js";
import { closeByButtons, closeMenus, openDialog } from "../dom/dialogs.js";
import { focusInput, leaveSearch } from "../dom/focus.js";
import { linkFavourites } from "../following/favourites.js";
import { openFind } from "../listing/fold.js";
import { offerAppearance } from "../me/appearance.js";
import { Memory } from "../memory/memory.js";

/** What this browser remembers. */
export const memory = new Memory();
/** The cards of this page. */
export const cards = new Cards(memory);

const openHelp = () => openDialog("keys");

cards.start();
/** What keys do on this page, besides what they do with a card. */
/** @type {import("../keyboard/keys.js").Actions} */
export const actions = {
  search: () => focusInput("input[type=search]"),
  find: openFind,
  help: openHelp,
  undo: undoLast,
  view: () => {
    turnView(memory);
    return true;
  },
};
listenToKeys(memory, actions);
offerViews(memory);
closeByButtons();
closeMenus();
keepList();
showNeighbours();
offerAppearance(memory);
for (const button of document.querySelectorAll("[data-keys]"))
  button.addEventListener("click", openHelp);
document
  .querySelector("[data-open-find]")
  ?.addEventListener("click", (event) => {
    if (openFind()) event.preventDefault();
  });
linkFavourites(memory);
addEventListener("categories", () => linkFavourites(memory));
addEventListener("keydown", leaveSearch);

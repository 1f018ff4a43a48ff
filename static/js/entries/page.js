// @ts-check
// Starts what every page has: its memory, the buttons and keys of its cards, its dialogs.

import { Cards } from "../cards/cards.js";
import { listenToKeys } from "../cards/keys.js";
import { offerViews, turnView } from "../cards/views.js";
import { closeByButtons, openDialog } from "../dom/dialogs.js";
import { focusInput } from "../dom/focus.js";
import { linkFavourites } from "../listing/favourites.js";
import { openFind } from "../listing/fold.js";
import { Memory } from "../memory/memory.js";

/** What this browser remembers. */
export const memory = new Memory();
/** The cards of this page. */
export const cards = new Cards(memory);

const openHelp = () => openDialog("keys");

cards.start();
listenToKeys(memory, {
  search: () => focusInput("input[type=search]"),
  find: openFind,
  help: openHelp,
  view: () => {
    turnView(memory);
    return true;
  },
});
offerViews(memory);
closeByButtons();
document.querySelector("[data-keys]")?.addEventListener("click", openHelp);
document
  .querySelector("[data-open-find]")
  ?.addEventListener("click", (event) => {
    if (openFind()) event.preventDefault();
  });
linkFavourites(memory);

// @ts-check
// Starts a listing: its cards, the form that finds words in it, its month, its preference.

import { undoLast } from "../cards/undo.js";
import { offerExport } from "../exports/menu.js";
import { makeSeeAll, offerSeeAll } from "../listing/all-seen.js";
import { attendFind } from "../listing/find.js";
import { Listing } from "../listing/listing.js";
import { Matches } from "../listing/matches.js";
import { offerPreference } from "../listing/preference.js";
import { readOrder, takeIds } from "../listing/source.js";
import { showSummaries } from "../summaries/folds.js";
import { typesetIn } from "./formulas.js";
import { actions, cards, memory } from "./page.js";

const list = document.querySelector("[data-feed]");
const form = document.querySelector(".find form");
/** @type {(() => void) | undefined} */ let mark;
/** @type {Matches | undefined} */ let matches;
if (list instanceof HTMLElement) {
  const listing = new Listing(list, cards, (added) => {
    showSummaries(list, typesetIn);
    typesetIn(added);
    mark?.();
  });
  if (form instanceof HTMLFormElement)
    matches = new Matches(form, list.dataset.api ?? "", (id) =>
      listing.goTo(id),
    );
  listing.start();
}
if (form instanceof HTMLFormElement) mark = attendFind(form, memory, matches);
if (list instanceof HTMLElement) {
  offerExport((most) => takeIds(readOrder(list, 0), most));
  const seeAll = makeSeeAll(list, cards, memory);
  offerSeeAll(seeAll, undoLast);
  actions.seeAll = () => {
    void seeAll();
    return true;
  };
}
if (document.querySelector(".listing")) offerPreference(memory);
document
  .querySelector("[data-open-month]")
  ?.addEventListener("click", () =>
    document.querySelector(".month-fold")?.setAttribute("open", ""),
  );

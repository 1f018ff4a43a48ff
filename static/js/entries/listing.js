// @ts-check
// Starts a listing: its cards, the form that finds words in it, its month, its preference.

import { attendFind } from "../listing/find.js";
import { Listing } from "../listing/listing.js";
import { offerPreference } from "../listing/preference.js";
import { showSummaries } from "../summaries/folds.js";
import { typesetIn } from "./formulas.js";
import { cards, memory } from "./page.js";

const list = document.querySelector("[data-feed]");
const form = document.querySelector(".find form");
const mark = form instanceof HTMLFormElement ? attendFind(form, memory) : null;
if (list instanceof HTMLElement)
  new Listing(list, cards, (added) => {
    showSummaries(list, typesetIn);
    typesetIn(added);
    mark?.();
  }).start();
offerPreference(memory);
document
  .querySelector("[data-open-month]")
  ?.addEventListener("click", () =>
    document.querySelector(".month-fold")?.setAttribute("open", ""),
  );

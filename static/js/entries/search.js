// @ts-check
// Starts the result of a search: its pages load on, keys turn them, and its diagrams of
// years let a reader choose some.

import { offerExport } from "../exports/menu.js";
import { offerFollowing } from "../following/button.js";
import { fetchOrder, takeIds } from "../listing/source.js";
import { Results } from "../search/results.js";
import { tellState } from "../search/told.js";
import { Years } from "../search/years.js";
import { showSummaries } from "../summaries/folds.js";
import { typesetIn } from "./formulas.js";
import { actions, cards, memory } from "./page.js";

const IDS_AT_ONCE = 200;

const list = document.querySelector("[data-results]");
if (list instanceof HTMLOListElement) {
  const results = new Results(list, {
    added(fresh) {
      cards.ready(fresh);
      showSummaries(list, typesetIn);
      typesetIn(fresh);
    },
    told: (...told) => tellState(list, ...told),
  });
  document
    .querySelector("[data-results-retry]")
    ?.addEventListener("click", () => results.showMore());
  document
    .querySelector("[data-earlier] a")
    ?.addEventListener("click", (event) => {
      event.preventDefault();
      void results.showEarlier();
    });
  actions.on = () => results.turn(1);
  actions.back = () => results.turn(-1);
  results.start();
  const { api = "" } = list.dataset;
  offerExport((most) => takeIds(fetchOrder(api, 0, IDS_AT_ONCE), most));
}
offerFollowing(memory);
for (const svg of document.querySelectorAll("svg.years")) {
  const told = /** @type {HTMLElement | null} */ (svg.nextElementSibling);
  const years = new Years(/** @type {SVGSVGElement} */ (svg), told, (url) =>
    location.assign(url),
  );
  years.start();
}

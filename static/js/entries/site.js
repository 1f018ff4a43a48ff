// @ts-check
// Starts every page: one script, which the browser keeps from page to page. Each part
// starts only where its page has what it needs.

import { Completion } from "../search/completion.js";
import { showSummaries } from "../summaries/folds.js";
import "./categories.js";
import { typesetIn } from "./formulas.js";
import "./home.js";
import "./listing.js";
import "./me.js";
import "./page.js";
import "./search.js";

export { formulas } from "./formulas.js";

for (const form of document.querySelectorAll("form[data-suggest]"))
  if (form instanceof HTMLFormElement)
    new Completion(form, (url) => location.assign(url)).start();
showSummaries(document, typesetIn);
if (document.querySelector("#source"))
  void import("../markdown/live.js").then(({ startLive }) =>
    startLive(typesetIn),
  );

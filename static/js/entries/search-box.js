// @ts-check
// Completes what is typed into the search boxes of a page.

import { Completion } from "../search/completion.js";

for (const form of document.querySelectorAll("form[data-suggest]"))
  if (form instanceof HTMLFormElement)
    new Completion(form, (url) => location.assign(url)).start();

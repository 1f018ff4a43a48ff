// @ts-check
// Shows summaries when their folds are opened: Markdown that is in the page, or is fetched.

import { fetchSummary, makeSource } from "./fetched.js";

/** @typedef {(blocks: Iterable<Element>) => void} Typeset typesets the formulas of blocks */
/** @typedef {(fold: HTMLDetailsElement, typeset: Typeset) => Promise<void>} Show */

/**
 * Show the summaries of a part of the page once their folds are opened.
 *
 * @param {ParentNode} root
 * @param {Typeset} typeset
 */
export function showSummaries(root, typeset) {
  for (const fold of root.querySelectorAll(
    "details.document:not([data-ready])",
  )) {
    if (!(fold instanceof HTMLDetailsElement)) continue;
    fold.dataset.ready = "";
    const show = fold.dataset.summaries ? showFetched : showOwn;
    showOnceOpen(fold, () => show(fold, typeset));
  }
}

/**
 * @param {HTMLDetailsElement} fold
 * @param {() => Promise<void>} show called once, and again only where it failed
 */
function showOnceOpen(fold, show) {
  let state = "";
  const look = async () => {
    if (!fold.open || state) return;
    state = "busy";
    try {
      await show();
      state = "done";
    } catch (error) {
      state = "";
      console.warn("The summary is not shown:", error);
    }
  };
  fold.addEventListener("toggle", look);
  void look();
}

/** @type {Show} */
async function showOwn(fold, typeset) {
  for (const place of fold.querySelectorAll("[data-markdown]")) {
    const level = Number(place.getAttribute("data-markdown"));
    await fill(place, place.textContent ?? "", level, typeset);
  }
}

/** @type {Show} */
async function showFetched(fold, typeset) {
  const { summaries = "", failed = "", outdated = "" } = fold.dataset;
  const { lang } = document.documentElement;
  const status = fold.querySelector("[role=status]") ?? addStatus(fold);
  fold.setAttribute("aria-busy", "true");
  try {
    const summary = await fetchSummary(summaries, lang);
    const place = makePlace(summary.language);
    const source = makeSource(summary, outdated);
    fold.querySelector(".elsewhere")?.before(source, place);
    await fill(place, summary.markdown, 3, typeset);
    status.textContent = "";
  } catch (error) {
    status.textContent = failed;
    throw error;
  } finally {
    fold.removeAttribute("aria-busy");
  }
}

/** @param {HTMLDetailsElement} fold */
function addStatus(fold) {
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  fold.append(status);
  return status;
}

/** @param {string} language */
function makePlace(language) {
  const place = document.createElement("div");
  place.className = "markdown";
  place.lang = language;
  return place;
}

/**
 * Render Markdown into a place. The modules for it are loaded when they are first needed.
 *
 * @param {Element} place
 * @param {string} markdown
 * @param {number} level of the highest heading
 * @param {Typeset} typeset
 */
async function fill(place, markdown, level, typeset) {
  const { render } = await import("../markdown/render.js");
  const { fitHeadings } = await import("../markdown/headings.js");
  const fragment = render(markdown);
  fitHeadings(fragment, level);
  place.replaceChildren(fragment);
  typeset(place.children);
}

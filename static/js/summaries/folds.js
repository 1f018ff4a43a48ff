// @ts-check
// Shows the summaries of a page: Markdown that the page has, once it is unfolded, and
// Markdown that is fetched when a card's fold is opened.

import { typesetIn } from "../entries/formulas.js";

/**
 * A summary as the JSON API has it.
 *
 * @typedef {{language: string, author: string, created: string, outdated: boolean,
 *   markdown: string}} Summary
 */

showSummaries(document);

/**
 * Show the summaries in a part of the page once they are unfolded.
 *
 * @param {ParentNode} root
 */
export function showSummaries(root) {
  for (const fold of root.querySelectorAll(
    "details.document:not([data-ready])",
  )) {
    if (!(fold instanceof HTMLDetailsElement)) continue;
    fold.dataset.ready = "";
    whenOpen(fold, fold.dataset.summaries ? showFetched : showOwn);
  }
}

/**
 * @param {HTMLDetailsElement} fold
 * @param {(fold: HTMLDetailsElement) => Promise<void>} show called once, unless it fails
 */
function whenOpen(fold, show) {
  let state = "";
  const look = async () => {
    if (!fold.open || state) return;
    state = "busy";
    try {
      await show(fold);
      state = "done";
    } catch (error) {
      state = "";
      console.warn("The summary is not shown:", error);
    }
  };
  fold.addEventListener("toggle", look);
  void look();
}

/** @param {HTMLDetailsElement} fold */
async function showOwn(fold) {
  for (const place of fold.querySelectorAll("[data-markdown]"))
    await fill(
      /** @type {HTMLElement} */ (place),
      place.textContent ?? "",
      Number(place.getAttribute("data-markdown")),
    );
}

/** @param {HTMLDetailsElement} fold */
async function showFetched(fold) {
  const status = fold.querySelector("[role=status]") ?? statusOf(fold);
  fold.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(fold.dataset.summaries ?? "");
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const { data } = await answer.json();
    const summary = inLanguage(data, document.documentElement.lang);
    if (!summary) throw new Error("there is none");
    await fill(placed(fold, summary), summary.markdown, 3);
    status.textContent = "";
  } catch (error) {
    status.textContent = fold.dataset.failed ?? "";
    throw error;
  } finally {
    fold.removeAttribute("aria-busy");
  }
}

/** @param {HTMLDetailsElement} fold */
function statusOf(fold) {
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  fold.append(status);
  return status;
}

/**
 * @param {Summary[]} summaries
 * @param {string} language
 */
function inLanguage(summaries, language) {
  const spoken = summaries.find(
    (one) => one.language.split("-")[0] === language,
  );
  return spoken ?? summaries[0];
}

/**
 * Return the place of a summary's text, below who wrote it and when.
 *
 * @param {HTMLDetailsElement} fold
 * @param {Summary} summary
 */
function placed(fold, summary) {
  const source = document.createElement("p");
  source.className = summary.outdated ? "outdated" : "made";
  source.textContent = `${summary.author}, ${summary.created.slice(0, 10)}.`;
  if (summary.outdated) source.append(` ${fold.dataset.outdated}`);
  const place = document.createElement("div");
  place.className = "markdown";
  place.lang = summary.language;
  fold.querySelector(".elsewhere")?.before(source, place);
  return place;
}

/**
 * Render Markdown into a place, its headings below one of a level.
 *
 * @param {HTMLElement} place
 * @param {string} markdown
 * @param {number} level
 */
async function fill(place, markdown, level) {
  const { render } = await import("../markdown/render.js");
  const { underHeadings } = await import("../markdown/headings.js");
  const fragment = render(markdown);
  underHeadings(fragment, level);
  place.replaceChildren(fragment);
  typesetIn(place.children);
}

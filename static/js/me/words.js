// @ts-check
// The words of the papers that were opened, as a cloud and as a table.

import { findPlace, focusNear } from "../dom/focus.js";
import { formatNumber } from "../dom/numbers.js";
import { draw } from "./cloud.js";
import { findPart, makeRemoveButton } from "./part.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

const DRAWN = 100;
const DIGITS = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** @param {HTMLElement} root @param {Memory} memory */
export function showWords(root, memory) {
  const words = memory.rankWords();
  const cloud = root.querySelector("[data-cloud]");
  const body = findPart(root, "[data-words]");
  findPart(root, "[data-no-words]").hidden = words.length > 0;
  findPart(root, "[data-word-table]").hidden = !words.length;
  cloud?.toggleAttribute("hidden", !words.length);
  if (cloud instanceof SVGSVGElement)
    draw(cloud, words.slice(0, DRAWN), (word) => makeSearchUrl(root, word));
  const times = memory.words.get();
  body.replaceChildren(
    ...words.map(({ word, weight }) =>
      makeRow(root, body, word, weight, times[word].at),
    ),
  );
  body.onclick = (event) => {
    const button = /** @type {HTMLElement} */ (event.target);
    const { word } = button.dataset;
    if (word === undefined) return;
    const place = findPlace(body, button);
    memory.words.change((kept) => {
      delete kept[word];
    });
    showWords(root, memory);
    focusNear(body, place);
  };
}

/** @param {HTMLElement} root @param {string} word */
function makeSearchUrl(root, word) {
  const url = new URL(root.dataset.search ?? "", location.href);
  url.searchParams.set("q", word);
  return url.href;
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} body
 * @param {string} word
 * @param {number} weight
 * @param {number} at
 */
function makeRow(root, body, word, weight, at) {
  const { lang } = document.documentElement;
  const row = document.createElement("tr");
  const link = document.createElement("a");
  link.href = makeSearchUrl(root, word);
  link.textContent = word;
  const button = makeRemoveButton(`${body.dataset.remove}: ${word}`, { word });
  const day = new Date(at).toLocaleDateString(lang, { dateStyle: "medium" });
  for (const cell of [link, formatNumber(weight, DIGITS), day, button]) {
    const place = document.createElement("td");
    place.append(cell);
    row.append(place);
  }
  return row;
}

// @ts-check
// The words of what was opened, as a cloud and as a table.

import { written } from "../dom/numbers.js";
import { draw } from "./cloud.js";
import { focusNear, placeOf } from "./focus.js";
import { part, removing } from "./part.js";

/** @typedef {import("../memory/memory.js").History} History */

const DRAWN = 100;
const DIGITS = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** @param {HTMLElement} root @param {History} history */
export function showWords(root, history) {
  const words = history.cloud();
  const cloud = root.querySelector("[data-cloud]");
  const body = part(root, "[data-words]");
  part(root, "[data-no-words]").hidden = words.length > 0;
  part(root, "[data-word-table]").hidden = !words.length;
  cloud?.toggleAttribute("hidden", !words.length);
  if (cloud instanceof SVGSVGElement)
    draw(cloud, words.slice(0, DRAWN), (word) => searchOf(root, word));
  const times = history.words.get();
  body.replaceChildren(
    ...words.map(({ word, weight }) =>
      rowOf(root, body, word, weight, times[word].at),
    ),
  );
  body.onclick = (event) => {
    const button = /** @type {HTMLElement} */ (event.target);
    const { word } = button.dataset;
    if (word === undefined) return;
    const place = placeOf(body, button);
    history.words.change((kept) => {
      delete kept[word];
    });
    showWords(root, history);
    focusNear(body, place);
  };
}

/** @param {HTMLElement} root @param {string} word */
function searchOf(root, word) {
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
function rowOf(root, body, word, weight, at) {
  const { lang } = document.documentElement;
  const row = document.createElement("tr");
  const link = document.createElement("a");
  link.href = searchOf(root, word);
  link.textContent = word;
  const button = removing(`${body.dataset.remove}: ${word}`, { word });
  const day = new Date(at).toLocaleDateString(lang, { dateStyle: "medium" });
  for (const cell of [link, written(weight, DIGITS), day, button]) {
    const place = document.createElement("td");
    place.append(cell);
    row.append(place);
  }
  return row;
}

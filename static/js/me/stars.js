// @ts-check
// The starred papers of this browser: their titles, asked of the server by id, and exports.

import { proseInto } from "../math/prose.js";
import { written } from "../dom/numbers.js";
import { counted } from "../cards/stars.js";
import { focusNear, placeOf } from "./focus.js";
import { part, removing } from "./part.js";

/** @typedef {import("../memory/memory.js").History} History */
/** @typedef {{id: string, title: string, submitted: string}} Paper */

const AT_ONCE = 50;
const MOST_LISTED = 500;
const MOST_LIKED = 100;

/** How often the stars have been shown; what an earlier time still waits for is void. */
let runs = 0;

/**
 * Show the stars in their section.
 *
 * @param {HTMLElement} root
 * @param {History} history
 * @param {() => void} failed
 */
export function showStars(root, history, failed) {
  const list = part(root, "[data-starred]");
  const more = part(root, "[data-more-stars]");
  const { papers = "", listing = "", related = "" } = root.dataset;
  let shown = 0;

  const frame = () => {
    const ids = history.starred();
    part(root, "[data-star-count]").textContent = ids.length
      ? written(ids.length)
      : "";
    part(root, "[data-no-stars]").hidden = ids.length > 0;
    part(root, "[data-star-links]").hidden = !ids.length;
    link(part(root, "[data-open]"), listing, (url) => {
      url.pathname += ids.slice(0, MOST_LISTED).join(",");
    });
    link(part(root, "[data-like]"), related, (url) =>
      url.searchParams.set("like", ids.slice(0, MOST_LIKED).join(",")),
    );
  };

  const run = ++runs;
  const next = async () => {
    const ids = history.starred().slice(shown, shown + AT_ONCE);
    shown += ids.length;
    try {
      const found = ids.length ? await batch(papers, ids) : [];
      if (run !== runs) return; // another tab has changed something meanwhile
      list.append(...ids.map((id, n) => itemOf(root, list, id, found[n])));
    } catch {
      shown -= ids.length;
      failed();
    }
    more.hidden = shown >= history.starred().length;
  };

  list.onclick = (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button?.dataset.id) return;
    history.toggleStar(button.dataset.id, []);
    void counted(button.dataset.id, false);
    const place = placeOf(list, button);
    button.closest("li")?.remove();
    shown -= 1;
    frame();
    focusNear(list, place);
  };
  more.onclick = next;
  list.replaceChildren();
  frame();
  return next();
}

/** @param {string} url @param {string[]} ids @returns {Promise<(Paper | null)[]>} */
async function batch(url, ids) {
  const answer = await sent(url, { ids });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).data;
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} list
 * @param {string} id
 * @param {Paper | null} paper
 */
function itemOf(root, list, id, paper) {
  const item = document.createElement("li");
  const { remove = "", unknown = "" } = list.dataset;
  const title = document.createElement(paper ? "a" : "span");
  if (title instanceof HTMLAnchorElement)
    link(title, root.dataset.paper ?? "", (url) => {
      url.pathname += id;
    });
  if (paper) proseInto(title, paper.title);
  else title.textContent = `${id} (${unknown})`;
  const button = removing(`${remove}: ${paper?.title ?? id}`, { id });
  button.title = remove;
  item.append(title, " ", paper ? `(${paper.submitted})` : "", " ", button);
  return item;
}

/**
 * Return starred papers as a reference manager takes them, "" where the library has none.
 *
 * @param {string} url
 * @param {string[]} ids
 * @param {string} format
 */
export async function exportOf(url, ids, format) {
  const answer = await sent(url, { ids, format });
  if (answer.status === 404) return "";
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.text();
}

/** @param {string} url @param {object} body */
function sent(url, body) {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** @param {Element} element @param {string} base @param {(url: URL) => void} change */
function link(element, base, change) {
  const url = new URL(base, location.href);
  change(url);
  /** @type {HTMLAnchorElement} */ (element).href = url.href;
}

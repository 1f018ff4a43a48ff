// @ts-check
// The starred papers of this browser; the server gives their titles and exports by id.

import { sendStar } from "../cards/stars.js";
import { formatDay } from "../dom/days.js";
import { findPlace, focusNear } from "../dom/focus.js";
import { formatNumber } from "../dom/numbers.js";
import { writeProse } from "../math/prose.js";
import { findPart, makeRemoveButton } from "./part.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */
/** @typedef {{id: string, title: string, submitted: string}} Paper */

const AT_ONCE = 50;
const MOST_LISTED = 500;
const MOST_LIKED = 100;

/** How often the stars have been shown; answers for an earlier time are dropped. */
let runs = 0;

/**
 * Show the stars in their section.
 *
 * @param {HTMLElement} root
 * @param {Memory} memory
 * @param {() => void} failed
 */
export function showStars(root, memory, failed) {
  const list = findPart(root, "[data-starred]");
  const more = findPart(root, "[data-more-stars]");
  const { papers = "", listing = "", related = "" } = root.dataset;
  let shown = 0;

  const frame = () => {
    const ids = memory.listStars();
    findPart(root, "[data-star-count]").textContent = ids.length
      ? formatNumber(ids.length)
      : "";
    findPart(root, "[data-no-stars]").hidden = ids.length > 0;
    findPart(root, "[data-star-links]").hidden = !ids.length;
    setLink(findPart(root, "[data-open]"), listing, (url) => {
      url.pathname += ids.slice(0, MOST_LISTED).join(",");
    });
    setLink(findPart(root, "[data-like]"), related, (url) =>
      url.searchParams.set("like", ids.slice(0, MOST_LIKED).join(",")),
    );
  };

  const run = ++runs;
  const next = async () => {
    const ids = memory.listStars().slice(shown, shown + AT_ONCE);
    shown += ids.length;
    try {
      const found = ids.length ? await fetchPapers(papers, ids) : [];
      if (run !== runs) return; // another tab has changed something meanwhile
      list.append(...ids.map((id, n) => makeItem(root, list, id, found[n])));
    } catch {
      shown -= ids.length;
      failed();
    }
    more.hidden = shown >= memory.listStars().length;
  };

  list.onclick = (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button?.dataset.id) return;
    memory.toggleStar(button.dataset.id, []);
    void sendStar(button.dataset.id, false);
    const place = findPlace(list, button);
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
async function fetchPapers(url, ids) {
  const answer = await send(url, { ids });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).data;
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} list
 * @param {string} id
 * @param {Paper | null} paper
 */
function makeItem(root, list, id, paper) {
  const item = document.createElement("li");
  const { remove = "", unknown = "" } = list.dataset;
  const title = document.createElement(paper ? "a" : "span");
  if (title instanceof HTMLAnchorElement)
    setLink(title, root.dataset.paper ?? "", (url) => {
      url.pathname += id;
    });
  if (paper) writeProse(title, paper.title);
  else title.textContent = `${id} (${unknown})`;
  const button = makeRemoveButton(`${remove}: ${paper?.title ?? id}`, { id });
  button.title = remove;
  item.append(
    title,
    " ",
    paper ? `(${formatDay(paper.submitted)})` : "",
    " ",
    button,
  );
  return item;
}

/** @param {string} url @param {object} body */
function send(url, body) {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** @param {Element} element @param {string} base @param {(url: URL) => void} change */
function setLink(element, base, change) {
  const url = new URL(base, location.href);
  change(url);
  /** @type {HTMLAnchorElement} */ (element).href = url.href;
}

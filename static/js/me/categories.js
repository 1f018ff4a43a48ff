// @ts-check
// The categories that are followed or left out.

import { focusNear, placeOf } from "./focus.js";
import { part, removing } from "./part.js";

/** @typedef {import("../memory/memory.js").History} History */

/**
 * Drop the categories that arXiv does not have, which a file may have brought.
 *
 * @param {HTMLElement} root
 * @param {History} history
 */
export function dropUnknown(root, history) {
  const codes = new Set((root.dataset.codes ?? "").split(" "));
  const { follow, leave } = history.categories.get();
  if ([...follow, ...leave].every((code) => codes.has(code))) return;
  history.categories.change(() => ({
    follow: follow.filter((code) => codes.has(code)),
    leave: leave.filter((code) => codes.has(code)),
  }));
}

/** @param {HTMLElement} root @param {History} history */
export function showCategories(root, history) {
  const { follow, leave } = history.categories.get();
  const list = part(root, "[data-categories]");
  part(root, "[data-no-categories]").hidden = follow.length + leave.length > 0;
  list.replaceChildren(
    ...follow.map((code) => itemOf(list, code, "follow")),
    ...leave.map((code) => itemOf(list, code, "leave")),
  );
  const own = part(root, "[data-own-listing]");
  own.hidden = !follow.length;
  const link = /** @type {HTMLAnchorElement} */ (part(own, "a"));
  const url = new URL(root.dataset.listing ?? "", location.href);
  url.pathname += history.expression();
  link.href = url.href;
  list.onclick = (event) => {
    const button = /** @type {HTMLElement} */ (event.target);
    const { code, kind } = button.dataset;
    if (!code) return;
    const place = placeOf(list, button);
    history.choose(code, kind === "leave" ? "leave" : "follow");
    showCategories(root, history);
    focusNear(list, place);
  };
}

/** @param {HTMLElement} list @param {string} code @param {"follow" | "leave"} kind */
function itemOf(list, code, kind) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.className = "code notranslate";
  name.translate = false;
  name.textContent = code;
  const label = `${list.dataset.remove}: ${code}`;
  const button = removing(label, { code, kind });
  item.append(name, ` ${list.dataset[kind]} `, button);
  return item;
}

// @ts-check
// The list of the categories that the reader follows or leaves out.

import { lengthen } from "../dom/addresses.js";
import { findPlace, focusNear } from "../dom/focus.js";
import { findPart, makeRemoveButton } from "./part.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

/**
 * Drop the categories that arXiv does not have, which a file may have brought.
 *
 * @param {HTMLElement} root
 * @param {Memory} memory
 */
export function dropUnknown(root, memory) {
  const codes = new Set((root.dataset.codes ?? "").split(" "));
  const { follow, leave } = memory.categories.get();
  if ([...follow, ...leave].every((code) => codes.has(code))) return;
  memory.categories.change(() => ({
    follow: follow.filter((code) => codes.has(code)),
    leave: leave.filter((code) => codes.has(code)),
  }));
}

/** @param {HTMLElement} root @param {Memory} memory */
export function showCategories(root, memory) {
  const { follow, leave } = memory.categories.get();
  const list = findPart(root, "[data-categories]");
  findPart(root, "[data-no-categories]").hidden =
    follow.length + leave.length > 0;
  list.replaceChildren(
    ...follow.map((code) => makeItem(list, code, "follow")),
    ...leave.map((code) => makeItem(list, code, "leave")),
  );
  const own = findPart(root, "[data-own-listing]");
  own.hidden = !follow.length;
  const link = /** @type {HTMLAnchorElement} */ (findPart(own, "a"));
  link.href = lengthen(root.dataset.listing ?? "", memory.writeExpression());
  list.onclick = (event) => {
    const button = /** @type {HTMLElement} */ (event.target);
    const { code, kind } = button.dataset;
    if (!code) return;
    const place = findPlace(list, button);
    memory.choose(code, kind === "leave" ? "leave" : "follow");
    showCategories(root, memory);
    focusNear(list, place);
  };
}

/** @param {HTMLElement} list @param {string} code @param {"follow" | "leave"} kind */
function makeItem(list, code, kind) {
  const item = document.createElement("li");
  if (kind === "follow") item.dataset.search = `cat=${code}`;
  const count = document.createElement("span");
  count.className = "count";
  const name = document.createElement("span");
  name.className = "code notranslate";
  name.translate = false;
  name.textContent = code;
  const label = `${list.dataset.remove}: ${code}`;
  const button = makeRemoveButton(label, { code, kind });
  item.append(name, ` ${list.dataset[kind]} `, count, " ", button);
  return item;
}

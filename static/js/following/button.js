// @ts-check
// The button in the head of a result that follows its search.

import { keepUndo } from "../cards/undo.js";
import { say } from "../dom/status.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

/** @param {Memory} memory */
export function offerFollowing(memory) {
  const button = document.querySelector("button[data-follow-search]");
  if (!(button instanceof HTMLElement)) return;
  const {
    followSearch: search = "",
    full = "",
    on = "",
    off = "",
  } = button.dataset;
  const show = () => {
    const isFollowed = memory.searches.get().includes(search);
    button.setAttribute("aria-pressed", String(isFollowed));
    return isFollowed;
  };
  button.addEventListener("click", () => {
    const before = memory.searches.get();
    const isDone = memory.followSearch(search);
    const isFollowed = show();
    say(isDone ? (isFollowed ? on : off) : full);
    button.title = isDone ? "" : full;
    if (isDone)
      keepUndo(() => {
        memory.searches.change(() => before);
        show();
      });
  });
  for (const change of ["storage", "pageshow"]) addEventListener(change, show);
  show();
}

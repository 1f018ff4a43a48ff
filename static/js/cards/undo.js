// @ts-check
// Undoes what the reader has done last.

import { say } from "../dom/status.js";

const MOST = 50;

/** @type {(() => void)[]} */
const DONE = [];

/** Keep how to undo what was done. @param {() => void} undo */
export function keepUndo(undo) {
  DONE.push(undo);
  if (DONE.length > MOST) DONE.shift();
}

/** Undo what was done last on this page; tell whether there was anything. */
export function undoLast() {
  const undo = DONE.pop();
  if (!undo) return false;
  undo();
  say(
    document.querySelector("[data-status]")?.getAttribute("data-undone") ?? "",
  );
  return true;
}

// @ts-check
// Exports of what a browser remembers, and the import of such a file.

import { download } from "../dom/download.js";
import { saveExport } from "../exports/file.js";
import { exportMemory, importMemory } from "../memory/portable.js";
import { findPart } from "./part.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */
/**
 * @typedef {object} Listener
 * @property {(told: string) => void} tell tells the reader, by the name of a text
 * @property {(told: string) => void} changed tells the reader, and shows what has changed
 */

/** @param {HTMLElement} root @param {Memory} memory @param {Listener} listener */
export function offerExports(root, memory, listener) {
  root.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    const format = button?.dataset.format;
    if (format) void exportStars(root, memory, format, listener);
  });
  findPart(root, "[data-export-all]").addEventListener("click", () => {
    const text = JSON.stringify(exportMemory(memory), null, 1);
    download(text, "winnow-history.json");
  });
  const file = /** @type {HTMLInputElement} */ (
    findPart(root, "[data-import]")
  );
  findPart(root, "[data-choose-file]").addEventListener("click", () =>
    file.click(),
  );
  file.addEventListener("change", () => importFrom(file, memory, listener));
}

/**
 * @param {HTMLElement} root
 * @param {Memory} memory
 * @param {string} format
 * @param {Listener} listener
 */
async function exportStars(root, memory, format, { tell }) {
  try {
    const url = root.dataset.export ?? "";
    const ids = memory.listStars();
    if (!(await saveExport(url, ids, format, "starred"))) tell("unknown");
  } catch {
    tell("failed");
  }
}

/** @param {HTMLInputElement} file @param {Memory} memory @param {Listener} listener */
async function importFrom(file, memory, { tell, changed }) {
  try {
    importMemory(memory, JSON.parse((await file.files?.[0]?.text()) ?? ""));
    changed("imported");
  } catch {
    tell("bad");
  }
  file.value = "";
}

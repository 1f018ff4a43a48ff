// @ts-check
// Papers as a file in a format of reference managers, made by the server and saved here.

import { download } from "../dom/download.js";

/** @type {Record<string, string>} */
const ENDING = {
  bibtex: "bib",
  biblatex: "bib",
  ris: "ris",
  csl: "json",
  markdown: "md",
};

/**
 * Save papers as a file; tell whether the library has any of them.
 *
 * @param {string} url of the export
 * @param {string[]} ids
 * @param {string} format
 * @param {string} name of the file, without its ending
 * @throws {Error} if the server gives none
 */
export async function saveExport(url, ids, format, name) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ids, format }),
  });
  if (answer.status === 404) return false;
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  download(await answer.text(), `${name}.${ENDING[format]}`);
  return true;
}

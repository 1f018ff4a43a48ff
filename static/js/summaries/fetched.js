// @ts-check
// A summary fetched from the JSON API, in the reader's language where there is one.

/**
 * A summary as the JSON API has it.
 *
 * @typedef {{language: string, author: string, created: string, outdated: boolean,
 *   markdown: string}} Summary
 */

/**
 * Fetch a paper's summary.
 *
 * @param {string} url
 * @param {string} language
 * @returns {Promise<Summary>}
 * @throws {Error} if there is none
 */
export async function fetchSummary(url, language) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const { data } = await answer.json();
  const summary = chooseByLanguage(data, language);
  if (!summary) throw new Error("there is none");
  return summary;
}

/**
 * @param {Summary[]} summaries
 * @param {string} language
 */
function chooseByLanguage(summaries, language) {
  const spoken = summaries.find(
    (one) => one.language.split("-")[0] === language,
  );
  return spoken ?? summaries[0];
}

/**
 * Return a line that says who wrote a summary, and when.
 *
 * @param {Summary} summary
 * @param {string} outdated the note for a summary of an earlier version of the paper
 */
export function makeSource(summary, outdated) {
  const source = document.createElement("p");
  source.className = summary.outdated ? "outdated" : "made";
  source.textContent = `${summary.author}, ${summary.created.slice(0, 10)}.`;
  if (summary.outdated) source.append(` ${outdated}`);
  return source;
}

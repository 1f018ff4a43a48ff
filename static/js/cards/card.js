// @ts-check
// The text of a card, read from the page.

/** @param {Element} card */
export function readKeywords(card) {
  const words = card.getAttribute("keywords") ?? "";
  return words.split(",").filter(Boolean);
}

/**
 * Return the text of an element with its formulas as TeX, typeset or not.
 *
 * @param {Element | null} element
 */
export function readText(element) {
  if (!element) return "";
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const formula of copy.querySelectorAll(".tex")) {
    const { tex } = /** @type {HTMLElement} */ (formula).dataset;
    formula.textContent = `$${tex ?? formula.textContent}$`;
  }
  return (copy.textContent ?? "").replace(/[ \t\n]+/g, " ").trim();
}

/**
 * Return a paper as formatted and as plain text.
 *
 * @param {Element} card
 */
export function describe(card) {
  const title = readText(card.querySelector(".title"));
  const names = [...card.querySelectorAll(".author")];
  const authors = names.map((name) => name.textContent).join(", ");
  const summary = readText(card.querySelector(".summary"));
  const url = `https://arxiv.org/abs/${card.id}`;
  return {
    plain: `${title}\n${authors}\n${url}\n\n${summary}\n`,
    html:
      `<p><a href="${escapeHtml(url)}"><b>${escapeHtml(title)}</b></a><br>` +
      `${escapeHtml(authors)}<br>${escapeHtml(url)}</p><p>${escapeHtml(summary)}</p>`,
  };
}

/** @param {string} text */
function escapeHtml(text) {
  return text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "&quot;",
  );
}

// @ts-check
// What a card says, read from the page.

/** @param {Element} card */
export function keywordsOf(card) {
  const words = card.getAttribute("keywords") ?? "";
  return words.split(",").filter(Boolean);
}

/**
 * Return the text of an element with its formulas as TeX, typeset or not.
 *
 * @param {Element | null} element
 */
export function textOf(element) {
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
export function described(card) {
  const title = textOf(card.querySelector(".title"));
  const names = [...card.querySelectorAll(".author")];
  const authors = names.map((name) => name.textContent).join(", ");
  const summary = textOf(card.querySelector(".summary"));
  const url = `https://arxiv.org/abs/${card.id}`;
  return {
    plain: `${title}\n${authors}\n${url}\n\n${summary}\n`,
    html:
      `<p><a href="${escaped(url)}"><b>${escaped(title)}</b></a><br>` +
      `${escaped(authors)}<br>${escaped(url)}</p><p>${escaped(summary)}</p>`,
  };
}

/** @param {string} text */
function escaped(text) {
  return text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "&quot;",
  );
}

// @ts-check
// Makes the links to listings lead to the categories that the reader follows.

/** @param {import("../memory/memory.js").Memory} memory */
export function linkFavourites(memory) {
  const categories = memory.writeExpression();
  if (!categories) return;
  for (const link of document.querySelectorAll("a[data-favourites]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const url = new URL(link.dataset.favourites ?? "", location.href);
    url.pathname += categories;
    link.href = url.href;
  }
}

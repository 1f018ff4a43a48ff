// @ts-check
// Fits a document's headings into the outline of the page around it.

const HEADINGS = "h1, h2, h3, h4, h5, h6";
const LAST = 6;

/**
 * Move headings down or up, so that the greatest is of a level; the others keep their
 * distance from it, as far as there are levels.
 *
 * @param {ParentNode} fragment
 * @param {number} level
 */
export function fitHeadings(fragment, level) {
  const headings = [...fragment.querySelectorAll(HEADINGS)];
  const greatest = Math.min(...headings.map(readLevel));
  for (const heading of headings) {
    const wanted = Math.min(LAST, readLevel(heading) - greatest + level);
    if (wanted === readLevel(heading)) continue;
    const other = heading.ownerDocument.createElement(`h${wanted}`);
    other.append(...heading.childNodes);
    heading.replaceWith(other);
  }
}

/** @param {Element} heading */
function readLevel(heading) {
  return Number(heading.localName[1]);
}

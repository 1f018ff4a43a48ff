// @ts-check
// Makes the links of a document safe, and turns its pictures into links.

const SCHEMES = new Set(["http:", "https:", "mailto:"]);
const ANYWHERE = "https://winnow.invalid/"; // what a relative address is looked at from
const REL = "noopener noreferrer nofollow";

/**
 * Return an address as it may be linked to, or null. A browser ignores control
 * characters and white space that would hide a scheme, so they go first.
 *
 * @param {string} address
 */
function cleanAddress(address) {
  const bare = address.replace(/[\0-\x20\x7f-\x9f\u2028\u2029]/g, "");
  const scheme = /^([a-z][a-z0-9+.-]*:)/i.exec(bare)?.[1].toLowerCase();
  if (/^https?:(?!\/\/)/i.test(bare)) return null; // relative, for some pages
  if (!URL.canParse(bare, scheme ? undefined : ANYWHERE)) return null;
  if (scheme) return SCHEMES.has(scheme) ? bare : null;
  if (bare.startsWith("//") || bare.startsWith("/\\") || bare.includes(":"))
    return null;
  return bare || null;
}

/**
 * Make links safe, and pictures links: a text that was made up to do so could have a
 * picture's address carry away what it was shown.
 *
 * @param {ParentNode} fragment
 * @param {Document} document
 */
export function tame(fragment, document) {
  for (const picture of fragment.querySelectorAll("img"))
    picture.replaceWith(makeLink(picture, document));
  for (const link of fragment.querySelectorAll("a")) {
    const address = cleanAddress(link.getAttribute("href") ?? "");
    if (address === null) link.removeAttribute("href");
    else link.setAttribute("href", address);
    link.setAttribute("rel", REL);
  }
}

/** @param {Element} picture @param {Document} document */
function makeLink(picture, document) {
  const address = picture.getAttribute("src") ?? "";
  const isInLink = picture.closest("a") !== null;
  const name = picture.getAttribute("alt") || cleanAddress(address) || "🖼";
  const element = document.createElement(isInLink ? "span" : "a");
  element.className = "picture";
  element.textContent = name;
  if (!isInLink) element.setAttribute("href", address);
  return element;
}

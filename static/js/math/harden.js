// @ts-check
// Hardens a formula: it may not link, load, style, name, colour with addresses, or be larger
// than a page. This filters the tree that MathJax makes of the TeX, whatever command made an
// attribute; MathJax's own `safe` extension misses some.

export const MAX_NODES = 4_000;

const UNWANTED =
  /^(?:href|src|alt|altimg.*|style|class|id|xref|actiontype|selection|on\w+|xlink:.*|data-(?!latex|mjx-).*)$/i;
const COLOURED = /colou?r|background/i;
const COLOUR = /^(?:#[0-9a-f]{3,8}|[a-z]{3,24}|rgba?\([\d.,%\s]+\))$/i;
const SIZED =
  /^(?:width|height|depth|voffset|[lr]space|mathsize|minsize|maxsize|linethickness|(?:row|column)spacing|(?:row|column)width|framespacing|indentshift.*)$/;
const LENGTH = /(-?\d*\.?\d+(?:e\d+)?)\s*(em|ex|px|pt|pc|in|cm|mm|mu|%|)/gi;

/** @type {Record<string, number>} the most of each unit */
const MOST = {
  em: 40,
  ex: 80,
  px: 640,
  pt: 480,
  pc: 40,
  in: 7,
  cm: 18,
  mm: 180,
  mu: 720,
  "%": 200,
  "": 40,
};

/**
 * Remove forbidden attributes from a formula's tree: a post-filter of MathJax's TeX input.
 *
 * @param {{data: {root: {walkTree: (visit: (node: any) => void) => void}}}} parsed
 */
export function harden({ data }) {
  let count = 0;
  data.root.walkTree((node) => {
    count++;
    if (count > MAX_NODES) throw new Error("the formula is too large");
    const attributes = node.attributes?.getAllAttributes?.();
    for (const name of Object.keys(attributes ?? {})) {
      const kept = allow(name, attributes[name]);
      if (kept === null) delete attributes[name];
      else attributes[name] = kept;
    }
  });
}

/**
 * Return the value that an attribute may have, or null where it may have none.
 *
 * @param {string} name
 * @param {unknown} value
 */
export function allow(name, value) {
  if (UNWANTED.test(name)) return null;
  if (COLOURED.test(name)) return COLOUR.test(String(value)) ? value : null;
  if (!SIZED.test(name)) return value;
  const clamped = clamp(String(value));
  return clamped === String(value) ? value : clamped;
}

/** @param {string} value */
function clamp(value) {
  return value.replace(LENGTH, (whole, number, unit) => {
    const most = MOST[unit.toLowerCase()];
    return Math.abs(Number(number)) > most
      ? `${Math.sign(Number(number)) * most}${unit}`
      : whole;
  });
}

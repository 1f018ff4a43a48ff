// @ts-check
// A formula as MathML elements, from the tree that MathJax has made of its TeX: what
// screen readers read beside the drawn formula, and what a reader can copy.

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";

/** @type {Record<string, string>} what MathJax's own kinds of nodes are in MathML */
const NAMES = { TeXAtom: "mrow", MathChoice: "mrow" };

/** @type {Record<string, string>} what MathJax's own alphabets are in MathML */
const ALPHABETS = {
  "-tex-calligraphic": "script",
  "-tex-bold-calligraphic": "bold-script",
  "-tex-mathit": "italic",
  "-tex-oldstyle": "normal",
  "-tex-bold-oldstyle": "bold",
  "-tex-variant": "normal",
};

/**
 * Return a tree as a `math` element.
 *
 * @param {any} root
 * @param {Document} document
 */
export function mathElement(root, document) {
  return /** @type {Element} */ (nodesOf(root, document)[0]);
}

/**
 * @param {any} node
 * @param {Document} document
 * @returns {Node[]}
 */
function nodesOf(node, document) {
  if (node.isKind("text")) return [document.createTextNode(node.getText())];
  if (node.isKind("XML")) return [];
  const inside = node.childNodes.flatMap((/** @type {any} */ child) =>
    child ? nodesOf(child, document) : [],
  );
  if (node.isInferred) return inside;
  const element = document.createElementNS(
    NAMESPACE,
    NAMES[node.kind] ?? node.kind,
  );
  const attributes = node.attributes.getAllAttributes();
  for (const [name, value] of Object.entries(attributes))
    if (!name.startsWith("data-"))
      element.setAttribute(name, ALPHABETS[String(value)] ?? String(value));
  element.append(...inside);
  return [element];
}

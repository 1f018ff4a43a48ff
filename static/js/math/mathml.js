// @ts-check
// A formula as MathML, made from MathJax's tree of its TeX: for screen readers, and to copy.

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";

/** @type {Record<string, string>} MathML's names of MathJax's own kinds of nodes */
const NAMES = { TeXAtom: "mrow", MathChoice: "mrow" };

/** @type {Record<string, string>} MathML's names of MathJax's own alphabets */
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
export function makeMathElement(root, document) {
  return /** @type {Element} */ (makeNodes(root, document)[0]);
}

/**
 * @param {any} node
 * @param {Document} document
 * @returns {Node[]}
 */
function makeNodes(node, document) {
  if (node.isKind("text")) return [document.createTextNode(node.getText())];
  if (node.isKind("XML")) return [];
  const inside = node.childNodes.flatMap((/** @type {any} */ child) =>
    child ? makeNodes(child, document) : [],
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

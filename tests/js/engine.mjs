// MathJax as pages run it, without a page: what a formula's TeX becomes.

import {
  choosePhysics,
  configureTex,
  forgetCrossReferences,
  PACKAGES,
} from "../../static/js/math/tex/packages.js";
import { harden } from "../../static/js/math/harden.js";
import { isTooMuch, writesMathML } from "../../static/js/math/limits.js";
import { prepare } from "../../static/js/math/tex/prepare.js";

const modules = new URL("../../node_modules", import.meta.url).pathname;

/** @type {Promise<any> | null} */
let started = null;

/** @returns {Promise<any>} MathJax, started once */
export function startMathJax() {
  started ??= start();
  return started;
}

async function start() {
  globalThis.MathJax = {
    loader: {
      versionWarnings: false,
      paths: { mathjax: `${modules}/mathjax`, fonts: `${modules}/@mathjax` },
      load: [
        ...["core", "input/tex-base", "adaptors/liteDOM"],
        ...PACKAGES.map((name) => `[tex]/${name}`),
      ],
      require: (file) => import(file),
    },
    tex: configureTex(harden),
    startup: {
      document: "", // not one that another test has left
      typeset: false,
      ready() {
        choosePhysics(globalThis.MathJax);
        globalThis.MathJax.startup.defaultReady();
        forgetCrossReferences(globalThis.MathJax);
      },
    },
  };
  await import(`${modules}/mathjax/startup.js`);
  await globalThis.MathJax.startup.promise;
  return globalThis.MathJax;
}

/** Return the tree of a formula; throw where its source would be shown. */
export function compile(MathJax, tex, display = false) {
  if (isTooMuch(tex) || writesMathML(tex)) throw new Error("too much");
  const page = MathJax.startup.document;
  const item = new page.options.MathItem(
    prepare(tex),
    page.inputJax[0],
    display,
  );
  item.start = { node: null };
  item.compile(page);
  return item.root;
}

/** Return the commands that a tree shows as source, and whether any is red. */
export function listUnknown(root) {
  const names = [];
  let isRed = false;
  root.walkTree((node) => {
    const given = node.attributes?.getAllAttributes?.() ?? {};
    if (given.mathcolor === "red") isRed = true;
    if (!node.isKind?.("mtext")) return;
    const text = node.childNodes.map((child) => child.text ?? "").join("");
    if (/^\\[A-Za-z]/.test(text)) names.push(text);
  });
  return { names, isRed };
}

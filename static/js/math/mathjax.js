// @ts-check
// MathJax as we run it: a fixed list of components from our own address, without menu,
// explorer or workers. It typesets the TeX it is given, and searches no page by itself.

import { harden } from "./harden.js";
import { makeMathElement } from "./mathml.js";
import {
  choosePhysics,
  configureTex,
  forgetCrossReferences,
  PACKAGES,
} from "./tex/packages.js";
import { prepare } from "./tex/prepare.js";

/**
 * The scale at which letters are as high as those of Source Serif. Formulas have it beside
 * any font, for that is how much room is kept for them.
 */
const DRAWN_AT = 1.075;
/** The font that breaks lines in SVG; MathJax also embeds it as a `data:` address. */
const ZERO_FONT =
  "mathjax-fonts/mathjax-newcm-font/chtml/woff2/mjx-ncm-zero.woff2";
const FONT_IN_ADDRESS = /url\(data:[^)]*\)/g;

/** @typedef {import("./typeset.js").Engine} Engine */
/** @typedef {import("./typeset.js").Metrics} Metrics */

/**
 * The address of our packages, that of MathJax's parts in one file, `chtml` or `svg`, and
 * the nonce for style elements.
 *
 * @typedef {{vendor: string, parts: string, output: string, nonce: string}} Options
 */

/** @type {Promise<Engine> | null} */
let loading = null;

/**
 * Load MathJax once; return the engine that typesets.
 *
 * @param {Options} options
 * @returns {Promise<Engine>}
 */
export function loadMathJax(options) {
  loading ??= new Promise((resolve, reject) => {
    const page = /** @type {any} */ (globalThis);
    page.MathJax = configure(options, () =>
      resolve({
        measure: (place) => page.MathJax.getMetricsFor(place, false),
        convert: (tex, display, metrics) =>
          convert(page.MathJax, tex, display, metrics),
      }),
    );
    loadScript(options.parts).catch((error) => {
      loading = null;
      reject(error);
    });
  });
  return loading;
}

/**
 * @param {string} address
 * @returns {Promise<void>}
 */
function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () =>
      reject(new Error(`cannot load ${address}`)),
    );
    document.head.append(script);
  });
}

/**
 * Run a part of MathJax that we have, or load it. A part is run once: what has run would
 * stay in memory with its tables.
 *
 * @param {string} vendor
 * @param {string} address
 * @returns {Promise<void> | void}
 */
function takePart(vendor, address) {
  const { mathJaxParts } = /** @type {any} */ (globalThis);
  const path = address.slice(vendor.length + 1);
  const part = mathJaxParts[path];
  delete mathJaxParts[path];
  return part ? part() : loadScript(address);
}

/**
 * @param {Options} options
 * @param {() => void} ready
 */
function configure({ vendor, output, nonce }, ready) {
  return {
    loader: {
      require: (/** @type {string} */ address) => takePart(vendor, address),
      paths: { mathjax: `${vendor}/mathjax`, fonts: `${vendor}/mathjax-fonts` },
      load: [
        "core",
        "input/tex-base",
        ...PACKAGES.map((name) => `[tex]/${name}`),
        `output/${output}`,
        "ui/safe",
      ],
    },
    tex: configureTex(harden),
    output: { font: "mathjax-newcm", displayOverflow: "scroll" },
    options: {
      renderActions: { find: [] },
    },
    startup: {
      output, // or packages with a font of their own load it for CHTML
      typeset: false,
      ready() {
        const { MathJax } = /** @type {any} */ (globalThis);
        giveStylesNonce(MathJax, nonce, `${vendor}/${ZERO_FONT}`);
        choosePhysics(MathJax);
        MathJax.startup.defaultReady();
        forgetCrossReferences(MathJax);
        MathJax.startup.promise.then(ready);
      },
    },
  };
}

/**
 * Make MathJax's style elements carry the page's nonce, and take fonts from us alone.
 *
 * @param {any} MathJax
 * @param {string} nonce
 * @param {string} font the address of the font of zero width
 */
function giveStylesNonce(MathJax, nonce, font) {
  const { constructors } = MathJax.startup;
  const make = constructors.browserAdaptor;
  constructors.browserAdaptor = (/** @type {any[]} */ ...given) => {
    const adaptor = make(...given);
    const node = adaptor.node.bind(adaptor);
    adaptor.node = (
      /** @type {string} */ kind,
      /** @type {object} */ attributes = {},
      /** @type {any[]} */ children = [],
      /** @type {any[]} */ ...rest
    ) =>
      kind === "style"
        ? node(kind, { ...attributes, nonce }, children, ...rest)
        : node(kind, attributes, children, ...rest);
    const text = adaptor.text.bind(adaptor);
    adaptor.text = (/** @type {string} */ written) =>
      text(
        written.includes("@font-face")
          ? written.replaceAll(FONT_IN_ADDRESS, `url(${font})`)
          : written,
      );
    return adaptor;
  };
}

/**
 * Typeset a formula for a place in the page.
 *
 * @param {any} MathJax
 * @param {string} tex
 * @param {boolean} display
 * @param {Metrics} metrics of the text around it
 * @returns {Promise<Element>} what is seen, with the MathML that is read aloud in it
 */
async function convert(MathJax, tex, display, metrics) {
  const page = MathJax.startup.document;
  const item = new page.options.MathItem(
    prepare(tex),
    page.inputJax[0],
    display,
  );
  const { em, ex, containerWidth } = metrics;
  item.start.node = document.body;
  item.setMetrics(em, ex, containerWidth, DRAWN_AT);
  await MathJax._.mathjax.mathjax.handleRetriesFor(() => item.convert(page));
  page.clear().updateDocument(); // the style sheet, if there are new signs
  const spoken = document.createElement("span");
  spoken.className = "spoken";
  spoken.append(makeMathElement(item.root, document));
  const drawn = item.typesetRoot;
  drawn.setAttribute("aria-hidden", "true");
  const both = document.createElement("span");
  both.append(drawn, spoken);
  return both;
}

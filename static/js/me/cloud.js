// @ts-check
// A word cloud: heavier words are larger, and each is as near to the middle as it fits.

/** @typedef {{word: string, weight: number}} Weighed */
/**
 * @typedef {object} Placed
 * @property {string} word
 * @property {number} size of the letters
 * @property {number} x of the middle
 * @property {number} y of the middle
 * @property {number} width
 */

const SMALLEST = 13;
const LARGEST = 40;
const TURN = 0.35; // radians from one try to the next
const STEP = 1.1; // how far a turn leads outwards
const LINE = 1.25; // height of a line, of the size of its letters
const GAP = 6;

/**
 * Place words along a spiral from the middle of a frame; those that do not fit are left out.
 *
 * @param {Weighed[]} words the heaviest first
 * @param {{width: number, height: number}} frame
 * @param {(word: string, size: number) => number} measure the width of a word
 * @returns {Placed[]}
 */
export function placeWords(words, frame, measure) {
  const heaviest = words[0]?.weight ?? 1;
  const largest = Math.min(LARGEST, Math.max(SMALLEST, frame.width / 11));
  /** @type {Placed[]} */ const done = [];
  for (const { word, weight } of words) {
    const share = Math.sqrt(weight / heaviest);
    let size = Math.round(SMALLEST + (largest - SMALLEST) * share);
    const wide = measure(word, size);
    if (wide > frame.width)
      size = Math.max(SMALLEST, Math.floor((size * frame.width) / wide));
    const one = { word, size, x: 0, y: 0, width: measure(word, size) };
    if (fit(one, done, frame)) done.push(one);
  }
  return done;
}

/**
 * Move a word outwards until it fits beside the others; tell whether it ever does.
 *
 * @param {Placed} one
 * @param {Placed[]} others
 * @param {{width: number, height: number}} frame
 */
function fit(one, others, { width, height }) {
  const flat = height / width;
  const far = Math.hypot(width, height) / STEP / TURN;
  for (let turn = 0; turn < far; turn++) {
    const angle = turn * TURN;
    const away = turn * TURN * STEP;
    one.x = width / 2 + away * Math.cos(angle);
    one.y = height / 2 + away * Math.sin(angle) * Math.max(flat, 0.5);
    if (
      isInside(one, width, height) &&
      !others.some((other) => touch(one, other))
    )
      return true;
  }
  return false;
}

/** @param {Placed} a @param {Placed} b */
function touch(a, b) {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP &&
    Math.abs(a.y - b.y) < ((a.size + b.size) * LINE) / 2
  );
}

/** @param {Placed} one @param {number} width @param {number} height */
function isInside({ x, y, size, width: wide }, width, height) {
  return (
    x - wide / 2 >= 0 &&
    x + wide / 2 <= width &&
    y - (size * LINE) / 2 >= 0 &&
    y + (size * LINE) / 2 <= height
  );
}

/**
 * Draw a cloud as links.
 *
 * @param {SVGSVGElement} svg
 * @param {Weighed[]} words
 * @param {(word: string) => string} urlOf
 */
export function draw(svg, words, urlOf) {
  const width = svg.clientWidth || 600;
  const height = Math.round(Math.min(360, Math.max(280, width * 0.5)));
  const pen = document.createElement("canvas").getContext("2d");
  const face = getComputedStyle(svg).fontFamily;
  const measure = (/** @type {string} */ word, /** @type {number} */ size) => {
    if (!pen) return word.length * size * 0.55;
    pen.font = `600 ${size}px ${face}`;
    return pen.measureText(word).width;
  };
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren(
    ...placeWords(words, { width, height }, measure).map((one) =>
      makeLink(one, urlOf(one.word)),
    ),
  );
}

/** @param {Placed} one @param {string} url */
function makeLink({ word, size, x, y }, url) {
  const link = makeElement("a", { href: url });
  const text = makeElement("text", { x, y, "font-size": size });
  text.textContent = word;
  link.append(text);
  return link;
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function makeElement(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes))
    element.setAttribute(key, String(value));
  return element;
}

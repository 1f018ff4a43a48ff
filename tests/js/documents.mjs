// Made-up documents, the same for the same seed, and a page without a browser.

import { JSDOM } from "jsdom";

export const { window } = new JSDOM("");

const PIECES = [
  ..."$ $$ \\( \\) \\[ \\] ` `` ``` ~~~ | * ** _ ~~ { } [ ] ( ) ]( ![ < > % & \\ # - + 1.".split(
    " ",
  ),
  ..."x a_1 \\alpha \\frac{a}{b} 5 10 word prose 中 文， \\\\( \\\\) \\$ &lt; &amp;".split(
    " ",
  ),
  ..."\\begin{align} \\end{align} \\text{if <b> </b> <!-- --> <pre> </pre>".split(
    " ",
  ),
  ..."```math\n |\n|--|--|\n https://e.org/$x$ <a@b.org> [r]: [r]".split(" "),
  ..."\n \n\n \n- \n> \n#\u0020 \n\u0020\u0020\u0020\u0020".split(" "),
  ...Array(12).fill(" "),
];

/** Numbers from 0 to 1 (mulberry32). */
export function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SHORT = 8;
const THIRD = 3;

/** So many made-up documents in `make long`, an eighth of them in `make test`. */
export function some(count) {
  return process.env.WINNOW_LONG ? count : Math.ceil(count / SHORT);
}

/** A third of a list in `make test`, all of it in `make long`. */
export function third(list) {
  return process.env.WINNOW_LONG
    ? list
    : list.filter((_, n) => n % THIRD === 0);
}

export function* documents(seed, count, most = 30) {
  const random = chance(seed);
  for (let n = 0; n < count; n++) {
    const length = 1 + Math.floor(random() * most);
    let text = "";
    for (let k = 0; k < length; k++)
      text += PIECES[Math.floor(random() * PIECES.length)];
    yield text;
  }
}

export function html(fragment) {
  const host = window.document.createElement("div");
  host.append(fragment);
  return host.innerHTML;
}

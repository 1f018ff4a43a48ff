// @ts-check
// The few elements of HTML that a document may have, each made by us and without attributes:
// br, sub, sup, details with summary. What a model thought (<think>) is left out,
// to the end where it never closes.

const DETAILS = /^ {0,3}<details>[ \t]*(?:\n|(?=<))/i;
const SUMMARY = /^\s*<summary>([^]*?)<\/summary>[ \t]*\n?/i;
const THINK = /^ {0,3}<(think|thinking)>/i;
const EDGE = /<(\/?)details>/gi;
const PAIRED = /^<(\/?)(sub|sup)>$/i;
const BREAK = /^<br[ \t]*\/?>$/i;
const MAX_SUMMARY = 1_000;

/** @typedef {import("../../../vendor/marked/marked.js").Token} Token */
/** @typedef {{type: string, raw: string, [name: string]: any}} Made */

/** Blocks that Marked does not know: details, and what a model thought. */
export const BLOCKS = [
  {
    name: "details",
    level: /** @type {const} */ ("block"),
    /** @this {any} @param {string} src @returns {Made | undefined} */
    tokenizer(src) {
      const opening = DETAILS.exec(src);
      if (!opening || !this.lexer.afford(src.length)) return undefined;
      const end = findEnd(src, opening[0].length);
      if (!end) return undefined;
      const inside = src.slice(opening[0].length, end.start);
      const summary = SUMMARY.exec(inside);
      const isShort = summary && summary[1].length <= MAX_SUMMARY;
      const body = isShort ? inside.slice(summary[0].length) : inside;
      return {
        type: "details",
        raw: src.slice(0, end.end),
        summary: isShort ? this.lexer.inlineTokens(summary[1].trim()) : [],
        tokens: this.lexer.blockTokens(`${body.trim()}\n`, []),
      };
    },
    childTokens: ["summary", "tokens"],
    /** @this {any} @param {any} token */
    renderer(token) {
      const summary = this.parser.parseInline(token.summary);
      const body = this.parser.parse(token.tokens);
      return `<details><summary>${summary || "…"}</summary>\n${body}</details>\n`;
    },
  },
  {
    name: "think",
    level: /** @type {const} */ ("block"),
    /** @this {any} @param {string} src @returns {Made | undefined} */
    tokenizer(src) {
      const opening = THINK.exec(src);
      if (!opening || !this.lexer.afford(src.length)) return undefined;
      const close = `</${opening[1].toLowerCase()}>`;
      const at = src.toLowerCase().indexOf(close, opening[0].length);
      if (at < 0) return { type: "think", raw: src };
      const rest = /^[ \t]*\n*/.exec(src.slice(at + close.length));
      return {
        type: "think",
        raw: src.slice(0, at + close.length + (rest?.[0].length ?? 0)),
      };
    },
    renderer: () => "",
  },
];

/** @param {string} src @param {number} from */
function findEnd(src, from) {
  EDGE.lastIndex = from;
  let depth = 1;
  for (let edge; (edge = EDGE.exec(src));) {
    depth += edge[1] ? -1 : 1;
    if (depth) continue;
    const rest = /[ \t]*\n*/y;
    rest.lastIndex = EDGE.lastIndex;
    const spaces = rest.exec(src)?.[0].length ?? 0;
    return { start: edge.index, end: EDGE.lastIndex + spaces };
  }
  return null;
}

/** Tell whether a line of HTML is inline for us, so that it begins no block. @param {string} src */
export function beginsInline(src) {
  return /^ {0,3}<(?:\/?(?:sub|sup)|br[ \t]*\/?)>/i.test(src);
}

/**
 * Mark the tags of sub and sup that are a pair among the tokens of one parent.
 *
 * @param {any[]} tokens
 */
export function pairTags(tokens) {
  /** @type {{name: string, token: any}[]} */ const open = [];
  for (const token of tokens) {
    const tag = token.type === "html" ? PAIRED.exec(token.raw) : null;
    if (!tag) continue;
    const name = tag[2].toLowerCase();
    if (!tag[1]) open.push({ name, token });
    else if (open.at(-1)?.name === name) {
      /** @type {any} */ (open.pop()).token.made = `<${name}>`;
      token.made = `</${name}>`;
    }
  }
}

/** Return what a tag is in the page, or null where it is text. @param {any} token */
export function writeTag(token) {
  if (BREAK.test(token.raw.trim())) return "<br>";
  return token.made ?? null;
}

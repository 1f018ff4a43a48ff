// @ts-check
// Footnotes: [^1] in the text, and [^1]: the note on lines of their own. Notes that the text
// refers to stand at the end, in the order of their first references.

const NOTE =
  /^ {0,3}\[\^([^\]\s^]{1,60})\]:[ \t]*([^\n]*(?:\n(?! {0,3}\[\^[^\]\s]{1,60}\]:)(?![ \t]*(?:\n|$)|[ \t]*(?:#{1,6}[ \t]|```|~~~|>))[^\n]*)*)(?:\n+|$)/;
const REFERENCE = /^\[\^([^\]\s^]{1,60})\]/;

/** @typedef {{label: string, text: string, number: number, tokens: any[]}} Note */

/** The footnotes of one document. */
export class Footnotes {
  /** @type {Map<string, Note>} */ #notes = new Map();
  /** @type {Note[]} */ #used = [];

  /** What Marked is taught: how notes and references are read, and what they become. */
  get extensions() {
    const notes = this;
    return [
      {
        name: "footnote",
        level: /** @type {const} */ ("block"),
        /** @this {any} @param {string} src */
        tokenizer(src) {
          const found = NOTE.exec(src);
          if (!found || !found[2].trim()) return undefined;
          const [raw, label, written] = found;
          const text = written.replace(/\n[ \t]*/g, "\n").trim();
          const token = { type: "footnote", raw, tokens: [] };
          if (notes.#add(label, text, token.tokens))
            this.lexer.inline(text, token.tokens);
          return token;
        },
        renderer: () => "",
      },
      {
        name: "reference",
        level: /** @type {const} */ ("inline"),
        start: (/** @type {string} */ src) => findReference(src),
        /** @param {string} src */
        tokenizer(src) {
          const found = REFERENCE.exec(src);
          const note = found && notes.#notes.get(found[1]);
          if (!note) return undefined;
          return { type: "reference", raw: found[0], note };
        },
        /** @param {any} token */
        renderer: (token) => notes.#writeReference(token.note),
      },
    ];
  }

  /** @param {string} label @param {string} text @param {any[]} tokens */
  #add(label, text, tokens) {
    if (this.#notes.has(label)) return false;
    this.#notes.set(label, { label, text, number: 0, tokens });
    return true;
  }

  /** @param {Note} note */
  #writeReference(note) {
    if (!note.number) note.number = this.#used.push(note);
    return `<sup><a class="footnote" href="#${nameOf(note)}">${note.number}</a></sup>`;
  }

  /** Return the notes that are referred to. @param {{parseInline: (tokens: any[]) => string}} parser */
  write(parser) {
    let items = "";
    for (let at = 0; at < this.#used.length; at++)
      // a note may refer to another, which then comes after it
      items += `<li>${parser.parseInline(this.#used[at].tokens)}</li>\n`;
    return items && `<ol class="footnotes">\n${items}</ol>\n`;
  }

  /** Name the notes of a fragment, so that references lead to them. @param {ParentNode} fragment */
  name(fragment) {
    const list = [...fragment.querySelectorAll("ol.footnotes")].at(-1);
    [...(list?.children ?? [])].forEach((item, at) => {
      if (this.#used[at]) item.id = nameOf(this.#used[at]);
    });
  }
}

/** @param {string} src */
function findReference(src) {
  const at = src.indexOf("[^");
  return at < 0 ? undefined : at;
}

/** Return a name that is the same whenever the note is. @param {Note} note */
function nameOf(note) {
  let hash = 0x811c9dc5; // FNV-1a
  for (const sign of `${note.label}\n${note.text}`)
    hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return `note-${(hash >>> 0).toString(36)}`;
}

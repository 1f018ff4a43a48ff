// @ts-check
// Finds what a model thought before it answered, where only the end of its thinking is marked.

const LINE = /.*\n?/g;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const OPENING = /^ {0,3}<(think|thinking)>/i;
const CLOSING = /^\s{0,3}<\/think(?:ing)?>|<\/think(?:ing)?>\s*$/i;
const CODE = /(`+)[^`]+\1/g;

/**
 * Return a document without what stands before the last closing tag that nothing opens. It
 * begins or ends its line, outside of code; elsewhere, a text may speak of the tag.
 *
 * @param {string} text with line breaks of \n
 */
export function dropThought(text) {
  if (!/<\/think(?:ing)?>/i.test(text)) return text;
  let answer = 0;
  let fence = "";
  let thinks = "";
  for (const { 0: line, index } of text.matchAll(LINE)) {
    if (thinks) {
      if (line.toLowerCase().includes(thinks)) thinks = "";
      continue;
    }
    const mark = FENCE.exec(line)?.[1] ?? "";
    if (fence || mark) {
      if (!fence) fence = mark;
      else if (mark.startsWith(fence)) fence = "";
      continue;
    }
    const opening = OPENING.exec(line);
    if (opening) {
      const close = `</${opening[1].toLowerCase()}>`;
      if (!line.toLowerCase().includes(close)) thinks = close;
      continue;
    }
    const closing = CLOSING.exec(
      line.replace(CODE, (code) => "x".repeat(code.length)),
    );
    if (closing) answer = index + closing.index + closing[0].length;
  }
  return text.slice(answer);
}

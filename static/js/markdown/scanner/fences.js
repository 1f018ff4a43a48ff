// @ts-check
// An open fence: the lines it holds, where it closes, and the formula of a `math` fence.

/** @typedef {import("../../math/dialect/rules.js").Formula} Formula */
/** @typedef {import("./lines.js").Fence} Fence */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {Fence & {line: Line, offset: number, start: number}} OpenFence */

/** Tell whether a line is outside an open fence. @param {Line} line @param {OpenFence} fence */
export function isOutside(line, fence) {
  return (
    line.quotes < fence.line.quotes ||
    (!line.isBlank && line.indent < fence.offset)
  );
}

/** Tell whether a line closes a fence. @param {Line} line @param {OpenFence} fence */
export function closes(line, fence) {
  const closing = line.fence;
  return (
    closing !== null &&
    closing.sign === fence.sign &&
    closing.length >= fence.length &&
    !closing.info
  );
}

/**
 * Return the formula that a closed fence is, if it is one of `math`.
 *
 * @param {string} text
 * @param {OpenFence} fence
 * @param {Line} line that closes it
 * @returns {Formula | null}
 */
export function readFormula(text, fence, line) {
  if (!/^math$/i.test(fence.info)) return null;
  const start = Math.min(fence.line.end + 1, text.length);
  const end = Math.max(start, line.start - 1);
  const body = text.slice(start, end);
  const tex = fence.line.quotes ? unquote(body) : body;
  return { start: fence.start, end: line.end, tex, display: true };
}

/** @param {string} text */
function unquote(text) {
  return text.replace(/^(?: {0,3}>[ \t]?)+/gm, "");
}

// @ts-check
// An open fence: which lines it holds, where it is closed, and the formula in a `math` one.

/** @typedef {import("../../math/dialect/rules.js").Formula} Formula */
/** @typedef {import("./lines.js").Fence} Fence */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {Fence & {line: Line, offset: number, start: number}} OpenFence */

/** Whether a line is no more in a fence. @param {Line} line @param {OpenFence} fence */
export function isOutside(line, fence) {
  return (
    line.quotes < fence.line.quotes ||
    (!line.isBlank && line.indent < fence.offset)
  );
}

/** Whether a line closes a fence. @param {Line} line @param {OpenFence} fence */
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
export function formulaOf(text, fence, line) {
  if (!/^math$/i.test(fence.info)) return null;
  const start = Math.min(fence.line.end + 1, text.length);
  const end = Math.max(start, line.start - 1);
  const body = text.slice(start, end);
  const tex = fence.line.quotes ? unquoted(body) : body;
  return { start: fence.start, end: line.end, tex, display: true };
}

/** @param {string} text */
function unquoted(text) {
  return text.replace(/^(?: {0,3}>[ \t]?)+/gm, "");
}

// @ts-check
// The status line of a page, which screen readers read aloud.

/** Tell the reader something. @param {string} text */
export function say(text) {
  const status = document.querySelector("[data-status]");
  if (status) status.textContent = text;
}

// @ts-check
// Copies formatted and plain text to the clipboard, and keeps the selection.

/**
 * @param {{html: string, plain: string}} text
 * @throws {Error} if the browser does not allow it
 */
export async function copy({ html, plain }) {
  if (navigator.clipboard && "ClipboardItem" in globalThis) {
    const blob = (/** @type {string} */ kind, /** @type {string} */ body) =>
      new Blob([body], { type: kind });
    const item = new ClipboardItem({
      "text/html": blob("text/html", html),
      "text/plain": blob("text/plain", plain),
    });
    await navigator.clipboard.write([item]);
    return;
  }
  const give = (/** @type {ClipboardEvent} */ event) => {
    event.clipboardData?.setData("text/html", html);
    event.clipboardData?.setData("text/plain", plain);
    event.preventDefault();
  };
  document.addEventListener("copy", give); // where a page is not served securely
  const done = document.execCommand("copy");
  document.removeEventListener("copy", give);
  if (!done) throw new Error("the browser does not allow copying");
}

// @ts-check
// Opens the dialogs of a page, and closes them by their buttons.

/** Open a dialog; tell whether it could be opened. @param {string} id */
export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return false;
  dialog.showModal();
  return true;
}

/** Let each button with data-close close its dialog, and give its value as the answer. */
export function closeByButtons() {
  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest(
      "[data-close]",
    );
    if (button instanceof HTMLElement)
      button.closest("dialog")?.close(button.dataset.close || undefined);
  });
}

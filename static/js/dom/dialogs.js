// @ts-check
// Opens the dialogs of a page, and closes them by their buttons.

/** Open a dialog; tell whether it could be opened. @param {string} id */
export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return false;
  dialog.showModal();
  return true;
}

/** Close the menus of the page by Escape, or by a press elsewhere. */
export function closeMenus() {
  const close = (/** @type {EventTarget | null} */ at) => {
    for (const menu of document.querySelectorAll("details.menu[open]"))
      if (!(at instanceof Node && menu.contains(at)))
        menu.removeAttribute("open");
  };
  document.addEventListener("pointerdown", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const at = /** @type {Element} */ (event.target).closest(
      "details.menu[open]",
    );
    close(null);
    at?.querySelector("summary")?.focus();
  });
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

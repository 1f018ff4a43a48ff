// @ts-check
// Colours and size of text, chosen on any page and remembered.

/** @typedef {import("../memory/memory.js").Memory} Memory */
/** @typedef {"theme" | "size"} Name of a setting */

/** Let buttons of the page choose settings. @param {Memory} memory */
export function offerAppearance(memory) {
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (
    document.querySelectorAll("button[data-choose]")
  );
  const show = () => {
    const settings = memory.settings.get();
    for (const button of buttons)
      button.setAttribute(
        "aria-pressed",
        String(
          settings[/** @type {Name} */ (button.dataset.choose)] ===
            button.value,
        ),
      );
  };
  for (const button of buttons)
    button.addEventListener("click", () => {
      const name = /** @type {Name} */ (button.dataset.choose);
      memory.settings.change((settings) => ({
        ...settings,
        [name]: button.value,
      }));
      document.documentElement.dataset[name] = button.value;
      show();
    });
  show();
}

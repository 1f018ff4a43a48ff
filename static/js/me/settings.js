// @ts-check
// Settings of this browser; they count at once.

import { counted } from "../dom/numbers.js";
import { say } from "../entries/page.js";
import { part } from "./part.js";

/** @typedef {import("../memory/memory.js").History} History */

/** @param {HTMLElement} root @param {History} history */
export function keepSettings(root, history) {
  const form = /** @type {HTMLFormElement} */ (part(root, "[data-settings]"));
  const wanted = /** @type {HTMLFormElement} */ (
    part(root, "[data-preference]")
  );
  const field = /** @type {HTMLInputElement} */ (
    part(wanted, "[name=preference]")
  );
  const count = part(root, "[data-seen-count]");
  const kept = history.settings.get();
  field.value = kept.preference.join(", ");
  for (const input of form.querySelectorAll("input"))
    input.checked =
      input.type === "checkbox"
        ? kept[/** @type {"find" | "keys"} */ (input.name)]
        : kept[/** @type {"seen"} */ (input.name)] === input.value;
  const seen = Object.keys(history.seen.get()).length;
  count.textContent = counted(count.dataset.text, seen);

  form.onchange = () => {
    const chosen = new FormData(form);
    history.settings.change((settings) => ({
      ...settings,
      ...Object.fromEntries(chosen),
      find: chosen.has("find"),
      keys: chosen.has("keys"),
    }));
    for (const name of /** @type {const} */ (["theme", "size", "seen"]))
      document.documentElement.dataset[name] = history.settings.get()[name];
  };
  wanted.onsubmit = (event) => {
    event.preventDefault();
    const words = field.value.split(/[,，]/).map((word) => word.trim());
    history.settings.change((settings) => ({
      ...settings,
      preference: words.filter(Boolean),
    }));
    keepSettings(root, history);
  };
  part(form, "[data-forget-seen]").onclick = () => {
    history.seen.erase();
    keepSettings(root, history);
    say(count.textContent ?? "");
  };
}

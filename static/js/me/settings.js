// @ts-check
// The form of this browser's settings; a change takes effect at once.

import { fillNumber } from "../dom/numbers.js";
import { say } from "../dom/status.js";
import { findPart } from "./part.js";

/** @typedef {import("../memory/memory.js").Memory} Memory */

/** @param {HTMLElement} root @param {Memory} memory */
export function keepSettings(root, memory) {
  const form = /** @type {HTMLFormElement} */ (
    findPart(root, "[data-settings]")
  );
  const wanted = /** @type {HTMLFormElement} */ (
    findPart(root, "[data-preference]")
  );
  const field = /** @type {HTMLInputElement} */ (
    findPart(wanted, "[name=preference]")
  );
  const count = findPart(root, "[data-seen-count]");
  const kept = memory.settings.get();
  field.value = kept.preference.join(", ");
  for (const input of form.querySelectorAll("input"))
    input.checked =
      input.type === "checkbox"
        ? kept[/** @type {"find" | "keys"} */ (input.name)]
        : kept[/** @type {"seen"} */ (input.name)] === input.value;
  const seen = Object.keys(memory.seen.get()).length;
  count.textContent = fillNumber(
    count.dataset.text,
    seen,
    count.dataset.textOne,
  );

  form.onchange = () => {
    const chosen = new FormData(form);
    memory.settings.change((settings) => ({
      ...settings,
      ...Object.fromEntries(chosen),
      find: chosen.has("find"),
      keys: chosen.has("keys"),
    }));
    for (const name of /** @type {const} */ (["theme", "size", "seen"]))
      document.documentElement.dataset[name] = memory.settings.get()[name];
  };
  wanted.onsubmit = (event) => {
    event.preventDefault();
    const words = field.value.split(/[,，]/).map((word) => word.trim());
    memory.settings.change((settings) => ({
      ...settings,
      preference: words.filter(Boolean),
    }));
    keepSettings(root, memory);
  };
  findPart(form, "[data-forget-seen]").onclick = () => {
    memory.seen.erase();
    keepSettings(root, memory);
    say(count.textContent ?? "");
  };
}

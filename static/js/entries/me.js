// @ts-check
// Shows what this browser remembers, and lets its reader change, take along and erase it.

import { typesetIn } from "./formulas.js";
import { memory } from "./page.js";
import { exported, imported } from "../memory/portable.js";
import { dropUnknown, showCategories } from "../me/categories.js";
import { part } from "../me/part.js";
import { save } from "../dom/download.js";
import { keepSettings } from "../me/settings.js";
import { exportOf, showStars } from "../me/stars.js";
import { showWords } from "../me/words.js";

const TOLD_MS = 10_000;
/** @type {Record<string, string>} */
const EXTENSION = { bibtex: "bib", ris: "ris", csl: "json", markdown: "md" };

const root = document.querySelector("[data-me]");
if (root instanceof HTMLElement) begin(root);

/** @param {HTMLElement} root */
function begin(root) {
  part(root, "[data-kept]").hidden = false;
  const told = part(root, "[data-told]");
  let timer = 0;
  /** @param {string} what */
  const tell = (what) => {
    told.textContent = told.dataset[what] ?? "";
    clearTimeout(timer);
    timer = Number(setTimeout(() => told.replaceChildren(), TOLD_MS));
  };

  const show = async () => {
    dropUnknown(root, memory);
    showWords(root, memory);
    showCategories(root, memory);
    keepSettings(root, memory);
    await showStars(root, memory, () => tell("failed"));
    typesetIn(root.querySelectorAll("[data-starred]"));
  };

  root.addEventListener("click", async (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    const format = button?.dataset.format;
    if (!format) return;
    try {
      const url = root.dataset.export ?? "";
      const text = await exportOf(url, memory.starred(), format);
      if (text) save(text, `starred.${EXTENSION[format]}`);
      else tell("unknown");
    } catch {
      tell("failed");
    }
  });

  part(root, "[data-export-all]").addEventListener("click", () =>
    save(JSON.stringify(exported(memory), null, 1), "winnow-history.json"),
  );

  const file = /** @type {HTMLInputElement} */ (part(root, "[data-import]"));
  part(root, "[data-choose-file]").addEventListener("click", () =>
    file.click(),
  );
  file.addEventListener("change", async () => {
    try {
      imported(memory, JSON.parse((await file.files?.[0]?.text()) ?? ""));
      tell("imported");
      void show();
    } catch {
      tell("bad");
    }
    file.value = "";
  });

  const sure = /** @type {HTMLDialogElement} */ (part(root, "[data-sure]"));
  part(root, "[data-erase]").addEventListener("click", () => {
    sure.returnValue = "";
    sure.showModal();
  });
  sure.addEventListener("close", () => {
    if (sure.returnValue !== "yes") return;
    memory.erase();
    tell("erased");
    void show();
  });

  addEventListener("storage", () => void show());
  void show();
}

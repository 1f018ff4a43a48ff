// @ts-check
// Shows what this browser remembers, and lets its reader change, take along and erase it.

import { typesetIn } from "../math/page.js";
import { memory } from "../sift/page.js";
import { exported, imported } from "../sift/portable.js";
import { showCategories } from "./categories.js";
import { part } from "./part.js";
import { save } from "./save.js";
import { keepSettings } from "./settings.js";
import { exportOf, showStars } from "./stars.js";
import { showWords } from "./words.js";

/** @type {Record<string, string>} */
const EXTENSION = { bibtex: "bib", ris: "ris", csl: "json", markdown: "md" };

const root = document.querySelector("[data-me]");
if (root instanceof HTMLElement) begin(root);

/** @param {HTMLElement} root */
function begin(root) {
  const told = part(root, "[data-told]");
  /** @param {string} what */
  const tell = (what) => {
    told.textContent = told.dataset[what] ?? "";
  };

  const show = async () => {
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
      const base = root.dataset.export ?? "";
      const text = await exportOf(base, memory.starred(), format);
      save(text, `starred.${EXTENSION[format]}`);
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

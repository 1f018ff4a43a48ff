// @ts-check
// Keeps the categories that are chosen in the form of all categories, and shows them again.

import { memory } from "./page.js";

const KINDS = /** @type {const} */ ({ include: "follow", exclude: "leave" });

const form = document.querySelector("form[data-follow]");
if (form instanceof HTMLFormElement) keep(form);

/** @param {HTMLFormElement} form */
function keep(form) {
  show(form);
  form.addEventListener("change", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    const kind = KINDS[/** @type {"include" | "exclude"} */ (box.name)];
    if (kind) memory.choose(box.value, kind);
    show(form);
  });
  addEventListener("storage", () => show(form));
  addEventListener("pageshow", () => show(form));
}

/** @param {HTMLFormElement} form */
function show(form) {
  const { follow, leave } = memory.categories.get();
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    if (!(box instanceof HTMLInputElement)) continue;
    const chosen = box.name === "include" ? follow : leave;
    box.checked = chosen.includes(box.value);
  }
  const told = form.querySelector("[data-chosen]");
  const text = follow.join(" + ") + leave.map((code) => ` − ${code}`).join("");
  if (told instanceof HTMLElement)
    told.textContent = follow.length ? text : (told.dataset.none ?? "");
}

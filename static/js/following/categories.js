// @ts-check
// The form of all categories, which shows and remembers the ones that the reader chooses.

/** @typedef {import("../memory/memory.js").Memory} Memory */

const KINDS = /** @type {const} */ ({ include: "follow", exclude: "leave" });

/** @param {HTMLFormElement} form @param {Memory} memory */
export function keepChoices(form, memory) {
  const show = () => showChoices(form, memory);
  show();
  form.addEventListener("change", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    const kind = KINDS[/** @type {"include" | "exclude"} */ (box.name)];
    if (kind) memory.choose(box.value, kind);
    show();
  });
  addEventListener("storage", show);
  addEventListener("pageshow", show);
}

/** @param {HTMLFormElement} form @param {Memory} memory */
function showChoices(form, memory) {
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

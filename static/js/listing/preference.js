// @ts-check
// Offers to rank a listing by the reader's preference: keywords and starred papers.

const MOST_LIKED = 50;

/** @param {import("../memory/memory.js").Memory} memory */
export function offerPreference(memory) {
  const fold = document.querySelector("[data-preference]");
  const input = fold?.querySelector("[name=sort]");
  if (!(input instanceof HTMLInputElement)) return;
  if (!input.value) input.value = memory.readPreference().join(", ");
  const stars = memory.listStars().slice(0, MOST_LIKED);
  const { form } = input;
  form?.addEventListener("submit", () => {
    if (!stars.length || form.elements.namedItem("like")) return;
    form.append(makeField("like", stars.join(",")));
  });
}

/** @param {string} name @param {string} value */
function makeField(name, value) {
  const field = document.createElement("input");
  return Object.assign(field, { type: "hidden", name, value });
}

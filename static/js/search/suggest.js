// @ts-check
// Completes what is typed into the search box: an editable combobox with a list.

const DELAY_MS = 120;
const LEAST = 2;

/** @typedef {{kind: string, text: string, query: string, id: string | null}} Suggestion */

/**
 * Return the place of the chosen suggestion after a key, -1 for the text itself.
 * @param {string} key @param {number} at @param {number} count
 */
export function moved(key, at, count) {
  if (key === "ArrowDown") return at + 1 < count ? at + 1 : -1;
  if (key === "ArrowUp") return at < 0 ? count - 1 : at - 1;
  return at;
}

/**
 * @param {HTMLFormElement} form
 * @param {(url: string) => void} go
 */
export function completeIn(form, go) {
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const list = /** @type {HTMLElement} */ (
    form.querySelector("[role=listbox]")
  );
  const said = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  /** @type {Suggestion[]} */ let found = [];
  let at = -1;
  let asked = new AbortController();
  let timer = 0;

  const close = () => {
    asked.abort();
    clearTimeout(timer);
    found = [];
    show();
  };

  const show = () => {
    at = -1;
    list.replaceChildren(...found.map((one, n) => option(list, one, n)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  };

  /** @param {number} place */
  const select = (place) => {
    at = place;
    [...list.children].forEach((item, n) => {
      item.setAttribute("aria-selected", String(n === at));
    });
    const chosen = list.children[at];
    if (!chosen) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  };

  /** @param {Suggestion} one */
  const choose = (one) => {
    close();
    if (one.id) return go(form.dataset.paper + one.id);
    input.value = one.query;
    form.requestSubmit();
  };

  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    const text = input.value.trim();
    if (text.length < LEAST) return close();
    const url = new URL(String(form.dataset.suggest), location.href);
    url.searchParams.set("q", text.slice(0, 300));
    url.searchParams.delete("lang");
    try {
      const answer = await fetch(url, { signal: asked.signal });
      found = answer.ok ? (await answer.json()).data : [];
      show();
      const { none = "", some = "" } = said.dataset;
      said.textContent = found.length ? `${some} ${found.length}` : none;
    } catch {
      // A newer request took over, or there is no network: typing goes on as it is.
    }
  };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  show();
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) choose(found[at]);
    else if (moved(event.key, at, found.length) !== at) {
      select(moved(event.key, at, found.length));
    } else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = /** @type {Element} */ (event.target).closest("[role=option]");
    if (item) choose(found[[...list.children].indexOf(item)]);
  });
}

/** @param {HTMLElement} list @param {Suggestion} one @param {number} place */
function option(list, one, place) {
  const item = document.createElement("li");
  item.id = `${list.id}-${place}`;
  item.role = "option";
  item.ariaSelected = "false";
  const kind = document.createElement("span");
  kind.className = "kind";
  kind.textContent = list.dataset[one.kind] ?? "";
  item.append(one.text, kind);
  return item;
}

for (const form of document.querySelectorAll("form[data-suggest]")) {
  completeIn(/** @type {HTMLFormElement} */ (form), (url) =>
    location.assign(url),
  );
}

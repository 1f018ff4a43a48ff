// @ts-check
// A listing in the making: cards come as a reader scrolls, the place is kept, words are found.

import { showSummaries } from "../summaries/folds.js";
import { typesetIn } from "./formulas.js";
import { Feed } from "../listing/feed.js";
import { findIn } from "../listing/find.js";
import { openFind } from "../cards/keys.js";
import { counted, written } from "../dom/numbers.js";
import { memory, ready, say, seeing } from "./page.js";
import { keepPlace } from "../listing/place.js";
import { cardsFrom, orderFrom, orderOf } from "../listing/source.js";

const list = document.querySelector("[data-feed]");
const form = document.querySelector(".find form");
const mark = form instanceof HTMLFormElement ? find(form) : () => {};
if (list instanceof HTMLElement) begin(list);
preferWords();
document
  .querySelector("[data-open-month]")
  ?.addEventListener("click", () =>
    document.querySelector(".month-fold")?.setAttribute("open", ""),
  );

/** @param {HTMLElement} list */
function begin(list) {
  const { api = "", ids = "", cards = "", first = "0" } = list.dataset;
  const order = ids
    ? orderOf(ids.split(",").slice(Number(first)))
    : orderFrom(api, Number(first));
  const status = document.querySelector("[data-feed-status]");
  const retry = document.querySelector("[data-feed-retry]");
  const isSkipping = () =>
    document.documentElement.dataset.seen === "hide" &&
    !("filtered" in list.dataset);

  const feed = new Feed(list, order, cardsFrom(cards), {
    skipped: (id) => isSkipping() && seeing.wasSeen(id),
    added(items) {
      for (const item of items) number(item, feed, Number(first));
      const fresh = items.map((item) => item.children[0]);
      ready(fresh);
      showSummaries(list);
      typesetIn(fresh);
      mark();
    },
    told(state) {
      list.setAttribute("aria-busy", String(state === "loading"));
      if (!(status instanceof HTMLElement)) return;
      status.textContent = counted(status.dataset[state], feed.reach);
      if (state !== "loading") say(status.textContent);
      tellHidden(feed.skipped);
      retry?.toggleAttribute("hidden", state !== "failed");
    },
  });
  retry?.addEventListener("click", () => feed.more());
  document.querySelector(".parts")?.classList.add("scripted");
  tellHidden(feed.skipped);
  void keepPlace(list, feed).finally(() => feed.start());
}

/** @param {number} count */
function tellHidden(count) {
  const told = document.querySelector("[data-feed-hidden]");
  if (!(told instanceof HTMLElement)) return;
  told.textContent = count ? counted(told.dataset.text, count) : "";
}

/** Keep the form at hand. @param {HTMLFormElement} form */
function find(form) {
  const fold = /** @type {HTMLDetailsElement} */ (form.closest("details"));
  fold.classList.add("floating");
  const close = () => {
    fold.open = false;
    if (list instanceof HTMLElement && "filtered" in list.dataset) return;
    form.reset();
    form.dispatchEvent(new Event("input"));
  };
  form.querySelector("[data-close-find]")?.addEventListener("click", close);
  addEventListener("keydown", (event) => {
    const isFind = (event.ctrlKey || event.metaKey) && event.key === "f";
    if (isFind && memory.settings.get().find && openFind())
      event.preventDefault();
    if (event.key === "Escape" && fold.contains(document.activeElement))
      close();
  });
  return findIn(form, () => document.querySelectorAll("[data-feed] .paper"));
}

/** Offer to rank by what the browser knows the reader prefers. */
function preferWords() {
  const fold = document.querySelector("[data-preference]");
  const input = fold?.querySelector("[name=sort]");
  if (!(input instanceof HTMLInputElement)) return;
  if (!input.value) input.value = memory.preference().join(", ");
  const stars = memory.starred().slice(0, 50);
  const form = input.form;
  form?.addEventListener("submit", () => {
    if (!stars.length || form.elements.namedItem("like")) return;
    const like = document.createElement("input");
    Object.assign(like, {
      type: "hidden",
      name: "like",
      value: stars.join(","),
    });
    form.append(like);
  });
}

/** @param {HTMLElement} item @param {Feed} feed @param {number} first */
function number(item, feed, first) {
  const place = first + feed.placeOf(item.children[0].id) + 1;
  item.querySelector(".number")?.replaceChildren(written(place));
}

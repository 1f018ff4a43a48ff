// @ts-check
// A listing in the making: cards come as a reader scrolls, the place is kept, words are found.

import { showSummaries } from "../documents.js";
import { typesetIn } from "../math/page.js";
import { Feed } from "./feed.js";
import { findIn } from "./find.js";
import { openFind } from "./keys.js";
import { counted, written } from "./numbers.js";
import { memory, ready, say, seeing } from "./page.js";
import { keepPlace } from "./place.js";
import { cardsFrom, orderFrom, orderOf } from "./source.js";

const list = document.querySelector("[data-feed]");
if (list instanceof HTMLElement) begin(list);

/** @param {HTMLElement} list */
function begin(list) {
  const { api = "", ids = "", cards = "", first = "0" } = list.dataset;
  const order = ids
    ? orderOf(ids.split(",").slice(Number(first)))
    : orderFrom(api, Number(first));
  const status = document.querySelector("[data-feed-status]");
  const retry = document.querySelector("[data-feed-retry]");
  let mark = () => {};

  const feed = new Feed(list, order, cardsFrom(cards), {
    skipped: (id) => hidesSeen() && seeing.wasSeen(id),
    added(items) {
      number(list, items, Number(first));
      const fresh = items.map((item) => item.children[0]);
      ready(fresh);
      showSummaries(list);
      typesetIn(fresh);
      mark();
    },
    told(state) {
      list.setAttribute("aria-busy", String(state === "loading"));
      if (!(status instanceof HTMLElement)) return;
      status.textContent = counted(status.dataset[state], list.children.length);
      if (state !== "loading") say(status.textContent);
      tellHidden(feed.skipped);
      retry?.toggleAttribute("hidden", state !== "failed");
    },
  });
  retry?.addEventListener("click", () => feed.more());
  document.querySelector(".parts")?.classList.add("scripted");
  tellHidden(feed.skipped);
  void keepPlace(list, feed).finally(() => feed.start());

  const form = document.querySelector(".find form");
  if (form instanceof HTMLFormElement && api) mark = find(form, list, feed);
  preferWords();
}

/** @param {number} count */
function tellHidden(count) {
  const told = document.querySelector("[data-feed-hidden]");
  if (!(told instanceof HTMLElement)) return;
  told.textContent = count ? counted(told.dataset.text, count) : "";
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} list
 * @param {Feed} feed
 */
function find(form, list, feed) {
  const result = form.querySelector("[data-result]");
  form.closest("details")?.classList.add("floating");
  addEventListener("keydown", (event) => {
    const isFind = (event.ctrlKey || event.metaKey) && event.key === "f";
    if (isFind && memory.settings.get().find && openFind())
      event.preventDefault();
    const fold = form.closest("details");
    if (
      event.key !== "Escape" ||
      !fold?.open ||
      !fold.contains(document.activeElement)
    )
      return;
    form.reset();
  });
  form.addEventListener("reset", () => {
    const fold = form.closest("details");
    if (fold) fold.open = false;
  });
  return findIn(form, list, feed, (found, problem) => {
    if (!(result instanceof HTMLElement)) return;
    const { some, none = "" } = result.dataset;
    if (problem) result.textContent = result.dataset[problem] ?? "";
    else if (found === null) result.textContent = "";
    else result.textContent = found ? counted(some, found) : none;
  });
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

/** @param {HTMLElement} list @param {HTMLElement[]} items @param {number} first */
function number(list, items, first) {
  const all = [...list.children];
  for (const item of items) {
    const number = item.querySelector(".number");
    const place = first + all.indexOf(item) + 1;
    number?.replaceChildren(written(place));
  }
}

function hidesSeen() {
  return document.documentElement.dataset.seen === "hide";
}

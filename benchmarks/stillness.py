"""Stillness: how much a page moves while it loads, and what its first card costs."""

import json
import statistics
from collections.abc import Iterator
from contextlib import closing

from playwright.sync_api import Browser, BrowserContext, Page, Request

from benchmarks.corpus import Corpus
from benchmarks.markdown import chromium
from benchmarks.server import serving
from benchmarks.skimming import DAY, VIEWS
from benchmarks.tables import write

PAGES = {
    "a day": DAY.partition("&")[0],
    "a week": "/arxiv/math?date=2026-W23",
    "search": "/search?q=temperature+of+language+models",
    "narrowed search": "/search?q=reward+learning&cat=cs.LG&year=2025..2026",
    "related": "/related?like=2606.00970",
    "paper": "/paper/2606.01451",
    "home": "/",
    "my papers": "/me",
    "categories": "/categories",
}
"""The two papers have the most formulas in the abstracts of that day."""
WINDOWS = ((1280, 900), (390, 844))
RUNS = 5
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
"""A slow line, as Chromium emulates it: 1.6 Mbit/s, 150 ms for a round trip."""
_LONGEST_MS = 60_000
_STEP_MS = 200
_WATCH = """
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (!entry.hadRecentInput) moved += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
_UNDRAWN = """() => {
  const formulas = [...document.querySelectorAll(".tex:not(.typeset, .tex-failed)")];
  const isInSight = (formula) =>
    formula.checkVisibility() && formula.getBoundingClientRect().top < innerHeight;
  return formulas.filter(isInSight).length;
}"""
_FIRST = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return document.querySelector(".papers .paper .title") && paint ? paint.startTime : null;
}"""


def run(corpus: Corpus) -> None:
    """Load pages in every view; then a day's listing over a slow line."""
    with serving(corpus.june_library()) as port, chromium() as browser:
        site = f"http://127.0.0.1:{port}"
        write("stillness", "Layout shift while a page loads", list(_rows(browser, site)))
        first = [_arrive(browser, site, view) for view in VIEWS]
    write("arrival", f"{PAGES['a day']} with nothing in the cache", first, by="stillness")


def _rows(browser: Browser, site: str) -> Iterator[dict[str, object]]:
    for name, path in PAGES.items():
        row: dict[str, object] = {"page": name}
        for width, height in WINDOWS:
            for view in VIEWS:
                moved = _move(browser, site + path, (width, height), view)
                row[f"{view}, {width}"] = f"{moved:.4f}"
        yield row


def _move(browser: Browser, url: str, window: tuple[int, int], view: str) -> float:
    """Return the sum of a page's layout shifts until its formulas in sight are drawn."""
    with closing(_open(browser, window, view)) as context:
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        _wait_for_formulas(page)
        return float(page.evaluate("moved"))


def _open(browser: Browser, window: tuple[int, int], view: str) -> BrowserContext:
    width, height = window
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(_LONGEST_MS)
    settings = json.dumps({"version": 1, "value": {"view": view}})
    context.add_init_script(_WATCH)
    context.add_init_script(f"localStorage['winnow.settings'] = '{settings}'")
    return context


def _wait_for_formulas(page: Page) -> None:
    for _ in range(_LONGEST_MS // _STEP_MS):
        if not page.evaluate(_UNDRAWN):
            break
        page.wait_for_timeout(_STEP_MS)
    page.wait_for_timeout(_STEP_MS)


def _arrive(browser: Browser, site: str, view: str) -> dict[str, object]:
    """Return when the first card is painted over a slow line, and what was asked for."""
    painted, asked, received, moved = [], [], [], []
    for _ in range(RUNS):
        with closing(_open(browser, WINDOWS[0], view)) as context:
            page = context.new_page()
            requests = _note_requests(page)
            session = context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", SLOW)
            page.goto(site + PAGES["a day"], wait_until="commit")
            painted.append(_wait_for_card(page))
            page.wait_for_load_state("networkidle")
            _wait_for_formulas(page)
            asked.append(len(requests))
            moved.append(page.evaluate("moved"))
            received.append(page.evaluate(_BEFORE_CARD, painted[-1]) / 1024)
    return {
        "view": view,
        "first card, ms": round(statistics.median(painted)),
        "slowest of 5, ms": round(max(painted)),
        "KiB until then": round(statistics.median(received)),
        "requests": max(asked),
        "layout shift": f"{max(moved):.4f}",
    }


def _note_requests(page: Page) -> list[Request]:
    requests: list[Request] = []

    def note(request: Request) -> None:
        requests.append(request)

    page.on("request", note)
    return requests


def _wait_for_card(page: Page) -> float:
    for _ in range(_LONGEST_MS // _STEP_MS):
        if (painted := page.evaluate(_FIRST)) is not None:
            return float(painted)
        page.wait_for_timeout(_STEP_MS)
    raise TimeoutError("no card was painted")


_BEFORE_CARD = """(end) => {
  const page = performance.getEntriesByType("navigation");
  const parts = performance.getEntriesByType("resource");
  return [...page, ...parts]
    .filter((one) => one.responseEnd <= end)
    .reduce((sum, one) => sum + one.transferSize, 0);
}"""

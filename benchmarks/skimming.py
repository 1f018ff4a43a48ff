"""Skimming: how many papers of a real day are on a screen, in each view and window."""

from playwright.sync_api import Browser

from benchmarks.corpus import Corpus
from benchmarks.markdown import chromium
from benchmarks.server import serving
from benchmarks.tables import write

DAY = "/arxiv/cs.LG+cs.CL?date=2026-06-02&show=300"
WINDOWS = ((1280, 900), (1920, 1080), (390, 844))
VIEWS = ("titles", "brief", "full")

_HEIGHTS = """() => {
  const items = [...document.querySelectorAll("[data-feed] > li")];
  for (const item of items) item.style.contentVisibility = "visible";
  const boxes = items.map((item) => item.getBoundingClientRect());
  return {
    papers: items.length,
    columns: new Set(boxes.map((box) => box.left)).size,
    height: boxes.reduce((sum, box) => sum + box.height, 0) / boxes.length,
    first: boxes[0].top + scrollY,
  };
}"""


def run(corpus: Corpus) -> None:
    """Measure the cards of a day in Chromium; a screen's share is by their mean height."""
    with serving(corpus.whole_library()) as port, chromium() as browser:
        rows = [
            row
            for window in WINDOWS
            for row in _measure(browser, f"http://127.0.0.1:{port}{DAY}", window)
        ]
    write("skimming", f"Papers of {DAY} on a screen", rows)


def _measure(browser: Browser, address: str, window: tuple[int, int]):
    width, height = window
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address, wait_until="networkidle")
    for view in VIEWS:
        page.locator(f"[data-choose-view={view}]:visible").first.click()
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_load_state("networkidle")
        found = page.evaluate(_HEIGHTS)
        one = found["height"] / found["columns"]
        yield {
            "window": f"{width}×{height}",
            "view": view,
            "papers": found["papers"],
            "columns": found["columns"],
            "mean height, px": round(found["height"]),
            "papers a screen": round(height / one, 2),
            "first card at, px": round(found["first"]),
        }
    page.close()

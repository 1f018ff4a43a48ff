"""What a page asks for at first, and that nothing moves on it while it loads."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PAGES, Window
from tests.browser.sight import settle

MOST_REQUESTS = 15
MOST_SHIFT = 0.02
STILL = [
    "home",
    "help",
    "unasked",
    "nothing-zh",
    "quiet-day",
    "categories",
    "me",
    "api",
    "missing",
]
"""Pages without formulas. Those with some still move by 0.02 to 0.15 as they are typeset,
more on a busy machine."""
WATCH = """
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def page(browser, site):
    """A page in a window of its own, with nothing in its cache."""
    window = Window(browser, site, viewport={"width": 1280, "height": 900})
    window.context.add_init_script(WATCH)
    yield window.context.new_page()
    window.check()
    window.context.close()


@pytest.fixture(
    scope="module",
    params=[(1280, 900), pytest.param((390, 844), marks=pytest.mark.long)],
    ids=["desk", "phone"],
)
def still(request, open_window):
    """A window for the module: what its pages share is in its cache."""
    width, height = request.param
    window = open_window(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    window.context.add_init_script(WATCH)
    return window


def test_a_cold_listing_asks_for_little(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGES["listing"])
    expect(page.locator(".papers .tex.typeset").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(asked) <= MOST_REQUESTS, asked


@pytest.fixture(scope="module")
def loaded(still):
    """All these pages, opened one after the other; their networks are quiet by the last."""
    pages = {name: still.context.new_page() for name in STILL}
    for name, page in pages.items():
        page.goto(PAGES[name])
    yield pages
    for page in pages.values():
        page.close()


@pytest.mark.parametrize("name", STILL)
def test_nothing_moves_while_a_page_without_formulas_loads(loaded, name):
    page = loaded[name]
    page.wait_for_load_state("networkidle")
    settle(page)
    assert page.evaluate("window.shift") <= MOST_SHIFT

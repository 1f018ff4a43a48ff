"""What a page asks for at first, and that nothing moves on it while it loads."""

import json

import pytest
from playwright.sync_api import expect

from tests.app.service import eventually
from tests.browser.conftest import PAGES, Window
from tests.browser.sight import await_formulas, close, settle

MOST_REQUESTS = 15
MOST_SHIFT = 0.02
QUIET = ["home", "help", "unasked", "quiet-day", "categories", "me", "missing"]
"""Pages without formulas."""
DRAWN = ["related", "filtered", "listing", "narrowed", "paper"]
"""Pages with formulas, whose room is kept until they are drawn."""
OTHERS = ["nothing-zh", "api", "meaning", "both", "results", "notices", "refined"]
OTHERS += ["paper-zh", "listing-zh", "list"]
STILL = [*QUIET, *DRAWN, *(pytest.param(name, marks=pytest.mark.long) for name in OTHERS)]
WATCH = """
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({type: "layout-shift", buffered: true});
"""


KEPT_AND_DRAWN = """() => {
  const formulas = [...document.querySelectorAll(".tex.typeset[class*=em-]")];
  const inEm = (style, name) => parseFloat(style.getPropertyValue(name)) || 0;
  const pairs = formulas.map((formula) => {
    const style = getComputedStyle(formula);
    const box = formula.querySelector("mjx-container").getBoundingClientRect();
    const kept = inEm(style, "--ems") + inEm(style, "--tenths");
    return [kept, box.width / parseFloat(style.fontSize)];
  });
  return pairs.filter(([, drawn]) => drawn);
}"""
"""The width in em of each formula in a line, as it was kept and as it is drawn."""


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
    params=[
        (1280, 900, "brief"),
        *(
            pytest.param(shape, marks=pytest.mark.long)
            for shape in (
                (1280, 900, "full"),
                (1280, 900, "titles"),
                (390, 844, "brief"),
                (390, 844, "full"),
                (390, 844, "titles"),
            )
        ),
    ],
    ids=lambda shape: f"{shape[2]}-{shape[0]}",
)
def still(request, open_window):
    """A window for the module, in a view: what its pages share is in its cache."""
    width, height, view = request.param
    window = open_window(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    settings = json.dumps({"version": 1, "value": {"view": view}})
    window.context.add_init_script(WATCH)
    window.context.add_init_script(f"localStorage['winnow.settings'] = '{settings}'")
    return window


def test_a_cold_listing_asks_for_little(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGES["listing"])
    expect(page.locator(".papers .tex.typeset").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(asked) <= MOST_REQUESTS, asked


@pytest.mark.parametrize("name", STILL)
def test_nothing_moves_while_a_page_loads(still, name):
    page = still.context.new_page()
    asked = set()
    page.on("request", lambda request: asked.update([request]))
    for end in ("requestfinished", "requestfailed"):
        page.on(end, lambda request: asked.difference_update([request]))
    page.goto(PAGES[name])
    await_formulas(page)
    settle(page)
    eventually(lambda: settle(page) or not asked)
    shift = page.evaluate("window.shift")
    close(page)
    assert shift <= MOST_SHIFT


def test_no_formula_is_cut_while_it_waits_to_be_drawn(browser, site):
    window = Window(browser, site, viewport={"width": 1280, "height": 900})
    page = window.context.new_page()
    page.route("**/built/mathjax.js*", lambda _: None)  # never answered
    page.goto("/search?q=theorem+OR+equation+OR+learning")
    cut = page.locator(".summary .tex[class*=em-]:not(.veil)").evaluate_all(
        """all => all.filter((one) => one.checkVisibility())
          .filter((one) => one.scrollWidth > one.clientWidth + 4)
          .map((one) => one.textContent)"""
    )
    assert cut == []
    veiled = page.locator(".summary .tex.veil").first
    assert veiled.evaluate("one => getComputedStyle(one).textIndent") == "110%"
    window.context.close()


@pytest.mark.parametrize("lost", ["**/built/site.js*", "**/built/mathjax.js*"])
def test_formulas_are_read_as_tex_where_their_script_is_lost(browser, site, lost):
    window = Window(browser, site, viewport={"width": 1280, "height": 900})
    page = window.context.new_page()
    page.route(lost, lambda route: route.abort())
    page.goto(PAGES["filtered"])
    formula = page.locator(".summary .tex[class*=em-]").first
    expect(page.locator("html[data-draws]")).to_have_count(0)
    expect(formula).to_be_visible()
    assert formula.evaluate("one => getComputedStyle(one).display") == "inline"
    window.context.close()


def test_room_is_kept_for_formulas_as_wide_as_they_are_drawn(page):
    page.goto(PAGES["listing"])
    await_formulas(page)
    pairs = page.evaluate(KEPT_AND_DRAWN)
    kept, drawn = (sum(column) for column in zip(*pairs, strict=True))
    assert len(pairs) > 2
    assert 0.95 < kept / drawn < 1.05

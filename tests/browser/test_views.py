"""Three views of a list: what each shows, how it is chosen, and that it is remembered."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK_FIRST, PAGES, Window
from tests.browser.sight import barriers, settle

SIZES = {"desk": (1280, 900), "phone": (390, 844)}
LIST = PAGES["listing"]
LEAST = {"desk": {"titles": 11, "brief": 3.5}, "phone": {"titles": 7, "brief": 1.8}}
"""Papers a screen of the demo's day; docs/benchmarks.md has those of a real one."""


EVERYWHERE = pytest.mark.parametrize("page", SIZES, indirect=True)
"""For what depends on the size of the window."""


@pytest.fixture
def page(request, browser, site):
    """A page in a window of its own, for the view is remembered there."""
    name = getattr(request, "param", "desk")
    width, height = SIZES[name]
    size = {"width": width, "height": height}
    window = Window(browser, site, viewport=size, reduced_motion="reduce")
    page = window.context.new_page()
    page.name = name
    yield page
    window.check()
    window.context.close()


def choose(page, view):
    page.locator(f"[data-choose-view={view}]:visible").first.click()
    settle(page)


def shown(page, part):
    """Tell for each card whether a part is on it and seen."""
    return page.locator(f".papers .paper {part}").evaluate_all(
        "all => all.map((e) => e.checkVisibility())"
    )


def markup(page):
    return page.locator(".papers").first.inner_html()


@DESK_FIRST
def test_a_view_is_chosen_in_place_and_remembered(page):
    page.goto(LIST)
    settle(page)
    assert page.locator("html").get_attribute("data-view") == "brief"
    before = markup(page)
    choose(page, "titles")
    assert markup(page) == before  # views are style alone
    assert not any(shown(page, ".summary"))
    assert not any(shown(page, ".keywords"))
    assert all(shown(page, ".title-link"))
    assert all(shown(page, ".title-pdf"))
    page.goto("/search?q=attention")
    expect(page.locator("html")).to_have_attribute("data-view", "titles")
    expect(page.locator("[data-choose-view=titles]:visible").first).to_have_attribute(
        "aria-pressed", "true"
    )
    choose(page, "full")
    assert all(shown(page, ".summary"))
    assert all(shown(page, ".keywords"))
    page.reload()
    assert all(shown(page, ".keywords"))


def test_a_key_turns_the_views_and_the_card_stays(page):
    page.goto("/search?q=learning")
    settle(page)
    for _ in range(4):
        page.keyboard.press("j")
    settle(page)
    card = page.locator(".paper.current")
    for view in ("full", "titles", "brief"):
        page.keyboard.press("v")
        expect(page.locator("html")).to_have_attribute("data-view", view)
        settle(page)
        expect(card).to_be_in_viewport()


def test_brief_shows_three_lines_and_the_rest_on_a_key_or_a_tap(page):
    page.goto(LIST)
    settle(page)
    first = page.locator(".paper").first
    text = first.locator(".summary")
    line = text.evaluate("e => parseFloat(getComputedStyle(e).lineHeight)")
    height = "e => e.getBoundingClientRect().height"
    brief = text.evaluate(height)
    assert brief < 4.5 * line  # a formula may make a line taller
    text.click()
    assert text.evaluate(height) > brief
    assert first.locator(".keywords").is_visible()
    button = first.get_by_role("button", name="Less")
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert text.evaluate(height) == brief
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert text.evaluate(height) > brief
    page.keyboard.press("x")
    assert text.evaluate(height) == brief


def test_a_fold_cuts_no_formula(page):
    page.goto("/search?q=theorem+OR+equation")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".papers .summary .tex:not(.typeset, .tex-failed)")).to_have_count(
        0
    )
    settle(page)
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".papers .summary")].flatMap((text) => {
          const box = text.getBoundingClientRect();
          return [...text.querySelectorAll(".tex")]
            .map((formula) => [formula.textContent, formula.getBoundingClientRect()])
            .filter(([, at]) => at.top < box.bottom - 1 && at.bottom > box.bottom + 6)
            .map(([tex]) => tex);
        })"""
    )
    assert cut == []


@DESK_FIRST
@pytest.mark.parametrize("view", ["titles", "brief"])  # tests of looks see the full one
def test_a_view_keeps_nobody_from_reading(page, view):
    page.goto(LIST)
    choose(page, view)
    assert barriers(page) == []
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@EVERYWHERE
@pytest.mark.parametrize("view", ["titles", "brief"])
def test_many_papers_are_on_a_screen_and_the_first_is_near_its_top(page, view):
    page.goto(PAGES["results"])
    choose(page, view)
    heights = page.locator(".papers > li").evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect().height)"
    )
    mean = sum(heights) / len(heights)
    assert page.viewport_size["height"] / mean >= LEAST[page.name][view]
    for address in (LIST, "/search?q=learning"):
        page.goto(address)
        top = page.locator(".papers > li").first.bounding_box()["y"]
        assert top < page.viewport_size["height"] / 3


@EVERYWHERE
def test_titles_stand_in_line_with_what_is_beside_them(page):
    page.goto(PAGES["results"])
    choose(page, "titles")
    right, column, code, day = page.locator(".papers > li").first.evaluate(
        """(item) => {
          const box = (part) => item.querySelector(part).getBoundingClientRect();
          const ends = [box(".subjects a").right, item.getBoundingClientRect().right];
          return [...ends, box(".subjects a").bottom, box(".date-data > time").bottom];
        }"""
    )
    if page.name == "desk":
        assert abs(right - column) < 1
    else:
        assert abs(code - day) < 4


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_what_is_typed_has_room_on_a_phone(page):
    page.goto("/search")
    box = page.locator("#q")
    box.fill("graph neural networks")
    assert box.evaluate("e => e.scrollWidth <= e.clientWidth")
    button = page.get_by_role("button", name="Search", exact=True)
    assert button.bounding_box()["height"] >= 24


def test_the_days_stay_in_sight_while_one_skims(page):
    page.goto(LIST)
    page.locator(".papers > li").last.scroll_into_view_if_needed()
    settle(page)
    expect(page.locator(".calendar")).to_be_in_viewport()

"""Eight tasks of a reader, counted: at most two clicks, or one key an action."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PAGES
from tests.browser.sight import close, settle

COUNT = """(() => {
  const note = (name) => (event) => {
    const isTyped = name === "keys" && event.target.matches?.("input");
    if (!event.isTrusted || (isTyped && event.key !== "Enter")) return;
    if (name === "clicks" && !event.detail) return;  // a click that a key makes
    sessionStorage[name] = Number(sessionStorage[name] ?? 0) + 1;
  };
  addEventListener("click", note("clicks"), true);
  addEventListener("keydown", note("keys"), true);
})()"""


@pytest.fixture
def page(own_window):
    """A page in a window of its own, which counts clicks and keys but not typing."""
    own_window.context.add_init_script(COUNT)
    return own_window.context.new_page()


def count(page):
    """Return how many clicks and keys there were since the last count."""
    return page.evaluate(
        """() => {
          const of = (name) => Number(sessionStorage[name] ?? 0);
          const counted = [of("clicks"), of("keys")];
          sessionStorage.removeItem("clicks");
          sessionStorage.removeItem("keys");
          return counted;
        }"""
    )


def remember(page, name, value):
    kept = json.dumps({"version": 1, "value": value})
    page.evaluate(f"localStorage['winnow.{name}'] = {json.dumps(kept)}")


def test_the_latest_day_of_two_categories_on_a_first_visit(page):
    page.goto("/")
    expect(page.get_by_label("Search papers")).to_be_focused()
    page.keyboard.insert_text("cs.LG+cs.CL")
    page.keyboard.press("Enter")
    page.wait_for_url("**/arxiv/cs.LG+cs.CL")
    expect(page.locator(".papers .paper").first).to_be_visible()
    assert count(page) == [0, 1]


def test_the_next_morning_from_home(page):
    page.goto("/search")
    remember(page, "categories", {"follow": ["cs.LG", "cs.CL"], "leave": []})
    remember(page, "visits", {"before": "", "latest": "2017-06-01", "at": 1})
    page.goto("/")
    mine = page.locator("[data-my-listing]")
    expect(mine).to_contain_text("new papers since your last visit")
    mine.get_by_role("link", name="My listing").click()
    page.wait_for_url("**/arxiv/cs.LG+cs.CL")
    assert count(page) == [1, 0]


def test_next_star_pdf_and_copy(page):
    page.goto(PAGES["listing"])
    settle(page)
    page.keyboard.press("j")
    card = page.locator(".paper.current")
    expect(card).to_have_count(1)
    assert count(page) == [0, 1]
    page.keyboard.press("s")
    expect(card.locator(".star")).to_have_attribute("aria-pressed", "true")
    assert count(page) == [0, 1]
    with page.context.expect_page() as opened:
        page.keyboard.press("p")
    opened.value.wait_for_url("**/pdf/**")
    close(opened.value)
    page.bring_to_front()
    assert count(page) == [0, 1]
    page.keyboard.press("b")
    expect(page.locator("[data-status]")).to_have_text("BibTeX copied")
    assert count(page) == [0, 1]


def test_a_summary_is_read(page):
    page.goto("/arxiv/1706.03762")
    page.wait_for_load_state("networkidle")  # or a click on what moves is made again
    page.locator("details.document > summary").click()
    expect(page.locator(".paper .markdown")).to_contain_text("Recurrent networks")
    assert count(page) == [1, 0]


def test_a_half_remembered_paper_is_found(page):
    page.goto("/")
    expect(page.get_by_label("Search papers")).to_be_focused()
    page.keyboard.insert_text("atention is al you need vaswani")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    expect(page.locator(".paper").first).to_have_attribute("id", "1706.03762")
    assert count(page) == [0, 1]


def test_a_result_is_narrowed_to_years(page):
    page.goto("/search?q=the+of")
    bars = page.locator("svg.years a")
    expect(bars.first).to_be_visible()
    bars.last.click()
    page.wait_for_url(re.compile("year=20"))
    assert count(page) == [1, 0]


def test_the_day_before(page):
    page.goto(PAGES["listing"])
    earlier = page.locator(".days a[rel=prev]").get_attribute("href")
    page.keyboard.press("[")
    page.wait_for_url(f"**{earlier}")
    assert count(page) == [0, 1]


def test_bibtex_of_a_result(page):
    page.goto("/search?q=the+of")
    page.locator(".export > summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="BibTeX", exact=True).click()
    assert waiting.value.suggested_filename.endswith(".bib")
    assert count(page) == [2, 0]

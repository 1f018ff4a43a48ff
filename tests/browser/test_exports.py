"""A whole list as a file: by a menu, by keyboard, without a script, and its bound."""

import json
import re
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PAGES, Window
from tests.browser.sight import barriers, settle

KEY = re.compile(r"^@", re.MULTILINE)


@pytest.fixture
def page(sized_window):
    """A page in a window of its own."""
    return sized_window.context.new_page()


def save(page, format_name):
    """Press a button of the menu; return the name of the file and its text."""
    page.locator(".export > summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=format_name, exact=True).click()
    return waiting.value.suggested_filename, waiting.value.path().read_text()


def find_total(site, path):
    with urlopen(f"{site}{path}") as answer:  # noqa: S310
        return json.loads(answer.read())["total"]


def test_a_whole_result_is_one_file(page, site):
    page.goto("/search?q=the+of&lang=zh")
    total = find_total(site, "/api/search?q=the+of&limit=1&fields=id")
    name, text = save(page, "BibTeX")
    assert name == "papers.bib"
    assert len(KEY.findall(text)) == total > 40
    expect(page.locator("[data-export-told]")).to_contain_text(str(total))


def test_of_a_relaxed_result_those_with_all_the_words_are_exported(page):
    page.goto("/search?q=attention+transformer+translation&mode=lexical")
    whole = int(page.locator("h1").inner_text().split()[0])
    name, text = save(page, "CSL-JSON")
    assert name == "papers.json"
    assert len(json.loads(text)) == whole


def test_a_whole_listing_is_one_file(page, site):
    page.goto(PAGES["listing"])
    total = find_total(site, "/api/listings/cs.LG?date=2017-06&fields=id&limit=1")
    name, text = save(page, "Markdown")
    assert name == "papers-2017-06.md"
    assert text.count("arxiv.org/abs/") >= total
    settle(page)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sheet = page.locator(".export .menu-sheet").bounding_box()
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= page.viewport_size["width"]


def test_the_menu_opens_and_closes_by_keyboard(page):
    page.goto(PAGES["list"])
    summary = page.locator(".export > summary")
    summary.focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="RIS", exact=True)
    expect(button).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "papers.ris"
    assert waiting.value.path().read_text().count("ER  -") == 2


def test_without_script_the_papers_of_a_page_are_a_file(browser, site):
    window = Window(browser, site, java_script_enabled=False)
    page = window.context.new_page()
    page.goto("/search?q=the+of&page=2")
    name, text = save(page, "BibTeX")
    assert name == "winnow.bib"
    assert len(KEY.findall(text)) == 20
    window.context.close()

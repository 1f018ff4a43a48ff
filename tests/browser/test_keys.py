"""Keys and tab stops: everything by keyboard, and never on a card that is not marked."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PAGES, ROOT
from tests.browser.sight import settle

LIST = PAGES["listing"]
MOST_STOPS = 8


@pytest.fixture
def page(own_window):
    """A page in a window of its own, whose memory no other test has."""
    return own_window.context.new_page()


def pasted(page):
    return page.evaluate("navigator.clipboard.readText()")


def current(page):
    return page.locator(".paper.current")


def open_list(page, address=LIST):
    page.goto(address)
    settle(page)
    page.keyboard.press("j")
    expect(current(page)).to_have_count(1)


def test_a_key_acts_on_a_marked_card_alone(page):
    page.goto(LIST)
    page.keyboard.press("s")
    assert page.locator(".star[aria-pressed=true]").count() == 0
    expect(current(page)).to_have_count(1)
    page.keyboard.press("s")
    expect(current(page).locator(".star")).to_have_attribute("aria-pressed", "true")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    settle(page)
    page.keyboard.press("s")  # that card is out of sight: another is marked, no more
    assert page.locator(".star[aria-pressed=true]").count() == 1


def test_what_was_done_last_is_undone(page):
    open_list(page)
    star = current(page).locator(".star")
    page.keyboard.press("s")
    expect(star).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("z")
    expect(star).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("a")
    expect(page.locator("[data-status]")).to_have_text(re.compile("marked as seen"))
    cards = page.locator(".papers .paper").count()
    expect(page.locator(".papers .paper.seen")).to_have_count(cards)
    page.keyboard.press("z")
    expect(page.locator(".papers .paper.seen")).to_have_count(0)


def test_bibtex_is_copied_by_key_and_by_click(page):
    open_list(page)
    page.keyboard.press("b")
    expect(page.locator("[data-status]")).to_have_text("BibTeX copied")
    paper = current(page).get_attribute("id")
    assert paper in pasted(page)
    second = page.locator(".paper").nth(1)
    second.locator(".title-bibtex").click()
    expect(second.locator(".title-bibtex")).to_have_text("BibTeX copied")
    assert second.get_attribute("id") in pasted(page)


@pytest.mark.parametrize(("key", "part"), [("p", "pdf"), ("O", "paper")])
def test_a_paper_is_opened_in_a_tab(page, key, part):
    open_list(page)
    paper = current(page).get_attribute("id")
    with page.context.expect_page() as opened:
        page.keyboard.press(key)
    opened.value.wait_for_url(f"**/{part}/{paper}")
    assert LIST in page.url


def test_a_summary_is_unfolded_by_a_key(page):
    open_list(page, "/arxiv/1706.03762")
    page.keyboard.press("u")
    expect(current(page).locator("details.document")).to_have_attribute("open", "")


def test_days_and_pages_are_a_key_away(page):
    page.goto(LIST)
    earlier = page.locator(".days a[rel=prev]").get_attribute("href")
    page.keyboard.press("[")
    page.wait_for_url(f"**{earlier}")
    page.keyboard.press("]")
    page.wait_for_url(re.compile(r"date=2017-06"))
    page.goto("/search?q=the+of")
    page.keyboard.press("]")
    page.wait_for_url(re.compile("page=2"))


def test_places_are_a_key_away(page):
    page.goto("/search?q=attention")
    page.keyboard.press("l")
    page.wait_for_url(re.compile("/arxiv/"))
    page.keyboard.press("m")
    page.wait_for_url("**/me")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")


def test_a_paper_leads_on_in_the_list_it_came_from(page):
    open_list(page, "/search?q=learning&lang=zh")
    ids = page.locator(".paper").evaluate_all("all => all.map((e) => e.id)")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(f"**/paper/{ids[1]}?lang=zh")
    page.keyboard.press("j")
    page.wait_for_url(f"**/paper/{ids[2]}?lang=zh")
    page.keyboard.press("k")
    page.wait_for_url(f"**/paper/{ids[1]}?lang=zh")
    page.get_by_role("link", name="返回列表").click()
    page.wait_for_url(re.compile(r"/search\?q=learning&lang=zh(#|$)"))
    page.goto("/paper/1406.2661")
    page.keyboard.press("r")
    page.wait_for_url(re.compile("/related"))


@pytest.mark.parametrize(
    "view", ["titles", pytest.param("brief", marks=pytest.mark.long), "full"]
)
def test_a_card_has_few_tab_stops_and_arrows_lead_within(page, view):
    page.goto(LIST)
    page.locator(f"[data-choose-view={view}]:visible").first.click()
    stops = page.locator(".papers .paper").evaluate_all(
        """cards => cards.map((card) => [...card.querySelectorAll("a, button, summary")]
             .filter((e) => e.checkVisibility() && e.tabIndex === 0
                            && !e.closest(".summary, .facts")).length)"""
    )
    assert min(stops) >= 2
    assert max(stops) <= MOST_STOPS
    first = page.locator(".papers .paper").first
    first.locator(".title-pdf").focus()
    page.keyboard.press("ArrowRight")
    within = "document.activeElement.closest('.margin') !== null"
    assert page.evaluate(within)
    assert not page.evaluate("document.activeElement.matches('.title-pdf')")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.matches('.star')")
    page.keyboard.press("Tab")
    assert not page.evaluate(within)


@pytest.mark.parametrize("address", [LIST, "/search?q=attention", PAGES["related"]])
def test_a_second_stop_skips_to_the_papers(page, address):
    page.goto(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.papers .title-link')")


def test_the_script_and_the_help_name_the_same_keys(page):
    page.goto(LIST)
    told = set(page.locator("dialog.keys kbd").all_text_contents())
    script = (ROOT / "static" / "js" / "keyboard" / "keys.js").read_text()
    (table,) = re.findall(r"const KEYS = \{(.*?)\};", script, re.DOTALL)
    known = {a or b for a, b in re.findall(r'^\s*(?:"(.)"|(\w)):', table, re.MULTILINE)}
    assert told == known

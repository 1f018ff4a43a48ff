"""The pages of a result as one list: they load on, and the address keeps the place."""

import re

import pytest
from playwright.sync_api import expect

from tests.app.service import eventually
from tests.browser.conftest import Window
from tests.browser.sight import barriers, settle

RESULT = "/search?q=the+of"


@pytest.fixture
def page(browser, site):
    """A page in a window of its own."""
    window = Window(browser, site, reduced_motion="reduce")
    yield window.context.new_page()
    window.check()
    window.context.close()


def numbers(page):
    return page.locator(".papers .number").all_text_contents()


def scroll_on(page, count):
    """Scroll down until there are so many papers; go to the last of them."""
    while page.locator(".papers > li").count() < count:
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        settle(page)
    card = page.locator(".papers .paper").nth(count - 1)
    card.evaluate("e => e.scrollIntoView({block: 'start'})")
    return card


def test_results_load_on_and_have_what_the_first_ones_have(page):
    page.goto(RESULT)
    expect(page.locator(".papers > li")).to_have_count(20)
    card = scroll_on(page, 41)
    texts = numbers(page)
    assert texts == [str(n) for n in range(1, len(texts) + 1)]
    ids = page.locator(".papers .paper").evaluate_all("all => all.map((e) => e.id)")
    assert len(set(ids)) == len(ids)
    named = page.locator("abbr.unapi-id")
    assert named.evaluate_all("all => all.map((e) => e.title)") == ids
    assert not any(one.is_visible() for one in named.all())
    assert card.locator("mark").count() > 0
    expect(card.locator(".star")).to_have_count(1)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".papers .tex:not(.typeset, .tex-failed)")).to_have_count(0)
    expect(page.locator("[data-results-status]")).to_have_text(re.compile(r"\d+ papers"))
    expect(page.locator(".pager [aria-current]")).not_to_have_text("1")
    card.evaluate("e => { window.added = e }")
    assert barriers(page, "window.added") == []


def test_the_address_names_the_page_and_the_card_and_back_returns_to_it(page):
    page.goto(RESULT)
    card = scroll_on(page, 45)
    paper = card.get_attribute("id")

    def is_named():  # formulas above may still be finding their size
        card.evaluate("e => e.scrollIntoView({block: 'start'})")
        settle(page)
        return page.url.endswith(f"/search?q=the+of&page=3#{paper}")

    eventually(is_named)
    card.locator(".title-link").evaluate("link => link.click()")  # scrolls nowhere first
    page.wait_for_url(f"**/paper/{paper}")
    page.go_back()
    page.wait_for_url(f"**/search?q=the+of&page=3#{paper}")
    expect(page.locator(f'[id="{paper}"]')).to_be_in_viewport()
    page.reload()
    expect(page.locator(f'[id="{paper}"]')).to_be_in_viewport()
    assert numbers(page)[0] == "41"
    earlier = page.get_by_role("link", name="Earlier papers of this result")
    earlier.click()
    expect(page.locator(".papers .number").first).to_have_text("21")
    earlier.click()
    expect(page.locator(".papers .number").first).to_have_text("1")
    expect(earlier).to_be_hidden()
    texts = numbers(page)
    assert texts == [str(n) for n in range(1, len(texts) + 1)]

    def is_at_top():  # what was loaded above may still be finding its size
        page.evaluate("scrollTo(0, 0)")
        return page.url.endswith("/search?q=the+of")

    eventually(is_at_top)


def test_keys_turn_pages_loaded_or_not(page):
    page.goto(RESULT)
    settle(page)
    for number in (2, 3):
        page.keyboard.press("]")
        page.wait_for_url(re.compile(f"page={number}#"))
        first = page.locator(".papers .paper").nth((number - 1) * 20)
        expect(first).to_be_in_viewport()
    page.keyboard.press("[")
    page.wait_for_url(re.compile("page=2#"))
    page.goto(f"{RESULT}&page=3")
    settle(page)
    page.keyboard.press("[")
    page.wait_for_url(re.compile("page=2#"))
    expect(page.locator(".papers .number").first).to_have_text("21")


def test_where_a_page_does_not_come_the_reader_may_try_again(browser, site):
    window = Window(browser, site)
    page = window.context.new_page()
    page.context.route(re.compile("page=2"), lambda route: route.abort())
    page.goto(RESULT)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    button = page.get_by_role("button", name="Try again")
    expect(button).to_be_visible()
    page.context.unroute(re.compile("page=2"))
    button.click()
    expect(page.locator(".papers > li")).not_to_have_count(20)
    window.context.close()  # unchecked: the console says what did not come


def test_without_script_there_are_pages(browser, site):
    window = Window(browser, site, java_script_enabled=False)
    page = window.context.new_page()
    page.goto(RESULT)
    page.locator(".pager a[rel=next]").click()
    page.wait_for_url("**page=2")
    assert numbers(page)[0] == "21"
    page.get_by_role("link", name="Earlier papers of this result").click()
    page.wait_for_url("**/search?q=the+of")
    window.context.close()

"""What a reader does, in a real browser."""

import re

import pytest

from tests.browser.conftest import PAGES
from tests.browser.sight import close


@pytest.fixture(scope="module")
def plain_window(open_window):
    """A private window without JavaScript."""
    return open_window(java_script_enabled=False)


@pytest.fixture(params=["window", "plain_window"])
def reader(request):
    """A page of a browser with JavaScript, and of one without."""
    window = request.getfixturevalue(request.param)
    page = window.context.new_page()
    yield page
    close(page)
    window.check()


def test_typing_and_enter_searches(reader):
    reader.goto("/")
    reader.get_by_label("Search papers").fill("attention is all you need")
    reader.keyboard.press("Enter")
    reader.wait_for_url(re.compile(r"/search\?q=attention"))
    first = reader.get_by_role("article").first
    assert "Attention Is All You Need" in first.inner_text()


def test_the_button_searches_too(reader):
    reader.goto("/")
    reader.get_by_label("Search papers").fill("1706.03762")
    reader.get_by_role("button", name="Search").click()
    reader.wait_for_url("**/paper/1706.03762")


def test_a_title_leads_to_the_paper_and_an_author_to_a_search(reader):
    reader.goto("/search?q=attention+is+all+you+need")
    reader.get_by_role("link", name="Attention Is All You Need", exact=True).click()
    reader.wait_for_url("**/paper/1706.03762")
    reader.get_by_role("link", name="Ashish Vaswani").click()
    reader.wait_for_url(re.compile(r"/search\?q=au"))
    assert reader.get_by_role("heading", level=1).inner_text() == "1 paper"


def test_next_leads_through_the_pages_and_the_sorting_stays(reader):
    reader.goto("/search?q=the+of&sort=newest")
    reader.get_by_role("link", name="Next").click()
    reader.wait_for_url(re.compile(r"page=\d"))  # behind what has loaded on
    (number,) = re.findall(r"page=(\d)", reader.url)
    assert reader.locator("[aria-current=page]").inner_text() == number
    assert reader.locator(".sort [aria-current=true]").inner_text() == "Newest"


def test_a_new_search_keeps_the_language_and_the_sorting(reader):
    reader.goto("/search?q=quantum&sort=oldest&lang=zh")
    box = reader.locator("#q")
    box.fill("gravity")
    box.press("Enter")
    reader.wait_for_url(re.compile(r"q=gravity"))
    assert "sort=oldest" in reader.url
    assert "lang=zh" in reader.url


def test_the_language_can_be_changed_on_any_page(reader):
    reader.goto("/paper/1706.03762")
    reader.locator(".menu > summary").click()
    reader.get_by_role("link", name="中文").click()
    reader.wait_for_url("**/paper/1706.03762?lang=zh")
    assert reader.locator("html").get_attribute("lang") == "zh"


def test_more_authors_unfold(reader):
    reader.goto(PAGES["notices"])
    last = reader.locator("details.fold a").last
    assert not last.is_visible()
    reader.get_by_text("and 20 more authors").click()
    assert last.is_visible()


def test_a_reader_in_chinese_gets_chinese(open_window):
    page = open_window(locale="zh-CN").context.new_page()
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "zh"
    assert page.get_by_role("button", name="检索").is_visible()


def test_hostile_text_runs_nothing(page):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for address in (PAGES["notices"], "/paper/2302.07001"):
        page.goto(address, wait_until="networkidle")
        assert "<script>alert(1)</script>" in page.locator("main").inner_text()
    page.goto('/search?q="><script>alert(1)</script><img src=x onerror=alert(2)>')
    assert dialogs == []


def test_the_explorer_of_the_api_shows_every_call(page):
    page.goto(PAGES["api"])
    calls = page.locator(".opblock-summary-path")
    calls.first.wait_for()
    shown = {text.replace("\u200b", "") for text in calls.all_inner_texts()}
    assert shown == {
        "/api/search",
        "/api/suggest",
        "/api/papers/batch",
        "/api/papers/{paper_id}",
        "/api/categories",
        "/api/changes",
        "/api/changes/new",
        "/healthz",
        "/readyz",
        "/api/keywords",
        "/api/papers/{paper_id}/related",
        "/api/papers/{paper_id}/summaries",
        "/api/papers/{paper_id}/star",
        "/api/listings/{categories}",
        "/api/listings/{categories}/days",
        "/api/export",
        "/api/related",
    }


def test_a_call_can_be_tried_in_the_explorer(page):
    page.goto(PAGES["api"])
    call = page.locator(".opblock", has_text="/healthz")
    call.locator(".opblock-summary-control").click()
    call.get_by_role("button", name="Try it out").click()
    call.get_by_role("button", name="Execute").click()
    status = call.locator(".live-responses-table .response-col_status").last
    assert "200" in status.inner_text()
    assert '"status": "ok"' in call.locator(".live-responses-table").inner_text()

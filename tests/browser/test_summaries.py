"""Summaries in a browser: rendered on their paper's page, unfolded on a card."""

import re

from playwright.sync_api import expect

from tests.browser.sight import close

PAPER = "/paper/1706.03762"
CARD = "/search?q=attention+is+all+you+need"


def test_a_summary_is_rendered_and_its_formulas_typeset(page):
    page.goto(f"{PAPER}#summaries")
    document = page.locator(".document[open] .markdown").first
    expect(document.locator("h3")).to_have_count(6)
    document.locator(".tex").first.scroll_into_view_if_needed()
    expect(document.locator(".tex").first).to_have_class(re.compile("typeset"))
    assert document.locator("pre:only-child").count() == 0
    assert "version 7 now" in page.locator(".outdated").first.inner_text()


def test_a_folded_summary_is_rendered_when_it_is_opened(page):
    page.goto(PAPER)
    second = page.locator(".document").nth(1)
    assert second.locator("h3").count() == 0
    second.locator("summary").click()
    expect(second.locator("h3")).to_have_count(6)
    assert second.locator(".markdown").get_attribute("lang") == "zh"


def test_the_readers_language_comes_first(page):
    page.goto(f"{PAPER}?lang=zh")
    assert page.locator(".markdown").first.get_attribute("lang") == "zh"


def test_a_card_fetches_its_summary_when_it_is_unfolded(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(CARD)
    fold = page.locator(".panel.paper").first.locator("details.document")
    early = [url for url in asked if url.endswith("/summaries") or "built/render" in url]
    assert early == []
    fold.locator("summary").click()
    expect(fold.locator("h3")).to_have_count(6)
    expect(fold.locator(".typeset").first).to_be_visible()
    fold.locator("summary").click()
    fold.locator("summary").click()
    assert len([url for url in asked if url.endswith("/summaries")]) == 1


def test_a_summary_that_cannot_be_fetched_says_so_and_can_be_tried_again(open_window):
    window = open_window()
    page = window.context.new_page()
    page.route("**/summaries", lambda route: route.abort())
    page.goto(CARD)
    fold = page.locator(".panel.paper").first.locator("details.document")
    fold.locator("summary").click()
    expect(fold.locator("[role=status]")).to_contain_text("could not be loaded")
    page.unroute("**/summaries")
    fold.locator("summary").click()
    fold.locator("summary").click()
    expect(fold.locator("h3")).to_have_count(6)
    assert fold.locator("[role=status]").inner_text() == ""
    close(page)


def test_without_script_a_summary_is_text_and_a_card_leads_to_it(open_window):
    window = open_window(java_script_enabled=False)
    page = window.context.new_page()
    page.goto(PAPER)
    assert "## Q1" in page.locator(".document .markdown").first.inner_text()
    page.goto(CARD)
    fold = page.locator(".panel.paper").first.locator("details.document")
    fold.locator("summary").click()
    fold.get_by_role("link").click()
    assert page.url.endswith(f"{PAPER}#summaries")
    close(page)
    window.check()


def test_what_is_typed_is_rendered_at_once(page):
    page.goto("/about/rendering")
    source, result = page.locator("#source"), page.locator("#result")
    source.fill("**bold** $x^2$ and $\\frac{1}{2}$, \\$5")
    expect(result.locator("strong")).to_have_text("bold")
    expect(result.locator(".typeset")).to_have_count(2)
    first = result.locator(".typeset").first.element_handle()
    source.press_sequentially("\n\nmore")
    expect(result.locator("p")).to_have_count(2)
    assert first.evaluate("e => e.isConnected")  # what is above stays as it is
    page.locator(".case button").nth(3).click()
    expect(result.locator(".tex-display")).to_have_count(4)


def test_the_hard_cases_are_all_rendered(page):
    page.goto("/about/rendering")
    cases = page.locator(".case")
    count = cases.count()
    assert count > 20
    for number in range(count):
        cases.nth(number).scroll_into_view_if_needed()
    expect(page.locator(".tex:not(.typeset, .tex-failed)")).to_have_count(0)
    failed = page.locator(".case", has=page.locator(".tex-failed"))
    assert failed.locator("h3").all_inner_texts() == ["One bad formula among good ones"]
    assert failed.locator(".tex-failed").all_inner_texts() == [r"\frac{a}"]


def test_a_card_says_in_a_sentence_what_its_summary_says(page):
    page.goto("/search?q=attention+recurrence&mode=lexical")
    gist = page.locator("[id='1706.03762'] .gist")
    expect(gist).to_contain_text("Recurrent networks read a sequence")
    expect(gist.locator(".tex.typeset").first).to_be_visible()
    assert page.locator(".gist").count() < page.locator(".papers .paper").count()
    page.goto("/arxiv/1706.03762?lang=zh")
    expect(page.locator(".gist [lang=zh]")).to_contain_text("循环网络逐个读取序列")
    page.locator("[data-choose-view=titles]:visible").first.click()
    expect(page.locator(".gist")).to_be_hidden()

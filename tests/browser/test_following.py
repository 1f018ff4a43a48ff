"""Searches and authors that a reader follows, and what is new in each."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.sight import barriers, settle

AUTHOR = "/search?q=" + "au%3A%22Ashish+Vaswani%22"
SEARCH = "/search?q=learning&cat=cs.LG&sort=oldest"
LAST_VISIT = "2017-06-01"


@pytest.fixture
def page(sized_window):
    """A page in a window of its own, of a reader who was last here in 2017."""
    page = sized_window.context.new_page()
    page.goto("/search")
    remember(page, "visits", {"before": "", "latest": LAST_VISIT, "at": 1})
    return page


def remember(page, name, value):
    kept = json.dumps({"version": 1, "value": value})
    page.evaluate(f"localStorage['winnow.{name}'] = {json.dumps(kept)}")


def follow(page, address):
    page.goto(address)
    button = page.locator(".follow-search")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    return button


def count(page, address):
    """Return how many papers the API says are new in a search."""
    answer = page.request.get(f"/api{address}&after=2017-06-02&limit=1&mode=lexical")
    return answer.json()["total"]


def test_searches_and_authors_are_followed_and_what_is_new_is_told(page):
    assert follow(page, AUTHOR).inner_text() == "Follow this author"
    assert follow(page, SEARCH).inner_text() == "Follow this search"
    page.goto("/")
    items = page.locator("[data-followed] li")
    expect(items).to_have_count(2)
    expect(items.nth(0)).to_contain_text("Ashish Vaswani")
    expect(items.nth(1)).to_contain_text("learning · cs.LG")
    for item, address in ((0, AUTHOR), (1, SEARCH)):
        papers = count(page, address)
        assert papers
        expect(items.nth(item).locator(".count")).to_have_text(f"{papers} new")
    settle(page)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    items.nth(1).locator(".count a").click()
    page.wait_for_url(re.compile("after=2017-06-02"))
    expect(page.locator("h1")).to_have_text(re.compile(rf"^\s*{papers} paper"))


def test_of_my_listing_all_is_counted_that_came_since_the_last_visit(page):
    remember(page, "categories", {"follow": ["cs.LG", "cs.CL"], "leave": ["cs.CV"]})
    query = "/search?q=-cat%3Acs.CV&cat=cs.LG,cs.CL"
    page.goto("/")
    expect(page.locator("[data-my-listing] .count")).to_have_text(
        f"{count(page, query)} new papers since your last visit"
    )
    page.locator("[data-my-listing] .count a").click()
    page.wait_for_url(re.compile("/search.*after=2017-06-02"))
    expect(page.locator("h1")).to_have_text(re.compile(rf"^\s*{count(page, query)} papers"))


def test_what_is_followed_is_listed_and_removed_on_my_papers(page):
    follow(page, SEARCH)
    follow(page, AUTHOR)
    remember(page, "categories", {"follow": ["cs.LG"], "leave": []})
    page.goto("/me")
    items = page.locator("[data-followed] li")
    expect(items.locator(".count")).to_have_text([re.compile("new"), re.compile("new")])
    expect(page.locator("[data-categories] .count")).to_have_text(re.compile("new"))
    settle(page)
    assert barriers(page) == []
    page.get_by_role("button", name="Follow no longer: learning · cs.LG").click()
    expect(items).to_have_count(1)
    expect(items.locator("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(items).to_have_count(0)
    expect(page.locator("[data-none-followed]")).to_be_visible()
    page.goto("/")
    expect(page.locator("[data-followed]")).to_be_hidden()


def test_following_is_undone_and_shown_wherever_the_search_is(page):
    button = follow(page, AUTHOR)
    page.keyboard.press("z")
    expect(button).to_have_attribute("aria-pressed", "false")
    follow(page, SEARCH)
    page.goto(SEARCH.replace("oldest", "newest") + "&page=1&lang=zh")
    expect(page.locator(".follow-search")).to_have_attribute("aria-pressed", "true")


def test_nobody_follows_more_than_fifty(page):
    remember(page, "searches", [f"q=word{n}" for n in range(50)])
    page.goto(AUTHOR)
    button = page.locator(".follow-search")
    button.click()
    expect(page.locator("[data-status]")).to_have_text(re.compile("the most"))
    expect(button).to_have_attribute("aria-pressed", "false")


def test_on_a_first_visit_nothing_is_counted(page):
    follow(page, AUTHOR)
    page.evaluate("localStorage.removeItem('winnow.visits')")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/me")
    expect(page.locator("[data-followed] li")).to_have_count(1)
    settle(page)
    assert not [url for url in asked if "/api/search" in url]


def test_new_is_what_came_to_the_library_since_the_last_visit(page):
    follow(page, SEARCH)
    page.goto("/")
    mark = page.evaluate("document.documentElement.dataset.snapshot")
    visit = {"before": "", "latest": LAST_VISIT, "mark": mark, "at": 1}
    remember(page, "visits", visit)
    page.goto("/")
    items = page.locator("[data-followed] li")
    expect(items.locator(".count")).to_have_text("nothing new")


def test_what_is_followed_leads_on_in_the_language_that_was_chosen(page):
    changes = page.request.get("/api/changes?kind=new").json()
    came, mark = changes["data"][0]["id"], changes["meta"]["first"]
    remember(page, "searches", [f"q={came}"])
    remember(page, "categories", {"follow": ["cs.LG"], "leave": []})
    remember(page, "visits", {"latest": LAST_VISIT, "mark": mark, "at": 1})
    page.goto("/?lang=zh")
    mine = page.locator("[data-my-listing] > a")
    expect(mine).to_have_attribute("href", re.compile(r"/arxiv/cs\.LG\?lang=zh$"))
    page.locator("[data-followed] .count a").click()
    page.wait_for_url(f"**/arxiv/{came}?lang=zh")


def test_papers_are_marked_as_new_that_came_since_the_last_visit(page):
    changes = page.request.get("/api/changes?kind=new").json()
    came = [change["id"] for change in changes["data"]]
    address = f"/arxiv/{came[0]},1706.03762"
    visit = {"latest": "2030-01-01", "mark": changes["meta"]["first"], "at": 1}
    remember(page, "visits", visit)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    new = page.locator(".paper.fresh .new-mark")
    for _ in range(2):
        page.goto(address)
        expect(new).to_have_text("new")
        assert page.locator(".paper.fresh").get_attribute("id") == came[0]
    assert len([url for url in asked if "/api/changes" in url]) == 1


def test_papers_of_later_days_are_new_where_the_library_has_forgotten(own_window):
    page = own_window.context.new_page()
    page.goto("/search")
    visit = {"latest": "2017-06-01", "mark": "20200101T000000Z", "at": 1}
    remember(page, "visits", visit)
    page.goto("/arxiv/1706.03762,hep-th/9711200")
    expect(page.locator(".paper.fresh")).to_have_attribute("id", "1706.03762")


def test_starred_papers_are_shown_in_the_language_that_was_chosen(page):
    remember(page, "stars", {"1706.03762": 1})
    page.goto("/me?lang=zh")
    title = page.locator(".starred a")
    expect(title).to_have_attribute("href", re.compile(r"/paper/1706\.03762\?lang=zh$"))
    expect(page.locator(".starred li")).to_contain_text("2017年6月12日")

"""What helps a reader to find: suggestions, marks, filters, years, and the account."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.sight import close


@pytest.fixture(scope="module")
def plain(open_window):
    """A page without JavaScript, as wide as a desk."""
    window = open_window(java_script_enabled=False)
    opened = window.context.new_page()
    yield opened
    close(opened)
    window.check()


def box(page):
    """The search box, which is a combobox where there is JavaScript."""
    return page.get_by_role("combobox", name="Search papers")


def type_slowly(page, text, home="/"):
    """Type into the search box of the home page, and wait for suggestions."""
    page.goto(home)
    page.locator("#q").press_sequentially(text)
    page.get_by_role("option").first.wait_for()


def test_a_title_is_completed_and_leads_to_its_paper(page):
    type_slowly(page, "attention is")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")

    chosen = page.get_by_role("option", selected=True)
    assert "Attention Is All You Need" in chosen.inner_text()
    assert "Ashish Vaswani, 2017" in chosen.inner_text()
    expect(box(page)).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/paper/1706.03762")


def test_what_is_completed_is_opened_in_the_language_that_was_chosen(page):
    type_slowly(page, "attention is", "/?lang=zh")
    page.get_by_role("option", name="Attention Is All You Need").click()
    page.wait_for_url("**/paper/1706.03762?lang=zh")


def test_an_author_is_completed_and_searched_for(page):
    type_slowly(page, "vaswa")
    page.get_by_role("option", name="Ashish Vaswani").click()
    page.wait_for_url(re.compile(r"/search\?q=au"))
    assert "1 paper" in page.get_by_role("heading", level=1).inner_text()


def test_the_arrows_go_round_and_escape_closes(page):
    type_slowly(page, "attention is")
    page.keyboard.press("ArrowUp")
    last = page.get_by_role("option").last
    expect(last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("attention is")
    expect(box(page)).to_be_focused()


def test_enter_searches_for_the_text_itself(page):
    type_slowly(page, "attention is")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q=attention\+is"))


def test_matched_words_are_marked_but_no_formula(page):
    page.goto("/search?q=attention+softmax+matrices")
    assert "attention" in [
        text.lower() for text in page.locator(".title mark").all_inner_texts()
    ]
    marked = page.locator(".summary mark").all_inner_texts()
    assert marked
    assert not any("mathrm" in text or "$" in text for text in marked)


@pytest.fixture
def years(page):
    """The picture of a result's years."""
    page.goto("/search?q=the+of")
    return page.locator("svg.years")


def bar(years, number):
    """The middle of a year's place, in pixels of the window."""
    area = years.bounding_box()
    count = years.locator("a").count()
    return area["x"] + area["width"] * (number + 0.5) / count, area["y"] + 10


def test_dragging_across_the_years_chooses_them(page, years):
    first, last = (years.locator("a").nth(n).get_attribute("data-year") for n in (3, 6))
    page.mouse.move(*bar(years, 6))
    page.mouse.down()
    page.mouse.move(*bar(years, 5))
    page.mouse.move(*bar(years, 3), steps=4)
    assert page.locator("svg.years .picked").count() == 4
    page.mouse.up()
    page.wait_for_url(re.compile(rf"year={first}\.\.{last}"))


def test_a_click_on_a_year_chooses_it(page, years):
    link = years.locator("a").last
    year = link.get_attribute("data-year")
    page.mouse.click(*bar(years, years.locator("a").count() - 1))
    page.wait_for_url(re.compile(rf"year={year}$"))


def test_the_years_are_chosen_by_keys_too(page, years):
    first, third = (years.locator("a").nth(n).get_attribute("data-year") for n in (0, 2))
    years.locator("a").first.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"year={first}\.\.{third}"))


def test_without_a_script_years_and_categories_are_links(plain):
    plain.goto("/search?q=the+of")
    year = plain.locator("svg.years a").last
    number = year.get_attribute("data-year")
    assert re.search(rf"year={number}", year.get_attribute("href"))
    plain.goto(year.get_attribute("href"))
    plain.locator(".bars a").first.click()
    chips = plain.get_by_role("list", name="Filters").get_by_role("listitem")
    assert re.search(r"cat=[\w.-]+", plain.url)
    assert chips.count() == 3  # the category, the year, all of them


def test_a_filter_is_a_chip_that_can_be_taken_away(plain):
    plain.goto("/search?q=the+of&cat=cs&year=2017..2024&has=doi")
    plain.get_by_role("link", name="Remove filter: Year 2017..2024").click()
    assert "year" not in plain.url
    assert "cat=cs" in plain.url
    assert "has=doi" in plain.url
    plain.get_by_role("link", name="Clear all").click()
    assert plain.url.endswith("/search?q=the+of")


def test_the_form_of_filters_keeps_the_rest(plain):
    plain.goto("/search?q=the+of&cat=cs&sort=newest&lang=en")
    form = plain.get_by_role("form", name="Filters")
    form.get_by_label("From").fill("2018")
    form.get_by_label("With a DOI").check()
    form.get_by_role("button", name="Apply").click()
    for part in ("q=the+of", "cat=cs", "sort=newest", "after=2018", "has=doi", "lang=en"):
        assert part in plain.url


def test_how_a_paper_was_found_can_be_unfolded(page):
    page.goto("/search?q=attention+-gravity")
    tree = page.locator(".how .tree")
    assert not tree.is_visible()
    page.get_by_text("How this was found").click()
    assert "gravity" in tree.inner_text()
    page.get_by_role("link", name="Show the scores of each paper").click()
    page.wait_for_url(re.compile("explain=1"))
    assert re.search(r"score \d", page.locator(".scores").first.inner_text())


@pytest.mark.parametrize(
    ("size", "has_script"),
    [
        ((390, 800), True),
        ((320, 256), False),
        pytest.param((390, 800), False, marks=pytest.mark.long),
        pytest.param((320, 256), True, marks=pytest.mark.long),
        pytest.param((1180, 800), True, marks=pytest.mark.long),
        pytest.param((1180, 800), False, marks=pytest.mark.long),
    ],
)
def test_filters_are_a_sheet_reached_from_the_head_of_the_result(
    open_window, size, has_script
):
    """320 by 256 is a screen of 1280 by 1024 at 400 %."""
    width, height = size
    window = open_window(
        viewport={"width": width, "height": height}, java_script_enabled=has_script
    )
    page = window.context.new_page()
    page.goto("/search?q=the+of")
    sheet = page.get_by_role("complementary", name="Narrow the result")
    expect(sheet).to_be_hidden()
    opener = page.get_by_role("button", name="Narrow the result")
    assert opener.bounding_box()["y"] < 500
    opener.click()
    expect(sheet.get_by_role("heading", name="Narrow the result")).to_be_in_viewport()
    assert sheet.bounding_box()["width"] <= width
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    opener.click()
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_be_hidden()
    opener.click()
    sheet.get_by_label("From").fill("2018")
    sheet.get_by_role("button", name="Apply").click()
    page.wait_for_url(re.compile("after=2018"))
    close(page)
    window.check()


@pytest.mark.parametrize(
    ("width", "medium"),
    [
        (390, "screen"),
        (1280, "print"),
        pytest.param(390, "print", marks=pytest.mark.long),
        pytest.param(1280, "screen", marks=pytest.mark.long),
    ],
)
def test_the_years_have_bars_as_high_as_their_papers_are_many(page, width, medium):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media=medium)
    page.goto("/search?q=the+of")
    if width < 400 and medium == "screen":
        page.get_by_role("button", name="Narrow the result").click()
    bars = page.locator("svg.years .tower")
    boxes = bars.evaluate_all("all => all.map((bar) => bar.getBoundingClientRect().height)")
    drawn = bars.evaluate_all("all => all.map((bar) => Number(bar.getAttribute('height')))")
    assert max(boxes) > 40
    assert (
        len({round(box / one, 1) for box, one in zip(boxes, drawn, strict=True) if one})
        == 1
    )

"""Sifting a long day, in a real browser: scrolling, coming back, finding, keys, history."""

import json
import re

import pytest
from playwright.sync_api import expect

from index import Dump, rebuild, update
from tests.app.service import Service, eventually
from tests.browser.conftest import DESK_FIRST, Window
from tests.browser.sight import COLOURS, barriers, close, settle

DAY = "/arxiv/cs.LG?date=2024-03-05"
PAPERS = 120
PLAIN = 100
"""So many papers come first without a formula: MathJax is not loaded for nothing."""
WORDS = ("quantum walks", "graph colouring", "protein folding", "dark matter")


def day_records(record, numbers):
    for number in numbers:
        subject = WORDS[number % len(WORDS)]
        order = f"${number}$" if number > PLAIN else f"{number}"
        yield record(
            f"2403.{number:05}",
            title=f"On {subject}, part {number}",
            abstract=f"  We study {subject} of order {order} once more. "
            + f"This is {subject} again. " * 3,
            authors=f"Ada Lovelace, Number {'abcdefghij'[number % 10]}. Émile",
            categories="cs.LG stat.ML" if number % 2 else "cs.LG",
            versions=[{"version": "v1", "created": "Tue, 5 Mar 2024 10:00:00 GMT"}],
        )


def write(path, records):
    path.write_text("".join(f"{json.dumps(r)}\n" for r in records))
    return path


@pytest.fixture(scope="module")
def day_data(record, tmp_path_factory):
    """A data directory with 120 papers of one day, and two of the days around."""
    directory = tmp_path_factory.mktemp("day")
    around = [
        record(
            f"2403.9000{day}",
            versions=[{"version": "v1", "created": f"{day} Mar 2024 10:00:00 GMT"}],
        )
        for day in (4, 8)
    ]
    records = [*day_records(record, range(1, PAPERS + 1)), *around]
    with Dump.open(write(directory / "dump.jsonl", records)) as dump:
        rebuild(dump, directory / "data", watch=lambda *_: None)
    return directory / "data"


@pytest.fixture(scope="module")
def day_site(day_data, tmp_path_factory):
    with Service(day_data, tmp_path_factory.mktemp("day-log") / "log") as service:
        yield service.url


SIZES = {"desk": (1280, 900), "phone": (390, 844)}
A4 = (657, 971)
"""What margins leave of a sheet, in pixels."""
EVERYWHERE = pytest.mark.parametrize("page", SIZES, indirect=True)
"""For what depends on the size of the window. `make long` tries everything on a phone."""


def also_long(*values):
    """Return values of a parameter of the same kind, for `make long` alone."""
    return [pytest.param(value, marks=pytest.mark.long) for value in values]


def open_sized(browser, site, size):
    width, height = SIZES[size]
    return Window(
        browser,
        site,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )


@pytest.fixture(scope="module")
def windows(browser, day_site):
    """A private window of each size: what it has loaded once, it loads no more."""
    opened = {size: open_sized(browser, day_site, size) for size in SIZES}
    yield opened
    for window in opened.values():
        window.context.close()


@pytest.fixture(params=["desk", pytest.param("phone", marks=pytest.mark.long)])
def page(request, windows):
    """A page on desk or phone that remembers nothing, watched until the test ends."""
    window = windows[request.param]
    window.wrongs.clear()
    opened = window.context.new_page()
    opened.goto("/healthz")
    opened.evaluate("localStorage.clear()")
    opened.wrongs = window.wrongs
    yield opened
    close(opened)
    window.check()


@pytest.fixture(params=["desk", pytest.param("phone", marks=pytest.mark.long)])
def timed_page(request, browser, day_site):
    """A page of a window whose clock the test sets."""
    window = open_sized(browser, day_site, request.param)
    window.context.clock.install()
    yield window.context.new_page()
    window.check()
    window.context.close()


def ids(page):
    return page.locator(".paper").evaluate_all("cards => cards.map(card => card.id)")


def visible_ids(page):
    return page.locator(".paper").evaluate_all(
        "cards => cards.filter(card => card.offsetHeight).map(card => card.id)"
    )


def scroll_to_end(page, count, cards=ids):
    def at_end():
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        return len(cards(page)) >= count

    eventually(at_end)


def scroll_to(page, card):
    """Scroll until a card is on top and stays there, as cards around get their size."""

    def is_there():
        page.locator(f"[id='{card}']").evaluate("card => card.scrollIntoView()")
        settle(page)
        return top_card(page) == card

    eventually(is_there)


def seen_ids(page):
    """The papers that were looked at, as the browser remembers them."""
    return page.evaluate("Object.keys(JSON.parse(localStorage['winnow.seen']).value)")


def top_card(page):
    return page.evaluate(
        """() => [...document.querySelectorAll(".paper")]
            .find((card) => card.getBoundingClientRect().bottom > 1)?.id"""
    )


@EVERYWHERE
def test_25_cards_come_first_and_all_others_while_scrolling(page):
    page.goto(DAY)
    assert len(ids(page)) == 25
    scroll_to_end(page, PAPERS)
    assert ids(page) == [f"2403.{n:05}" for n in range(1, PAPERS + 1)]
    numbers = page.locator(".paper .number").all_text_contents()
    assert numbers == [str(n) for n in range(1, PAPERS + 1)]
    expect(page.locator("[data-feed-status]")).to_have_text("All 120 papers are here.")
    expect(page.locator("[role=status][data-status]")).to_have_text(
        "All 120 papers are here."
    )
    last = page.locator(".paper").last
    last.scroll_into_view_if_needed()
    expect(last.locator(".typeset").first).to_be_visible()
    expect(last.locator("button.star")).to_be_visible()


@DESK_FIRST
def test_the_address_keeps_the_place_and_back_returns_to_the_card(page):
    page.goto(DAY)
    scroll_to_end(page, 75)
    scroll_to(page, "2403.00060")
    expect(page).to_have_url(re.compile(r"show=\d+#2403\.00060$"))
    page.locator("[id='2403.00060'] .title-link").click()
    page.wait_for_url("**/paper/2403.00060")
    page.go_back()
    page.wait_for_url(re.compile(r"#2403\.00060$"))
    eventually(lambda: top_card(page) == "2403.00060")
    assert len(ids(page)) >= 60


@pytest.mark.parametrize(
    "hash_", ["%zz", *also_long("<b>", "no-such-card", "title-2403.00003")]
)
def test_an_odd_end_of_an_address_does_no_harm(page, hash_):
    page.goto(f"{DAY}#{hash_}", wait_until="networkidle")
    assert len(ids(page)) <= 75
    scroll_to_end(page, PAPERS)


def test_a_shared_address_leads_to_the_card_that_it_names(page):
    page.goto(f"{DAY}#2403.00110")
    eventually(lambda: top_card(page) in {"2403.00110", "2403.00109"})
    assert len(ids(page)) >= 110


def test_without_a_script_the_listing_is_paged(browser, day_site):
    window = Window(browser, day_site, java_script_enabled=False)
    page = window.context.new_page()
    page.goto(DAY)
    seen = ids(page)
    while page.get_by_role("link", name="Next", exact=True).count():
        page.get_by_role("link", name="Next", exact=True).click()
        seen += ids(page)
    assert seen == [f"2403.{n:05}" for n in range(1, PAPERS + 1)]
    assert page.locator("button.star").count() == 0
    page.get_by_role("link", name="Previous", exact=True).click()
    assert len(ids(page)) == 25
    window.check()
    window.context.close()


def test_a_card_is_starred_and_the_browser_remembers(page):
    page.goto(DAY)
    star = page.locator("[id='2403.00003'] button.star")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(star).to_have_attribute("aria-pressed", "true")
    stored = page.evaluate("JSON.parse(localStorage['winnow.stars']).value")
    assert list(stored) == ["2403.00003"]
    star.click()
    expect(star).to_have_attribute("aria-pressed", "false")


def test_a_paper_is_copied_as_formatted_and_plain_text(page):
    page.goto(f"{DAY}#2403.00109")
    eventually(lambda: top_card(page) == "2403.00109")
    page.locator("[id='2403.00109'] .summary").click()  # a phone's folded card has no copy
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.locator("[id='2403.00109'] .title-copy").click()
    expect(page.locator("[id='2403.00109'] .title-copy")).to_have_text("Copied")
    copied = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const text = async (kind) => (await item.getType(kind)).text();
          return [await text("text/plain"), await text("text/html")];
        }"""
    )
    assert copied[0].startswith("On graph colouring, part 109\nAda Lovelace")
    assert "https://arxiv.org/abs/2403.00109" in copied[0]
    assert "of order $109$ once more" in copied[0]
    assert '<a href="https://arxiv.org/abs/2403.00109"><b>On graph' in copied[1]
    assert "Machine Learning" in page.evaluate("getSelection().toString()")


def test_categories_are_followed_and_left_out(page):
    page.goto(DAY)
    first = page.locator("[id='2403.00001']")
    first.get_by_role("button", name="More").click()
    first.get_by_role("button", name="Follow stat.ML").click()
    other = page.locator("[id='2403.00003']")
    other.locator(".summary").click()
    second = other.get_by_role("button", name="Follow stat.ML")
    expect(second).to_have_attribute("aria-pressed", "true")
    told = page.locator("[data-choice]")
    expect(told).to_contain_text("You follow stat.ML now.")
    first.get_by_role("button", name="Hide cs.LG").click()
    expect(told).to_contain_text("cs.LG is left out of your listing now.")
    to_listing = told.get_by_role("link", name="My listing")
    expect(to_listing).to_have_attribute("href", re.compile("/arxiv/stat.ML-cs.LG$"))
    assert barriers(page, "'[data-choice]'") == []
    page.goto(DAY)
    listing = page.locator("a[data-favourites]").first
    assert listing.get_attribute("href").endswith("/arxiv/stat.ML-cs.LG")


@DESK_FIRST
def test_words_are_marked_as_they_are_typed_and_filter_the_whole_listing(page):
    page.goto(DAY)
    page.keyboard.press("f")
    box = page.get_by_label("Contains", exact=True)
    expect(box).to_be_focused()
    box.fill("protein")
    marked = "CSS.highlights.get('found')?.size ?? 0"
    eventually(lambda: page.evaluate(marked) >= 6)
    box.fill("p")  # which the server would refuse, and is not asked
    eventually(lambda: page.evaluate(marked) == 0)
    box.fill("protein")
    eventually(lambda: page.evaluate(marked) >= 6)
    page.keyboard.press("Escape")
    eventually(lambda: page.evaluate(marked) == 0)
    page.keyboard.press("f")
    box.fill("protein")
    box.press("Enter")
    expect(page.locator(".days .count")).to_have_text("30 papers")
    scroll_to_end(page, 30)
    expected = [f"2403.{n:05}" for n in range(1, PAPERS + 1) if n % 4 == 2]
    assert ids(page) == expected
    assert page.locator(".number").all_text_contents() == [str(n) for n in range(1, 31)]
    eventually(lambda: page.evaluate(marked) >= 60)
    page.get_by_role("link", name="Newest").click()
    page.wait_for_url(re.compile("sort=0"))
    assert ids(page)[0] == expected[-1]
    page.keyboard.press("f")
    page.get_by_label("Does not contain").fill("nobody lovelace")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("heading", name="No paper has these words")).to_be_visible()
    page.get_by_role("link", name="Remove filter: Does not contain nobody lovelace").click()
    expect(page.locator(".days .count")).to_have_text("30 papers")
    page.go_back()
    page.get_by_role("link", name="Show all papers of the listing").click()
    scroll_to_end(page, PAPERS)
    assert ids(page) == [f"2403.{n:05}" for n in range(PAPERS, 0, -1)]


@DESK_FIRST
def test_find_counts_over_the_whole_listing_and_leads_from_match_to_match(page):
    page.goto(DAY)
    page.keyboard.press("f")
    box = page.get_by_label("Contains", exact=True)
    box.fill("protein")
    told = page.locator("[data-matches]")
    expect(told).to_have_text("30 papers match.")
    matches = [f"2403.{n:05}" for n in range(1, PAPERS + 1) if n % 4 == 2]
    page.get_by_role("button", name="Next match").click()
    eventually(lambda: top_card(page) == matches[0])
    expect(told).to_have_text("1 of 30")
    page.get_by_role("button", name="Previous match").click()
    eventually(lambda: top_card(page) == matches[-1] or at_end(page))
    expect(page.locator(f"[id='{matches[-1]}']")).to_be_in_viewport()
    expect(told).to_have_text("30 of 30")
    box.press("ArrowDown")
    eventually(lambda: top_card(page) == matches[0])
    box.fill("zzzzzz")
    expect(told).to_have_text("No paper matches.")
    expect(page.get_by_role("button", name="Next match")).to_be_hidden()


def at_end(page):
    return page.evaluate(
        "scrollY + innerHeight >= document.documentElement.scrollHeight - 2"
    )


def test_find_can_be_reached_at_400_percent(page):
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(DAY)
    page.get_by_role("link", name="Find", exact=True).click()
    form = page.locator(".find form")
    assert form.bounding_box()["y"] >= 0
    for field in form.locator("input:visible, select, button:visible").all():
        field.focus()
        expect(field).to_be_in_viewport(ratio=0.9)


@EVERYWHERE
def test_what_opens_above_the_papers_moves_none_of_them(page):
    page.goto(DAY)
    settle(page)
    first = page.locator(".papers > li").first
    top = first.bounding_box()["y"]
    export = page.locator(".export")
    export.locator("> summary").click()
    expect(export.get_by_role("button", name="RIS", exact=True)).to_be_in_viewport()
    assert first.bounding_box()["y"] == top
    page.keyboard.press("Escape")
    page.locator(".find > summary").click()
    expect(page.get_by_label("Contains", exact=True)).to_be_in_viewport()
    assert first.bounding_box()["y"] == top


def test_what_cannot_be_found_is_said(page):
    page.goto(DAY)
    page.keyboard.press("f")
    box = page.get_by_label("Contains", exact=True)
    for refused in ("x", "graph !", " ".join(f"w{n}" for n in range(21))):
        box.fill(refused)
        box.press("Enter")
        said = box.evaluate("input => input.validationMessage")
        assert "two letters or more" in said, refused
    assert "include" not in page.url
    box.fill("lovelace")
    box.press("Enter")
    page.wait_for_url(re.compile("include=lovelace"))


def test_keys_lead_from_card_to_card_and_act_on_it(page):
    page.goto(DAY)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".paper.current")).to_have_attribute("id", "2403.00002")
    page.keyboard.press("s")
    star = page.locator("[id='2403.00002'] button.star")
    expect(star).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jk?so")
    assert page.locator("#q").input_value() == "jk?so"
    expect(page.locator(".paper.current")).to_have_attribute("id", "2403.00002")
    page.locator("#q").blur()
    page.keyboard.press("r")
    page.wait_for_url("**/related?like=2403.00002")
    page.go_back()
    page.keyboard.press("o")  # no card is marked: one is, and no more is done
    expect(page.locator(".paper.current")).to_have_count(1)
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/paper/2403\.0000\d"))


def test_single_keys_can_be_switched_off(page):
    page.goto("/me")
    page.get_by_label("Single-key shortcuts").uncheck()
    page.goto(DAY)
    for key in ("j", "?", "f"):
        page.keyboard.press(key)
    assert page.locator(".paper.current").count() == 0
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    expect(page.get_by_label("Contains", exact=True)).to_be_hidden()
    page.goto("/me")
    page.get_by_label("Single-key shortcuts").check()
    page.goto(DAY)
    page.keyboard.press("j")
    expect(page.locator(".paper.current")).to_have_count(1)


def test_papers_seen_before_are_dimmed_or_hidden(timed_page):
    page = timed_page
    page.goto(DAY)
    for n in (1, 2):
        scroll_to(page, f"2403.{n:05}")
        page.clock.run_for(1_300)  # as long as it takes to look at it
    page.goto("/me")
    expect(page.locator("[data-seen-count]")).to_contain_text("papers seen")
    page.goto(DAY)
    seen = page.locator(".paper.seen").first
    expect(seen).to_have_attribute("id", "2403.00001")
    plain = "card => getComputedStyle(card.querySelector('.summary')).color"
    assert seen.evaluate(plain) != page.locator(".paper:not(.seen)").last.evaluate(plain)
    page.goto("/me")
    page.get_by_label("hidden").check()
    page.goto(DAY)
    expect(page.locator("[id='2403.00001']")).to_be_hidden()
    scroll_to_end(page, PAPERS)
    expect(page.locator("[data-feed-hidden]")).to_contain_text("You have seen")
    page.get_by_role("button", name="Show what is hidden").click()
    expect(page.locator("[id='2403.00001']")).to_be_visible()
    expect(page.locator("[data-feed-hidden]")).to_be_empty()
    page.goto("/me")
    page.get_by_role("button", name="Forget seen papers").click()
    page.goto(DAY)
    expect(page.locator("[id='2403.00001']")).to_be_visible()


def test_who_comes_back_finds_the_listing_as_it_was_with_seen_papers_hidden(page):
    page.goto("/categories")  # where no paper is seen
    page.evaluate(
        """localStorage["winnow.settings"] = JSON.stringify(
            {version: 1, value: {seen: "hide"}})"""
    )
    page.evaluate(
        """localStorage["winnow.seen"] = JSON.stringify({version: 1, value:
            Object.fromEntries([...Array(30).keys()].map(
                (n) => [`2403.${String(n + 11).padStart(5, "0")}`, 1000]))})"""
    )
    page.goto(DAY)
    expected = [f"2403.{n:05}" for n in range(1, PAPERS + 1) if not 11 <= n <= 40]
    scroll_to_end(page, 60, visible_ids)
    shown = visible_ids(page)
    assert shown == expected[: len(shown)]
    number = page.locator("[id='2403.00060'] .number")
    expect(number).to_have_text("60")
    scroll_to(page, "2403.00060")
    eventually(lambda: "2403.00060" in seen_ids(page))  # and those around
    page.locator("[id='2403.00060'] .title-link").click()
    page.wait_for_url("**/paper/2403.00060")
    page.go_back()
    page.wait_for_url(re.compile(r"#2403\.00060$"))
    eventually(lambda: top_card(page) == "2403.00060")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    scroll_to_end(page, 90, visible_ids)
    assert visible_ids(page) == expected
    page.goto("/categories")
    seen = set(seen_ids(page))  # on a slow machine many more than 2403.00060
    page.goto(DAY)
    eventually(lambda: not seen & set(visible_ids(page)))
    assert "2403.00060" in seen
    page.goto(f"/categories?then={DAY}")
    page.goto(f"{DAY}#2403.00020")  # one that is hidden, asked for
    eventually(lambda: "2403.00020" in visible_ids(page))
    assert "2403.00019" not in visible_ids(page)


@EVERYWHERE
def test_the_calendar_is_at_hand_on_a_phone(page):
    page.goto(DAY)
    calendar = page.locator(".calendar")
    if page.viewport_size["width"] < 400:
        expect(calendar).to_be_hidden()
        scroll_to_end(page, 50)
        page.get_by_role("link", name="Calendar").click()
    expect(calendar).to_be_in_viewport()
    page.get_by_role("link", name="March 8, 1 paper", exact=True).click()
    page.wait_for_url(re.compile("date=2024-03-08"))


@DESK_FIRST
def test_days_around_are_a_step_away_and_the_calendar_counts(page):
    page.goto(DAY)
    page.get_by_role("link", name="Later", exact=True).click()
    page.wait_for_url(re.compile("date=2024-03-08"))
    page.get_by_role("link", name="Earlier", exact=True).click()
    page.wait_for_url(re.compile("date=2024-03-05"))
    cell = page.locator(".calendar td", has_text="120")
    assert re.sub(r"\s+", " ", cell.text_content()).strip() == "5 120"
    page.get_by_role("link", name="Month", exact=True).click()
    expect(page.locator(".days .count")).to_have_text("122 papers")


def test_preference_ranks_by_the_words_of_what_was_opened(page):
    page.goto(DAY)
    page.evaluate(
        """localStorage["winnow.words"] = JSON.stringify({version: 1, value: {
            "dark matter": {weight: 3, at: Date.now()}}})"""
    )
    page.reload()
    page.locator("details.preference summary").click()
    box = page.get_by_label("Keywords, separated by commas")
    expect(box).to_have_value("dark matter")
    box.press("Enter")
    page.wait_for_url(re.compile("sort=dark"))
    titles = page.locator(".title-link").all_text_contents()
    assert all("dark matter" in title for title in titles)
    scroll_to_end(page, PAPERS)
    assert len(set(ids(page))) == PAPERS


def test_preference_puts_what_was_seen_last_and_says_why(page):
    preferred = DAY.replace("date=", "sort=dark+matter,galaxies&date=")
    page.goto(preferred)
    first, second = ids(page)[:2]
    expect(page.locator(".matched").first).to_contain_text("Your keywords: dark matter")
    page.evaluate(
        """id => localStorage["winnow.seen"] = JSON.stringify(
            {version: 1, value: {[id]: 1000}})""",
        first,
    )
    page.reload()
    eventually(lambda: ids(page)[0] == second)
    expect(page.locator(".number").first).to_have_text("1")
    scroll_to_end(page, PAPERS)
    assert ids(page)[-1] == first
    assert len(set(ids(page))) == PAPERS


def test_a_new_snapshot_while_scrolling_loses_no_card(page, record, day_data, tmp_path):
    page.goto(DAY.replace("date=", "sort=0&date="))
    before = ids(page)
    assert before[0] > before[-1]
    changed = list(day_records(record, (1, 60, 119)))
    for one in changed:
        one["comments"] = "changed while somebody scrolls"
    with Dump.open(write(tmp_path / "more.jsonl", changed)) as dump:
        update(dump, day_data, watch=lambda *_: None)
    scroll_to_end(page, PAPERS)
    assert sorted(ids(page)) == [f"2403.{n:05}" for n in range(1, PAPERS + 1)]


def test_a_failure_to_load_is_said_and_can_be_tried_again(page):
    page.route("**/api/listings/**", lambda route: route.abort())
    page.goto(DAY)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    page.unroute("**/api/listings/**")
    again.click()
    eventually(lambda: len(ids(page)) > 25)
    assert {"More papers could not be loaded", "ERR_FAILED"} == {
        text
        for wrong in page.wrongs
        for text in ("More papers could not be loaded", "ERR_FAILED")
        if text in wrong
    }
    page.wrongs.clear()


def opened(page, *numbers):
    """Open papers from their cards, so that there is something to remember."""
    for number in numbers:
        page.goto(DAY)
        page.locator(f"[id='2403.{number:05}'] .title-link").click()
        page.wait_for_url("**/paper/**")


def test_the_history_page_shows_what_is_kept_and_where(page):
    page.goto("/me")
    expect(page.get_by_text("All of this is kept in this browser")).to_be_visible()
    expect(page.get_by_text("None yet. The star on each paper")).to_be_visible()
    expect(page.locator("[data-star-links]")).to_be_hidden()
    opened(page, 1, 1, 2)
    page.locator("button.star").first.click()
    page.goto(DAY)
    page.locator("[id='2403.00001'] button.star").click()
    page.goto("/me")
    titles = page.locator(".starred a").all_text_contents()
    assert titles == ["On graph colouring, part 1", "On protein folding, part 2"]
    cloud = page.locator("svg.cloud text")
    assert cloud.count() >= 2
    sizes = [
        float(size)
        for size in cloud.evaluate_all("t => t.map(e => e.getAttribute('font-size'))")
    ]
    assert sizes[0] == max(sizes)
    page.get_by_text("As a table").click()
    rows = page.locator("[data-words] tr").count()
    page.get_by_role("button", name=re.compile("^Remove: ")).first.click()
    expect(page.locator("[data-words] tr")).to_have_count(rows - 1)
    expect(page.get_by_role("button", name=re.compile("^Remove: ")).first).to_be_focused()
    page.get_by_role("link", name="Open as a listing").click()
    page.wait_for_url(re.compile(r"/arxiv/2403\.00001,2403\.00002$"))
    assert ids(page) == ["2403.00001", "2403.00002"]


@EVERYWHERE
def test_words_of_the_cloud_do_not_overlap(page):
    page.goto("/me")
    page.evaluate(
        """() => {
          const value = {};
          for (let n = 0; n < 120; n++)
            value[`keyword ${n}`] = {weight: 60 / (n + 1), at: Date.now()};
          localStorage["winnow.words"] = JSON.stringify({version: 1, value});
        }"""
    )
    page.reload()
    boxes = page.locator("svg.cloud text").evaluate_all(
        "texts => texts.map((t) => t.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) > 15
    for n, one in enumerate(boxes):
        for other in boxes[:n]:
            apart = (
                one["left"] >= other["right"] - 1
                or other["left"] >= one["right"] - 1
                or one["top"] + one["height"] * 0.15
                >= other["bottom"] - other["height"] * 0.15
                or other["top"] + other["height"] * 0.15
                >= one["bottom"] - one["height"] * 0.15
            )
            assert apart, (one, other)
    width = page.viewport_size["width"]
    assert all(box["left"] >= 0 and box["right"] <= width for box in boxes)


def test_history_is_exported_erased_and_taken_in_again(page, tmp_path):
    opened(page, 3)
    page.locator("button.star").first.click()
    page.goto("/me")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as a file").click()
    file = tmp_path / "history.json"
    download.value.save_as(file)
    page.get_by_role("button", name="Erase everything").click()
    page.get_by_role("button", name="Cancel").last.click()
    assert page.evaluate("Object.keys(localStorage).length") > 0
    page.get_by_role("button", name="Erase everything").click()
    page.get_by_role("dialog").get_by_role("button", name="Erase").click()
    expect(page.locator("[data-told]")).to_have_text("Erased.")
    assert (
        page.evaluate("Object.keys(localStorage).filter(k => k != 'winnow.seen').length")
        == 0
    )
    page.locator("[data-import]").set_input_files(file)
    expect(page.locator("[data-told]")).to_have_text("Imported.")
    expect(page.locator(".starred a")).to_have_count(1)
    (tmp_path / "other.json").write_text('{"format": "something else"}')
    page.locator("[data-import]").set_input_files(tmp_path / "other.json")
    expect(page.locator("[data-told]")).to_contain_text("not a Winnow backup")
    expect(page.locator(".starred a")).to_have_count(1)


def test_starred_papers_are_exported(page):
    page.goto(DAY)
    for number in (1, 4):
        page.locator(f"[id='2403.{number:05}'] button.star").click()
    page.goto("/me")
    for name in ("BibTeX", "RIS", "CSL-JSON", "Markdown"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        text = download.value.path().read_text()
        assert text.index("part 4") < text.index("part 1"), name


def test_many_stars_are_one_file_and_unknown_ones_are_left_out(page):
    page.goto("/me")
    page.evaluate(
        """() => {
          const id = (n) => `2403.${String(n).padStart(5, "0")}`;
          const stars = [...Array(700).keys()].map((n) => [id(n + 1), 700 - n]);
          localStorage["winnow.stars"] =
            JSON.stringify({version: 1, value: Object.fromEntries(stars)});
        }"""
    )
    page.reload()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Markdown").click()
    lines = waiting.value.path().read_text().splitlines()
    assert [line.partition(".")[0] for line in lines] == [
        str(n) for n in range(1, PAPERS + 1)
    ]
    page.evaluate(
        """localStorage["winnow.stars"] =
            JSON.stringify({version: 1, value: {"2401.99999": 1}})"""
    )
    page.reload()
    page.get_by_role("button", name="BibTeX").click()
    expect(page.locator("[data-told]")).to_have_text(
        "None of these papers is in this library."
    )
    page.wrongs[:] = [wrong for wrong in page.wrongs if not wrong.startswith("404 for ")]


def test_a_star_in_another_tab_shows_once(page):
    held, answered = [], []
    page.goto("/me")
    page.route("**/api/papers/batch", lambda route: held.append(route))  # noqa: PLW0108
    page.on("requestfinished", lambda one: answered.append(one))  # noqa: PLW0108
    other = page.context.new_page()
    other.goto(DAY)
    for number in (1, 2, 3):
        other.locator(f"[id='2403.{number:05}'] button.star").click()
        eventually(lambda n=number: settle(page) or len(held) >= n)
    asked = [route.request for route in held]
    for route in held:  # all answers come at once
        route.continue_()
    page.unroute("**/api/papers/batch")
    eventually(lambda: settle(page) or set(asked) <= set(answered))
    settle(page)
    expect(page.locator("[data-starred] li")).to_have_count(3)
    close(other)


def test_an_odd_history_is_set_right_as_it_is_taken_in(page, tmp_path):
    odd = {
        "format": "winnow-history",
        "version": 1,
        "categories": {"follow": ["foo", "cs.LG", "stat.ML"], "leave": ["cs.LG", "x.Y"]},
        "words": {
            "dark matter": {"weight": 1e300, "at": 1e300},
            "graphs": {"weight": "7", "at": 1},
        },
        "stars": {"2403.00001": 1e300, "<b>": 5},
    }
    file = tmp_path / "odd.json"
    file.write_text(json.dumps(odd))
    page.goto("/me")
    page.locator("[data-import]").set_input_files(file)
    expect(page.locator("[data-told]")).to_have_text("Imported.")
    expect(page.locator("[data-categories] li")).to_have_count(2)
    link = page.get_by_role("link", name="Open my listing")
    assert link.get_attribute("href").endswith("/arxiv/cs.LG+stat.ML")
    kept = page.evaluate(
        """Object.fromEntries(["words", "stars"].map(
            (name) => [name, JSON.parse(localStorage[`winnow.${name}`]).value]))"""
    )
    assert list(kept["words"]) == ["dark matter"]
    assert kept["words"]["dark matter"]["weight"] <= 10_000
    assert kept["stars"]["2403.00001"] <= page.evaluate("Date.now()")


@DESK_FIRST
def test_settings_count_at_once_and_stay(page):
    page.goto("/me")
    plain = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_label("dark", exact=True).check()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != plain
    page.get_by_label("larger").check()
    page.goto(DAY)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "21px"
    page.keyboard.press("Control+f")
    assert not page.locator("details.find").get_attribute("open")
    page.goto("/me")
    page.get_by_label("Ctrl+F searches").check()
    page.goto(DAY)
    page.keyboard.press("Control+f")
    expect(page.get_by_label("Contains", exact=True)).to_be_focused()


@pytest.mark.parametrize(
    "spoilt",
    [
        '{"version": 1, "value": {"x": "y", "<b>": 1}}',
        *also_long("{", '{"version": 1, "value": 7}'),
    ],
)
def test_a_spoilt_history_is_begun_anew(page, spoilt):
    page.goto("/me")
    for name in ("stars", "seen", "words", "categories", "settings"):
        page.evaluate("([k, v]) => localStorage.setItem(k, v)", [f"winnow.{name}", spoilt])
    page.goto(DAY)
    page.locator("button.star").first.click()
    page.goto("/me")
    expect(page.locator(".starred li")).to_have_count(1)


def test_what_a_newer_version_has_written_is_left_alone(page):
    page.goto("/me")
    newer = '{"version": 99, "value": {"format": "unknown"}}'
    page.evaluate("v => localStorage.setItem('winnow.stars', v)", newer)
    page.goto(DAY)
    star = page.locator("button.star").first
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("localStorage['winnow.stars']") == newer


@DESK_FIRST
def test_categories_are_chosen_on_their_page(page):
    page.goto("/categories")
    page.get_by_label("Follow Machine Learning").first.check()
    page.get_by_label("Leave Computation and Language out").first.check()
    page.reload()
    expect(page.get_by_label("Follow Machine Learning").first).to_be_checked()
    page.get_by_role("button", name="Open my listing").click()
    page.wait_for_url("**/arxiv/cs.LG-cs.CL")
    page.goto("/me")
    expect(page.locator("[data-categories] li")).to_have_count(2)
    page.get_by_role("button", name="Remove: cs.CL").click()
    expect(page.locator("[data-own-listing] a")).to_have_attribute(
        "href", re.compile(r"/arxiv/cs\.LG$")
    )


def test_a_reader_leaves_nothing_but_counts(page, day_site):
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    opened(page, 5)
    page.locator("button.star").first.click()
    page.goto(DAY)
    scroll_to_end(page, 50)
    page.goto("/me")
    changes = {(method, url) for method, url in asked if method not in ("GET", "HEAD")}
    assert changes == {
        ("PUT", f"{day_site}/api/papers/2403.00005/star"),
        ("POST", f"{day_site}/api/papers/batch"),
    }
    assert all(url.startswith((day_site, "blob:", "data:")) for _, url in asked)
    assert page.context.cookies() == []


@DESK_FIRST
def test_what_is_filled_and_opened_keeps_nobody_from_reading(page):
    opened(page, 1, 2)
    page.locator("button.star").first.click()
    for address, key in (("/me", ""), (DAY, "f"), (DAY, "?"), (DAY, "j")):
        page.goto(address)
        if key:
            page.keyboard.press(key)
        page.emulate_media(color_scheme="light")
        settle(page)
        assert barriers(page) == [], address
        page.emulate_media(color_scheme="dark")
        settle(page)
        assert barriers(page, runOnly=COLOURS) == [], address
        width = page.viewport_size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", [DAY, *also_long("/search?q=paper&sort=newest")])
def test_no_sheet_is_left_half_empty_and_no_link_word_is_printed(page, address):
    page.goto(address)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4[0], "height": A4[1]})
    settle(page)
    height = page.evaluate("document.documentElement.scrollHeight")
    sheets = len(re.findall(rb"/Type ?/Page\b", page.pdf(format="A4")))
    assert sheets <= 1.15 * height / A4[1] + 1
    printed = page.locator("main").inner_text()
    assert printed.count("arXiv:") == page.locator(".paper").count()
    for word in ("BibTeX", "PDF", "Related", "Copy", "Star", "Narrow the result", "Close"):
        assert not re.search(rf"^{word}$", printed, re.MULTILINE), word


@pytest.mark.parametrize("address", ["/me", *also_long(DAY, "/search?q=paper")])
def test_nothing_is_printed_that_only_a_screen_can_use(page, address):
    page.goto(address)
    page.emulate_media(media="print")
    settle(page)
    left = page.locator("button, input, select, textarea, main section").evaluate_all(
        """all => all.filter((one) => one.checkVisibility())
          .filter((one) => [...one.children].every((part) =>
            part.matches("h2") || !part.checkVisibility()))
          .map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert left == []


@DESK_FIRST
def test_a_listing_is_printed_without_its_machinery(page):
    page.goto(DAY)
    page.emulate_media(media="print")
    shown = page.locator(".paper .title, .paper .summary").evaluate_all(
        "all => all.filter((e) => e.offsetHeight).length"
    )
    assert shown == 50
    for machinery in (".bar", ".sifting", ".calendar", ".tools button", ".feed-status"):
        assert page.locator(machinery).first.is_hidden(), machinery


def test_the_page_speaks_chinese_too(page):
    page.goto(f"{DAY}&lang=zh")
    star = page.locator("button.star").first
    expect(star).to_contain_text("星标")
    scroll_to_end(page, PAPERS)
    expect(page.locator("[data-feed-status]")).to_have_text("全部 120 篇论文均已载入。")
    added = page.locator(".paper").last
    expect(added.locator(".title-rel")).to_have_attribute("href", re.compile("lang=zh"))
    expect(added.locator(".title-copy")).to_have_text("复制")


@EVERYWHERE
@pytest.mark.parametrize("size", ["larger", *also_long("large")])
def test_larger_text_never_scrolls_sideways(page, size):
    page.goto("/me")
    page.get_by_label(size, exact=True).check()
    for address in (DAY, "/categories", "/me", "/search?q=quantum", "/paper/2403.00001"):
        page.goto(address)
        width = page.viewport_size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address

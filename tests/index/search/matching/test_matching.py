from functools import partial
from itertools import chain
from pathlib import Path

import pytest

from index import Dump, Filters, Mode, Shelf, Sort, rebuild
from index.search.matching.relaxation import ENOUGH
from tests import asking
from tests.building import unwatched

DEMO = Path(__file__).parents[4] / "demo" / "landmarks.jsonl"


@pytest.fixture
def find(library):
    """Find papers in the small dump; return the page."""

    return partial(asking.find, library)


def ids(page):
    return [paper.id for paper in page.papers]


def notices(page):
    return {notice.code: notice.params for notice in page.query.notices}


def steps(page):
    return [(step.name, step.total) for step in page.steps]


@pytest.fixture
def many(build, record):
    """Find in 30 papers on snow, 3 of them on snow and ice."""
    papers = [record(f"2401.{n:05}", title=f"Snow {n}") for n in range(1, 28)]
    papers += [
        record(f"2402.{n:05}", title="On Ice", abstract=f"Snow on ice {n} " + "x " * 90)
        for n in range(1, 4)
    ]
    papers.append(record("2403.00001", title="Steam", abstract="Hot water."))
    return partial(asking.find, Shelf(build(papers)).library())


def test_a_page_of_papers_with_all_words_is_not_relaxed(many):
    page = many("snow")

    assert page.total == 30 >= ENOUGH
    assert steps(page) == [("all", 30)]
    assert notices(page) == {}


def test_papers_with_all_words_come_first_however_they_rank(many):
    page = many("snow ice")

    assert [i[:4] for i in ids(page)[:3]] == ["2402"] * 3
    assert page.total == 30
    assert steps(page)[0] == ("all", 3)
    assert notices(page)["relaxed"]["found"] == 3
    assert notices(page)["relaxed"]["of"] == 2


def test_a_relaxed_result_is_the_same_on_every_page(many):
    whole = many("snow ice steam")
    pages = [many("snow ice steam", limit=4, offset=at) for at in range(0, 32, 4)]

    assert list(chain.from_iterable(map(ids, pages))) == ids(whole)
    assert len(set(ids(whole))) == whole.total == 31


def test_a_page_may_be_asked_for_without_the_first(many):
    """The papers of the lead are left out of later pages though nobody saw them."""
    whole = ids(many("snow ice"))

    assert ids(many("snow ice", limit=5, offset=2)) == whole[2:7]
    assert ids(many("snow ice", limit=1, offset=2)) == whole[2:3]


def test_words_that_tell_most_are_named(many):
    page = many("snow steam zebra")

    assert [step for step, _ in steps(page)] == ["all", "telling", "any"]
    assert notices(page)["relaxed"] == {"found": 0, "of": 3, "words": "steam, snow"}


def test_fields_phrases_exclusions_and_filters_are_never_given_up(find):
    page = find("lattice zebra unicorn cat:cs -attention")

    assert set(ids(page)) == {"2001.00042", "cs/9808001"}
    assert find("zebra unicorn cat:cs").total == 0
    assert find('lattice zebra "no such phrase"').total == 0


def test_one_word_is_never_relaxed(find):
    page = find("zebra")

    assert (page.total, page.papers, page.next, page.cursor) == (0, (), None, None)
    assert notices(page) == {}
    assert page.query.understood == "zebra"


def test_a_list_by_day_is_relaxed_only_where_nothing_has_all_words(many):
    assert many("snow ice", sort=Sort.NEWEST).total == 3
    page = many("snow steam", sort=Sort.NEWEST)
    assert ids(page) == ["2403.00001"]
    assert notices(page)["relaxed"]["found"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "atention is all you need",
        "attention is al you need",
        "Attention is all you need.",
        "attentionn is all you need",
    ],
)
def test_a_title_with_a_slip_in_it_comes_first(find, text):
    assert ids(find(text))[0] == "1706.03762"


def test_a_near_title_is_first_on_the_first_page_only(find):
    whole = find("attention is al you need")
    pages = [find("attention is al you need", limit=2, offset=n) for n in range(0, 30, 2)]

    assert ids(whole)[0] == "1706.03762"
    assert list(chain.from_iterable(map(ids, pages))) == ids(whole)


def test_a_word_that_no_paper_has_is_corrected_and_said(find):
    page = find("latice")

    assert page.total == find("lattice").total > 0
    assert notices(page)["corrected"] == {
        "from": "latice",
        "to": "lattice",
        "query": '"latice"',
    }
    assert page.query.understood == "lattice"
    assert steps(page) == [("all", 0), ("corrected", page.total)]


def test_what_was_typed_can_be_searched_for_instead(find):
    page = find('"latice"')

    assert page.total == 0
    assert notices(page) == {}


def test_a_correction_is_only_offered_where_something_is_found(find):
    page = find("latice OR spin")

    assert page.total > 0
    assert notices(page) == {"did_you_mean": {"query": "lattice OR spin"}}


def test_a_filter_leaves_as_many_papers_as_were_counted(build, record):
    papers = [
        record(
            f"2401.{n:05}", title=f"Snow and ice {n}", update_date=f"20{20 + n % 5}-01-02"
        )
        for n in range(1, 41)
    ]
    papers += [record(f"2402.{n:05}", title=f"Snow {n}") for n in range(1, 9)]
    library = Shelf(build(papers)).library()
    for text in ("snow ice", "snow ice steam"):
        years = asking.find(library, text, limit=5).facets.years
        assert len(years) == 5
        for year, count in years.items():
            page = asking.find(library, text, limit=5, filters=Filters(year=f"{year}"))
            assert page.total == count, (text, year)


def test_what_a_filter_leaves_nothing_of_is_relaxed_within_it(build, record):
    papers = [record(f"2401.{n:05}", title=f"Snow and ice {n}") for n in range(1, 31)]
    papers.append(record("2402.00001", title="Snow alone", categories="math.AG"))
    library = Shelf(build(papers)).library()

    page = asking.find(library, "snow ice", limit=5, filters=Filters(cat="math.AG"))
    assert ids(page) == ["2402.00001"]
    assert "relaxed" in notices(page)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The library of the demo's papers, which lie in several segments."""
    data = tmp_path_factory.mktemp("demo")
    with Dump.open(DEMO) as dump:
        rebuild(dump, data, watch=unwatched)
    return Shelf(data).library()


@pytest.mark.parametrize("limit", [3, 10, 20])
@pytest.mark.parametrize("text", ["the structure of dna", "matter of the universe"])
def test_relaxed_pages_repeat_and_lose_nothing(demo, text, limit):
    """Some of these papers have equal scores, where pages could end differently."""
    found, offset = [], 0
    while offset is not None:
        page = asking.find(demo, text, limit=limit, offset=offset, mode=Mode.LEXICAL)
        assert page.match.is_relaxed
        found += ids(page)
        offset = page.next

    assert len(found) == len(set(found)) == page.total

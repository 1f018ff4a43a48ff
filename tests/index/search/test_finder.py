import base64
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import orjson
import pytest

from index import MAX_OFFSET, BadQuery, Filters, Shelf, Sort
from tests import asking


@pytest.fixture
def find(library):
    """Find papers in the small dump; return the page."""

    return partial(asking.find, library)


def ids(page):
    return [paper.id for paper in page.papers]


def codes(page):
    return [notice.code for notice in page.query.notices]


@pytest.mark.parametrize(
    "text",
    [
        "Attention Is All You Need",
        "attention is all you need!",
        "“Attention” is all\nyou need",
    ],
)
def test_a_paper_of_that_very_title_comes_first(find, text):
    assert ids(find(text))[0] == "1706.03762"


def test_a_known_title_comes_before_papers_with_more_of_its_words(build, record):
    data = build(
        [
            record("2401.00001", title="Gravity Gravity Waves", abstract="gravity " * 20),
            record("2401.00002", title="Gravity", abstract="Something " + "else " * 300),
            record("2401.00003", title="Gravity Waves", abstract="gravity gravity"),
        ]
    )

    page = asking.find(Shelf(data).library(), "gravity", limit=9)
    assert ids(page)[0] == "2401.00002"
    assert page.total == 3


def test_a_title_of_nothing_but_stop_words_is_found(build, record):
    data = build([record(title="To Be or Not to Be"), record("2401.00002")])

    assert ids(asking.find(Shelf(data).library(), "To Be or Not to Be", limit=9)) == [
        "2401.00001"
    ]


def test_papers_that_share_a_title_come_together(find):
    page = find("On the Shape of Things")

    assert set(ids(page)[:2]) == {"1511.00777", "1611.00888"}


@pytest.mark.parametrize("change", [str, str.lower, str.upper])
def test_every_title_of_the_dump_finds_its_paper_first(find, library, change):
    for paper in library.catalog.by_keys(range(1, 27)):
        first = find(change(paper.title)).papers[0]
        assert first.title == paper.title


def test_an_id_finds_just_its_paper(find):
    for text in ("1706.03762", "arXiv:1706.03762v2", "https://arxiv.org/abs/1706.03762"):
        assert ids(find(text)) == ["1706.03762"]


def test_several_ids_find_those_papers_in_their_order(find):
    page = find("hep-th/9711200 cs/9808001, 1706.03762 cs/9808001")

    assert ids(page) == ["hep-th/9711200", "cs/9808001", "1706.03762"]
    assert page.total == 3


def test_unknown_ids_are_named(find):
    page = find("2401.99999 1706.03762 hep-th/0101999")

    assert ids(page) == ["1706.03762"]
    assert [notice.params for notice in page.query.notices] == [
        {"id": "2401.99999"},
        {"id": "hep-th/0101999"},
    ]
    assert codes(page) == ["unknown_id"] * 2


def test_ids_are_paged_like_anything_else(find):
    text = "hep-th/9711200 cs/9808001 1706.03762"

    page = find(text, limit=2)
    assert ids(page) == ["hep-th/9711200", "cs/9808001"]
    assert (page.total, page.next) == (3, 2)
    page = find(text, limit=2, offset=2)
    assert ids(page) == ["1706.03762"]
    assert page.next is None


def test_a_text_with_nothing_to_search_finds_nothing(find):
    for text in ("", " ", "()", "+ - *"):
        assert find(text).total == 0


@pytest.mark.parametrize(("sort", "step"), [(Sort.NEWEST, -1), (Sort.OLDEST, 1)])
def test_papers_are_sorted_by_their_day(find, sort, step):
    papers = find("-zebra", sort=sort).papers

    days = [paper.submitted for paper in papers]
    assert len(days) == 26
    assert days[::step] == sorted(days)


def test_oldest_first_is_newest_first_backwards(find):
    """Ties are broken the same way, so that no page repeats or misses a paper."""
    newest = ids(find("-zebra", sort=Sort.NEWEST))

    assert ids(find("-zebra", sort=Sort.OLDEST)) == newest[::-1]


def test_papers_of_one_day_keep_the_order_of_the_dump(build, record):
    numbers = [f"2401.{n:05}" for n in range(1, 31)]
    data = build([record(number) for number in numbers])
    library = Shelf(data).library()

    assert ids(asking.find(library, "paper", limit=50, sort=Sort.OLDEST)) == numbers
    assert ids(asking.find(library, "paper", limit=50, sort=Sort.NEWEST)) == numbers[::-1]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", ["-zebra", "lattice OR network", "the"])
def test_pages_put_together_are_the_whole(find, sort, text):
    whole = find(text, sort=sort)
    pages, offset = [], 0
    while offset is not None:
        page = find(text, limit=4, offset=offset, sort=sort)
        assert page.total == whole.total
        assert page.offset == offset
        pages += ids(page)
        offset = page.next

    assert pages == ids(whole)
    assert len(pages) == whole.total == len(set(pages))


def test_a_page_beyond_the_last_is_empty(find):
    page = find("lattice", offset=100)

    assert page.papers == ()
    assert page.total == 6
    assert page.next is None


def test_paging_ends_at_a_limit_that_is_named(find):
    find("lattice", limit=50, offset=MAX_OFFSET - 1)

    with pytest.raises(BadQuery, match=r"the first 10,000.*next_cursor") as refusal:
        find("lattice", limit=1, offset=MAX_OFFSET)
    assert refusal.value.param == "offset"


def test_a_text_that_is_too_long_is_refused(find):
    with pytest.raises(BadQuery) as refusal:
        find("word " * 1_000)
    assert refusal.value.param == "q"


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    "text", ["-zebra", "lattice OR network", "lattice spin zebra", "cat:cs", "lattice"]
)
def test_cursors_lead_through_the_whole_result(find, sort, text):
    whole = find(text, sort=sort)
    pages, cursor = [], None
    while True:
        page = find(text, limit=3, sort=sort, cursor=cursor)
        assert page.total == whole.total
        assert page.offset == len(pages)
        pages += ids(page)
        cursor = page.cursor
        if cursor is None:
            break

    assert pages == ids(whole)


def test_a_cursor_goes_on_where_offsets_end(build, record, monkeypatch):
    monkeypatch.setattr("index.search.window.MAX_OFFSET", 4)
    data = build([record(f"2401.{n:05}") for n in range(1, 8)])
    library = Shelf(data).library()

    page = asking.find(library, "paper", limit=4)
    assert page.next is None
    assert len(asking.find(library, "paper", limit=4, cursor=page.cursor).papers) == 3


def test_a_cursor_of_another_snapshot_is_refused(build, record, extend):
    data = build([record(f"2401.{n:05}") for n in range(1, 8)])
    cursor = asking.find(Shelf(data).library(), "paper", limit=2).cursor
    extend(data, [record("2401.00009")])

    with pytest.raises(BadQuery, match=r"of snapshot .* replaced; begin again") as refusal:
        asking.find(Shelf(data).library(), "paper", limit=2, cursor=cursor)
    assert refusal.value.param == "cursor"


@pytest.mark.parametrize(
    "other",
    [
        {"text": "spin"},
        {"sort": Sort.OLDEST},
        {"filters": Filters(cat="cs")},
    ],
)
def test_a_cursor_of_another_search_is_refused(find, other):
    cursor = find("lattice", limit=2).cursor

    with pytest.raises(BadQuery, match="another search"):
        find(**({"text": "lattice", "cursor": cursor} | other))


@pytest.mark.parametrize(
    "cursor", ["x", "=", "e30", "W10", "WyJhIiwxLDIsM10", "é", "A" * 400]
)
def test_a_cursor_that_is_none_is_refused(find, cursor):
    with pytest.raises(BadQuery, match="cannot be read"):
        find("lattice", cursor=cursor)


@pytest.mark.parametrize(
    "change",
    [
        {"offset": 1 << 39},
        {"offset": 1.5},
        {"key": 1 << 63},
        {"key": 1 << 31},
        {"day": "1990-01-01"},
        {"day": "9999-12-31"},
    ],
)
def test_a_forged_cursor_is_refused_before_the_engine_is_asked(find, change):
    token = find("lattice", limit=2, sort=Sort.NEWEST).cursor
    snapshot, digest, offset, (day, key) = orjson.loads(
        base64.urlsafe_b64decode(f"{token}==")
    )
    parts = {"offset": offset, "day": day, "key": key} | change
    body = [snapshot, digest, parts["offset"], [parts["day"], parts["key"]]]
    forged = base64.urlsafe_b64encode(orjson.dumps(body)).decode().rstrip("=")

    with pytest.raises(BadQuery, match="begin again without") as refusal:
        find("lattice", sort=Sort.NEWEST, cursor=forged)
    assert refusal.value.param == "cursor"


def test_a_cursor_by_day_does_not_serve_a_ranked_search(find):
    by_day = find("lattice", limit=2, sort=Sort.NEWEST).cursor
    ranked = find("lattice", limit=2).cursor
    first, second = (
        orjson.loads(base64.urlsafe_b64decode(f"{t}==")) for t in (ranked, by_day)
    )
    forged = base64.urlsafe_b64encode(orjson.dumps([*first[:3], second[3]])).decode()

    with pytest.raises(BadQuery, match="begin again without"):
        find("lattice", cursor=forged.rstrip("="))


def test_filters_narrow_a_result_and_add_nothing_to_its_order(find):
    everything = find("lattice")
    of_physics = find("lattice", filters=Filters(cat="cond-mat"))

    assert 0 < of_physics.total < everything.total
    kept = [i for i in ids(everything) if i in ids(of_physics)]
    assert ids(of_physics) == kept


def test_filters_alone_list_their_papers_newest_first(find):
    page = find("", filters=Filters(cat="cs"))

    days = [paper.submitted for paper in page.papers]
    assert page.total == len(days) > 1
    assert days == sorted(days, reverse=True)
    assert codes(page) == []


def test_filters_hold_for_ids_too(find):
    assert find("1706.03762", filters=Filters(cat="cs")).total == 1
    assert find("1706.03762", filters=Filters(cat="hep-th")).total == 0


def test_facets_count_the_whole_result(find):
    page = find("lattice OR network", limit=2)
    facets = page.facets

    assert sum(facets.years.values()) == page.total
    assert list(facets.years) == sorted(facets.years)
    whole = find("lattice OR network").papers
    assert facets.categories["cs.LG"] == sum("cs.LG" in p.categories for p in whole)


def test_facets_of_ids_and_of_nothing_are_empty(find):
    for text in ("1706.03762", "", "()"):
        assert not find(text).facets.years


def test_scores_say_which_field_added_what(find):
    scores = find("lattice spin zebra").scores

    assert all(score["score"] > 0 for score in scores)
    assert {"all", "title"} <= set(scores[0])
    unranked = find("cat:cs").scores
    assert {score["score"] for score in unranked} == {0.0}


def test_a_page_says_how_long_it_took(find):
    assert 0 < find("lattice").took_ms < 60_000


def test_many_threads_may_search_at_once(find):
    texts = ["lattice", "au:bello", "cat:cs", "2401.99999", "-the", "zebra spin"] * 20
    alone = [ids(find(text)) for text in texts]

    with ThreadPoolExecutor(8) as pool:
        assert [ids(page) for page in pool.map(find, texts)] == alone

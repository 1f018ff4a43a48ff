"""Listings: the papers of some days in some categories."""

from datetime import date

import pytest

from index import BadQuery, Expression, Selection, Shelf, Sort, Span, rank, read_words

LG, BOTH = Expression.parse("cs.LG"), Expression.parse("cs.LG+math.CO")
DAY, WEEK = Span.parse("2024-03-05"), Span.parse("2024-W10")


def at(day):
    return [{"version": "v1", "created": f"{day} Mar 2024 10:00:00 GMT"}]


@pytest.fixture(scope="module")
def lister(record, tmp_path_factory):
    """A lister over eight papers of four days of March 2024."""
    from tests.conftest import Dump, json, rebuild, unwatched

    rows = [
        ("2403.00001", 4, "cs.LG", "graphs and trees"),
        ("2403.00002", 5, "cs.LG", "quantum walks on graphs"),
        ("2403.00003", 5, "cs.LG cs.CY", "fairness"),
        ("2403.00004", 5, "math.CO", "colouring graphs"),
        ("2403.00005", 5, "hep-th", "strings"),
        ("2403.00006", 8, "cs.LG", "quantum error correction with graphs"),
        ("2403.00007", 8, "math.CO", "matroids"),
        ("2403.00008", 20, "cs.LG", "the last one"),
    ]
    directory = tmp_path_factory.mktemp("listing")
    dump = directory / "dump.jsonl"
    records = (
        record(i, title=title, categories=c, versions=at(day)) for i, day, c, title in rows
    )
    dump.write_text("".join(f"{json.dumps(r)}\n" for r in records))
    with Dump.open(dump) as opened:
        rebuild(opened, directory / "data", watch=unwatched)
    return Shelf(directory / "data").library().lister


def of(expression, span):
    return Selection(expression=expression, span=span)


def ids(listing):
    return [str(key) for key in listing.keys]  # as their ids end


def test_a_day_of_a_category_is_listed(lister):
    found = lister.list_by_day(of(LG, DAY), limit=10)
    assert (found.total, ids(found)) == (2, ["3", "2"])
    assert ids(lister.list_by_day(of(LG, DAY), limit=10, sort=Sort.OLDEST)) == ["2", "3"]
    assert ids(lister.list_by_day(of(LG, DAY), limit=1, offset=1)) == ["2"]


def test_categories_are_joined_and_left_out(lister):
    assert ids(lister.list_by_day(of(BOTH, DAY), limit=10)) == ["4", "3", "2"]
    without = Expression.parse("cs.LG+math.CO-cs.CY")
    assert ids(lister.list_by_day(of(without, DAY), limit=10)) == ["4", "2"]
    assert ids(lister.list_by_day(of(Expression.parse("cs"), DAY), limit=10)) == ["3", "2"]


def test_a_week_and_a_month_have_their_days_newest_first(lister):
    assert ids(lister.list_by_day(of(LG, WEEK), limit=10)) == ["6", "3", "2", "1"]
    month = Span.parse("2024-03")
    assert ids(lister.list_by_day(of(LG, month), limit=10)) == ["8", "6", "3", "2", "1"]


def test_a_day_without_papers_is_empty(lister):
    found = lister.list_by_day(of(LG, Span.parse("2024-03-06")), limit=10)
    assert (found.total, found.keys) == (0, ())


def test_the_days_around_one_are_found(lister):
    assert lister.find_latest_day(LG) == date(2024, 3, 20)
    assert lister.find_day_before(LG, date(2024, 3, 8)) == date(2024, 3, 5)
    assert lister.find_day_after(LG, date(2024, 3, 8)) == date(2024, 3, 20)
    assert lister.find_day_before(LG, date(2024, 3, 4)) is None
    assert lister.find_day_after(LG, date(2024, 3, 20)) is None
    assert (
        lister.find_day_before(LG, date.min) is lister.find_day_after(LG, date.max) is None
    )
    assert lister.find_latest_day(Expression.parse("q-bio")) is None


def test_the_papers_of_each_day_are_counted(lister):
    assert lister.count_days(LG, Span.parse("2024-03")) == {
        date(2024, 3, 4): 1,
        date(2024, 3, 5): 2,
        date(2024, 3, 8): 1,
        date(2024, 3, 20): 1,
    }


def test_what_follows_a_paper_is_found_by_its_id(lister):
    last = (date(2024, 3, 5), "2403.00003")
    newest = lister.list_behind(of(LG, WEEK), last, limit=10, sort=Sort.NEWEST)
    assert ids(newest) == ["2", "1"]
    last = (date(2024, 3, 5), "2403.00002")
    oldest = lister.list_behind(of(LG, WEEK), last, limit=10, sort=Sort.OLDEST)
    assert ids(oldest) == ["3", "6"]


@pytest.mark.parametrize(
    ("sort", "left"), [(Sort.NEWEST, ["3", "2", "1"]), (Sort.OLDEST, ["2", "3", "6"])]
)
def test_behind_a_paper_that_is_gone_its_day_begins_again(lister, sort, left):
    gone = (date(2024, 3, 5), "2403.99999")
    assert ids(lister.list_behind(of(LG, WEEK), gone, limit=10, sort=sort)) == left


def test_words_narrow_a_listing(lister):
    def found(**words):
        narrowed = Selection(expression=BOTH, span=Span.parse("2024-03"), **words)
        return ids(lister.list_by_day(narrowed, limit=10))

    assert found(include=("graph",)) == ["6", "4", "2", "1"]
    assert found(include=("quant", "colour")) == ["6", "4", "2"]
    assert found(include=("quant", "error"), every=True) == ["6"]
    assert found(exclude=("graph", "last")) == ["7", "3"]
    assert found(include=("graph",), exclude=("quant",)) == ["4", "1"]


def test_words_to_narrow_by_are_read():
    assert read_words(" Quantum,walks，quantum  图 ", "include") == (
        "quantum",
        "walks",
        "图",
    )
    for bad in ("a", "x+", "++", " ".join(f"word{n}" for n in range(21))):
        with pytest.raises(BadQuery):
            read_words(bad, "include")


def test_the_preferred_come_first_and_the_others_follow(lister):
    keys = lister.list_keys(of(LG, WEEK))
    worth = lister.rate(of(LG, WEEK), keys, ["quantum graphs", "error"])
    found = rank(keys, worth, limit=10)
    assert (found.total, ids(found)) == (4, ["6", "2", "1", "3"])
    assert max(worth.values()) == 1
    assert lister.rate(of(LG, WEEK), keys, ["", "!?"]) == {}


def test_liked_papers_count_where_there_are_vectors(topical):
    lister = topical.lister
    papers = topical.catalog.by_keys([1, 40])
    expression = Expression.parse("cs+math+hep-th+quant-ph+q-bio+stat+cond-mat+astro-ph")
    span = Span(first=date(2000, 1, 1), last=date(2030, 1, 1))
    everything = of(expression, span)
    keys = lister.list_keys(everything)
    worth = lister.rate(everything, keys, [], [papers[0].id, "2401.99999"])
    assert len(worth) == lister.list_by_day(everything, limit=1).total
    best = max(worth, key=worth.__getitem__)
    assert best == 1
    assert lister.rate(everything, keys, [], ["2401.99999"]) == {}

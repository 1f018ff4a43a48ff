"""Exact searches: what matches and nothing else, to its end in each of three orders."""

import json

import pytest

from index import (
    BadQuery,
    Dump,
    Field,
    Moment,
    Order,
    Phrase,
    Query,
    Search,
    Shelf,
    Window,
    parse_as_written,
    rebuild,
)
from index.search.tantivy import leaves

PAPERS = 60
ORDERS = [
    Order(moment=moment, backward=backward)
    for moment in (None, *Moment)
    for backward in (False, True)
]


@pytest.fixture(scope="module")
def made(record, tmp_path_factory):
    """A library of 60 papers of one day; every sixth is withdrawn, some are alike."""
    directory = tmp_path_factory.mktemp("exact")
    records = [
        record(
            f"2401.{n:05}",
            title=f"Lattice study {n % 4}",
            abstract="Heat in a lattice." if n % 3 else "A lattice, and lattice heat.",
            comments="This paper has been withdrawn" if n % 6 == 0 else "9 pages",
            versions=[
                {"version": "v1", "created": f"1 Jan 2024 10:{n * 7 % 60:02}:00 GMT"},
                {"version": "v2", "created": f"2 Jan 2024 10:{n * 11 % 60:02}:00 GMT"},
            ],
        )
        for n in range(1, PAPERS + 1)
    ]
    path = directory / "dump.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in records))
    with Dump.open(path) as dump:
        rebuild(dump, directory / "data", watch=lambda *_: None)
    return Shelf(directory / "data").library()


def page(library, text, order, **window):
    return library.exact.find(parse_as_written(text), order, **window)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "text", ["lattice", "lattice heat", "cat:cs.LG", "lattice AND heat"]
)
def test_parts_of_a_result_make_the_whole_in_every_order(made, text, order):
    whole = page(made, text, order, limit=PAPERS)

    assert whole.total == len({paper.id for paper in whole.papers}) == PAPERS
    parts = []
    for start in range(0, PAPERS + 13, 13):
        part = page(made, text, order, limit=13, start=start)
        assert part.total == PAPERS
        parts += part.papers
    assert parts == list(whole.papers)


@pytest.mark.parametrize("moment", Moment)
def test_papers_are_in_order_by_the_second(made, moment):
    for backward in (False, True):
        found = page(made, "lattice", Order(moment=moment, backward=backward), limit=PAPERS)
        times = [getattr(paper, moment) for paper in found.papers]
        assert times == sorted(times, reverse=not backward)


def test_days_may_be_cut_at_a_minute(made):
    for window in ("[202401011010 TO 202401011019]", "[20240101101000 TO 20240101101930]"):
        found = page(made, f"submittedDate:{window}", Order(), limit=PAPERS)
        minutes = {paper.submitted_at.minute for paper in found.papers}
        assert minutes == set(range(10, 20))
        assert found.total == 10


def test_minutes_count_in_every_search(made):
    query = "lattice submittedDate:[202401011010 TO 202401011019]"

    assert made.finder.find(Search(query), Window(limit=1)).total == 10


def test_unknown_words_are_not_corrected(made):
    assert page(made, "latice", Order(), limit=1).total == 0
    assert page(made, "lattice AND unheard", Order(), limit=1).total == 0


def test_a_query_of_nothing_finds_nothing(made):
    for order in ORDERS:
        assert page(made, "...", order, limit=5).total == 0


def test_ids_are_narrowed_by_a_query(made):
    ids = ["2401.00001", "2401.00003", "2401.99999"]

    narrowed = made.exact.narrow(parse_as_written('abs:"lattice heat"'), ids)

    assert narrowed == {"2401.00003"}


def test_a_phrase_that_cannot_be_looked_for_is_refused(made, monkeypatch):
    monkeypatch.setattr(leaves, "COMMON", 10)
    query = Query(tree=Phrase(Field.ABSTRACT, "heat in"))

    with pytest.raises(BadQuery, match="too common"):
        made.exact.find(query, Order(), limit=5)
    with pytest.raises(BadQuery, match="too common"):
        made.exact.narrow(query, ["2401.00001"])

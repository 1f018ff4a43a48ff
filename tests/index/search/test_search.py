"""Searches as objects, what finding them asks of an engine, and what is left for later."""

from collections import Counter
from dataclasses import FrozenInstanceError

import pytest

from index import Filters, Mode, Search, Sort, Window
from index.papers.records import Records
from index.search.finder import Finder
from index.search.spelling.speller import Speller
from index.snapshots.layout import WORDS
from index.snapshots.snapshot import find_live


class Recorder:
    """A real engine, and how often each of its methods is called."""

    def __init__(self, engine):
        self.calls = Counter()
        self._engine = engine

    def __getattr__(self, name):
        method = getattr(self._engine, name)

        def call(*args, **options):
            self.calls[name] += 1
            return method(*args, **options)

        return call


@pytest.fixture
def recorded(topical, topical_data):
    """A finder of the library of four topics, and the recorder of its engine."""
    engine = Recorder(topical.engine)
    finder = Finder(
        engine=engine,
        vocabulary=topical.vocabulary,
        counts=topical.counts,
        records=topical.catalog,
        speller=Speller.open(find_live(topical_data) / WORDS),
        snapshot="recorded",
        meaning=topical.finder.meaning,
    )
    return finder, engine


@pytest.mark.parametrize("text", ["qubits teleportation", "entanglement photons"])
def test_a_relaxed_search_is_matched_once(recorded, text):
    finder, engine = recorded
    found = finder.find(Search(text), Window(limit=20))

    assert found.mode is Mode.HYBRID
    assert [step.name for step in found.steps] == ["all", "telling", "any"]
    assert engine.calls["search"] == 3


def test_a_relaxed_search_blends_what_an_explicit_one_does(recorded):
    finder, _ = recorded
    for text in ("qubits teleportation", "entanglement photons"):
        for offset in (0, 7, 20):
            window = Window(limit=7, offset=offset)
            by_default = finder.find(Search(text), window)
            asked_for = finder.find(Search(text, mode=Mode.HYBRID), window)
            assert by_default.keys == asked_for.keys
            assert by_default.total == asked_for.total
            assert by_default.similarities == asked_for.similarities


def test_a_search_that_words_answer_takes_one_call(recorded):
    finder, engine = recorded
    found = finder.find(Search("study observed"), Window(limit=20))

    assert found.mode is Mode.LEXICAL
    assert engine.calls == {"search": 1}


def test_facets_and_scores_are_worked_out_for_those_who_ask(recorded):
    finder, engine = recorded
    found = finder.find(Search("study observed"), Window(limit=5))
    assert not {"facets", "scores"} & set(engine.calls)

    found.begin_facets()
    assert found.facets is found.facets
    assert sum(found.facets.years.values()) == found.total
    assert (engine.calls["facets"], engine.calls["scores"]) == (1, 0)
    assert len(found.scores) == len(found.scores) == 5
    assert engine.calls["scores"] == 1


def test_facets_need_not_be_begun(recorded):
    finder, _ = recorded
    found = finder.find(Search("study observed"), Window(limit=5))

    assert sum(found.facets.years.values()) == found.total


def test_a_search_is_whole_and_hashable():
    one = Search("snow", filters=Filters(cat="cs"), sort=Sort.NEWEST, mode=Mode.LEXICAL)
    same = Search("snow", filters=Filters(cat="cs"), sort=Sort.NEWEST, mode=Mode.LEXICAL)

    assert {one: "kept"}[same] == "kept"
    assert len({one, same, Search("snow"), Search("snow", sort=Sort.OLDEST)}) == 3
    with pytest.raises(FrozenInstanceError):
        one.text = "ice"


def test_what_is_found_names_its_search(topical):
    search = Search("dark matter", mode=Mode.LEXICAL)

    assert topical.finder.find(search, Window(limit=1)).search is search


def test_the_catalog_fulfils_records(topical):
    records: Records = topical.catalog
    (paper,) = records.by_keys([7, 10**9])

    assert records.by_ids([paper.id, "2401.99999"]) == {paper.id: paper}
    assert records.keys([paper.id, "2401.99999"]) == {paper.id: 7}
    assert records.ids([7, 10**9]) == {7: paper.id}
    assert records.origins([7, 10**9])[7].authors == paper.authors

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Shelf
from tests.asking import find


@pytest.fixture
def suggest(library):
    """Complete a beginning from the small dump; return kinds and texts."""

    def suggest(text, limit=8):
        return [(s.kind, s.text) for s in library.suggester.suggest(text, limit)]

    return suggest


@pytest.mark.parametrize(
    "text", ["attention is", "Attention  IS al", "attention is all you need"]
)
def test_a_title_is_completed_from_its_beginning(suggest, text):
    assert ("title", "Attention Is All You Need") in suggest(text)


def test_a_title_is_completed_from_words_in_any_order(suggest):
    assert ("title", "Attention Is All You Need") in suggest("need atten")


@pytest.mark.parametrize("text", ["maldac", "juan m", "Maldacena, J", "MALDACENA J"])
def test_a_name_is_completed_in_either_order(suggest, text):
    assert ("author", "Juan M. Maldacena") in suggest(text)


@pytest.mark.parametrize("text", ["cs.l", "machine le", "learning"])
def test_a_category_is_completed_from_its_code_or_its_name(suggest, text):
    assert ("category", "Machine Learning (cs.LG)") in suggest(text)


def test_categories_without_papers_are_not_suggested(suggest):
    assert suggest("q-fin.pr") == []


@pytest.mark.parametrize("text", ["", "a", " a ", "é", "x" * 201, "zzzzzz", "((", '"'])
def test_what_is_too_short_too_long_or_unknown_has_no_completions(suggest, text):
    assert suggest(text) == []


@given(st.text(max_size=30), st.integers(1, 20))
def test_any_beginning_has_at_most_so_many_completions_none_twice(library, text, limit):
    found = library.suggester.suggest(text, limit)
    assert len(found) <= limit
    assert len({(s.kind, s.text) for s in found}) == len(found)


@pytest.mark.parametrize("text", ["attention", "maldacena", "machine learning", "lattice"])
def test_every_suggestion_finds_what_it_names(library, text):
    suggestions = library.suggester.suggest(text)
    assert suggestions
    for suggestion in suggestions:
        page = find(library, suggestion.query, limit=100)
        assert page.total >= suggestion.papers > 0
        if suggestion.kind == "title":
            assert suggestion.id == page.papers[0].id


def test_papers_of_one_title_are_suggested_once(build, record):
    data = build([record("2401.00001", title="Snow"), record("2401.00002", title="snow")])
    found = Shelf(data).library().suggester.suggest("snow")
    assert [s.kind for s in found] == ["title"]


def test_titles_come_by_how_well_they_fit_and_not_by_the_alphabet(build, record):
    titles = {
        "Snow and ice in all of the mountains": 2019,
        "Snow and quite a lot of other things": 2024,
        "Snow and us": 2011,
        "Old snow and new": 2026,
    }
    papers = [
        record(f"2401.{n:05}", title=title, update_date=f"{year}-01-02")
        for n, (title, year) in enumerate(titles.items(), 1)
    ]
    found = Shelf(build(papers)).library().suggester.suggest("snow and")

    assert [(s.year, s.author) for s in found] == [
        (year, "Ada Lovelace") for year in (2011, 2024, 2019, 2026)
    ]


def test_authors_with_most_papers_come_first(build, record):
    papers = [record(f"2401.{n:05}", authors="Ann Common") for n in range(1, 4)]
    data = build([record("2402.00001", authors="Ann Cold"), *papers])
    found = Shelf(data).library().suggester.suggest("ann co")
    assert [(s.text, s.papers) for s in found] == [("Ann Common", 3), ("Ann Cold", 1)]

"""Search by meaning: what is added, what stays first, and that pages fit together."""

import numpy as np
import pytest

from index import BadQuery, Filters, Mode, NoVectors, Search, Shelf, Sort
from index.meaning.hybrid import Semantic
from tests import asking
from tests.topics import topic_of, topic_records


def find(library, text, **options):
    return asking.find(library, text, **({"limit": 20} | options))


def ids(page):
    return [paper.id for paper in page.papers]


def test_a_search_by_meaning_needs_none_of_the_words(topical):
    page = find(topical, "cosmology of the large scale universe", mode=Mode.SEMANTIC)

    assert page.mode is Mode.SEMANTIC
    assert {topic_of(paper) for paper in page.papers[:10]} == {2}
    assert page.total == 120
    assert [notice.code for notice in page.query.notices] == ["nearest"]
    assert list(page.similarities) == sorted(page.similarities, reverse=True)
    assert {page.found_by(key) for key in page.keys} == {"meaning"}


def test_words_and_meaning_find_more_than_words(topical):
    words = find(topical, "photons cosmology", mode=Mode.LEXICAL, limit=100)
    both = find(topical, "photons cosmology", mode=Mode.HYBRID, limit=100)

    assert both.mode is Mode.HYBRID
    assert both.total == words.total + len(both.added)
    assert set(ids(words)) <= set(ids(both))
    assert len(both.added) > 0
    added = [n.params["papers"] for n in both.query.notices if n.code == "added"]
    assert added == [len(both.added)]
    assert {both.found_by(key) for key in both.added & set(both.keys)} == {"meaning"}


@pytest.mark.parametrize("text", ["qubits teleportation", "dark matter", "zeta primes gas"])
def test_pages_fit_together(topical, text):
    whole = find(topical, text, mode=Mode.HYBRID, limit=120)
    pages = [
        paper_id
        for offset in range(0, whole.total, 7)
        for paper_id in ids(find(topical, text, mode=Mode.HYBRID, limit=7, offset=offset))
    ]

    assert pages == ids(whole)
    assert len(set(pages)) == len(pages) == whole.total


def test_pages_behind_what_is_ranked_again_fit_too(topical_data, monkeypatch):
    for module in (
        "index.search.meaning",
        "index.meaning.hybrid",
        "index.search.strategies.words",
    ):
        monkeypatch.setattr(f"{module}.WINDOW", 10)
    library = Shelf(topical_data).library()
    text = "the quantum neural galaxies primes"
    whole = find(library, text, mode=Mode.HYBRID, limit=120)
    pages = [
        paper_id
        for offset in range(0, whole.total, 9)
        for paper_id in ids(find(library, text, mode=Mode.HYBRID, limit=9, offset=offset))
    ]

    assert whole.total > 60
    assert pages[:10] == ids(whole)[:10]
    assert sorted(pages) == sorted(ids(whole))  # equal scores may stand in another order
    assert len(set(pages)) == whole.total
    assert None in whole.similarities


def test_a_cursor_goes_on_where_a_page_ends(topical):
    first = find(topical, "dark matter", mode=Mode.HYBRID, limit=5)
    second = find(topical, "dark matter", mode=Mode.HYBRID, limit=5, cursor=first.cursor)

    assert second.offset == 5
    assert not set(ids(first)) & set(ids(second))
    with pytest.raises(BadQuery, match="another search"):
        find(topical, "dark matter", mode=Mode.LEXICAL, limit=5, cursor=first.cursor)


def test_a_title_that_was_typed_stays_first(topical):
    for paper in topical.catalog.by_keys(range(1, 121, 13)):
        page = find(topical, paper.title, mode=Mode.HYBRID)
        assert page.papers[0].title == paper.title


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("qubits teleportation -photons", lambda p: "photons" not in p.abstract),
        ('entangled states "we study photons"', lambda p: "study photons" in p.abstract),
        ("qubits teleportation cat:quant-ph", lambda p: p.categories[0] == "quant-ph"),
        ("stars universe au:authorone", lambda p: "Authorone" in p.authors[0].last),
        ("stars universe year:2024", lambda p: p.submitted.year == 2024),
    ],
)
@pytest.mark.parametrize("mode", [Mode.HYBRID, Mode.SEMANTIC])
def test_what_a_query_demands_holds_for_what_meaning_finds(topical, text, holds, mode):
    page = find(topical, text, mode=mode, limit=120)

    assert page.mode is mode
    assert page.papers
    assert all(map(holds, page.papers))


@pytest.mark.parametrize("mode", [Mode.HYBRID, Mode.SEMANTIC])
def test_filters_hold_for_what_meaning_finds(topical, mode):
    page = find(topical, "quantum stars", mode=mode, filters=Filters(cat="math.NT"))

    assert {topic_of(paper) for paper in page.papers} <= {4}
    assert page.total <= 30


@pytest.mark.parametrize("text", ["au:authorone", "cat:cs.LG", "qubits", '"dark matter"'])
def test_a_query_without_meaning_is_answered_by_its_words(topical, text):
    page = find(topical, text, mode=Mode.HYBRID)

    assert page.mode is Mode.LEXICAL
    assert ids(page) == ids(find(topical, text, mode=Mode.LEXICAL))


def test_sorted_by_day_words_decide(topical):
    page = find(topical, "dark matter", mode=Mode.HYBRID, sort=Sort.NEWEST)

    assert page.mode is Mode.LEXICAL
    days = [paper.submitted for paper in page.papers]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("text", "options"), [("dark matter", {"sort": Sort.OLDEST}), ("cat:cs.LG", {})]
)
def test_a_search_by_meaning_says_what_it_cannot_do(topical, text, options):
    with pytest.raises(BadQuery, match="search by meaning"):
        find(topical, text, mode=Mode.SEMANTIC, **options)


def test_an_id_is_an_id_in_any_mode(topical):
    for mode in Mode:
        page = find(topical, "2401.00005", mode=mode)
        assert ids(page) == ["2401.00005"]


def test_counts_and_scores_are_told_of_a_blended_page(topical):
    page = find(topical, "qubits teleportation", mode=Mode.HYBRID)
    counts = page.facets

    assert sum(counts.years.values()) == page.total - len(page.added)
    scores = page.scores
    assert len(scores) == len(page.papers)
    assert all("meaning" in one for one in scores)


def test_without_vectors_a_hybrid_search_says_so_and_meaning_is_refused(build, record):
    library = Shelf(build(topic_records(record))).library()

    page = find(library, "dark matter", mode=Mode.HYBRID)
    assert "no_vectors" in [notice.code for notice in page.query.notices]
    assert page.mode is Mode.LEXICAL
    assert "no_vectors" not in [n.code for n in find(library, "dark matter").query.notices]
    with pytest.raises(NoVectors, match="mode=lexical"):
        find(library, "dark matter", mode=Mode.SEMANTIC)


def test_papers_with_all_the_words_stay_in_front(topical):
    for text in ("entanglement photons", "primes conjecture arithmetic"):
        words = find(topical, text, mode=Mode.LEXICAL, limit=100)
        leading = words.match.leading
        assert 0 < leading < 20
        both = find(topical, text, limit=100)
        assert both.mode is Mode.HYBRID
        assert ids(both)[:leading] == ids(words)[:leading]


def test_where_many_papers_have_all_the_words_they_decide(topical):
    assert find(topical, "study observed").mode is Mode.LEXICAL
    assert find(topical, "study observed", mode=Mode.HYBRID).mode is Mode.HYBRID


def test_what_no_paper_speaks_of_finds_none(topical):
    page = find(topical, "zzzqqq xxxyyy")

    assert (page.total, page.papers, page.query.notices) == (0, (), ())


def test_a_text_that_an_encoder_makes_nothing_of_is_near_to_nothing(topical):
    class Speechless:
        dimensions = topical.relater.vectors.dimensions

        def encode(self, texts):
            return np.zeros((len(texts), self.dimensions), dtype=np.float32)

    semantic = Semantic(topical.engine, Speechless(), topical.relater.vectors)
    blend = semantic.nearest("mute", Search("mute").understand(), 20, 0)

    assert (blend.total, blend.keys) == (0, ())


@pytest.mark.parametrize("few", [10_000, 20])
def test_a_filter_far_from_a_query_leaves_what_passes(topical, monkeypatch, few):
    monkeypatch.setattr("index.meaning.hybrid._FEW", few)
    options = {"mode": Mode.SEMANTIC, "filters": Filters(cat="astro-ph")}
    text = f"qubits teleportation {few}"  # what was found for another is remembered
    page = find(topical, text, **options)

    assert page.papers
    assert {paper.primary_category for paper in page.papers} == {"astro-ph.GA"}
    assert list(page.similarities) == sorted(page.similarities, reverse=True)
    assert page.total == min(few, 30)


@pytest.mark.parametrize("mode", [Mode.SEMANTIC, Mode.HYBRID, None])
def test_a_script_that_the_encoder_does_not_know_finds_nothing_by_chance(topical, mode):
    for text in ("机器学习 量子力学", "기계학습 양자역학", "りょうし りきがく"):
        page = find(topical, text, mode=mode)
        codes = {notice.code for notice in page.query.notices}
        assert page.total == 0
        assert ("encoder_script" in codes) == (mode is not None)
        assert ("english_abstracts" in codes) == (mode is not Mode.SEMANTIC)


def test_what_the_encoder_knows_of_a_mixed_query_is_read(topical):
    page = find(topical, "宇宙 cosmology of the universe", mode=Mode.SEMANTIC)
    codes = [notice.code for notice in page.query.notices]
    assert codes == ["encoder_script", "nearest"]
    assert {topic_of(paper) for paper in page.papers[:5]} == {2}


@pytest.mark.parametrize("mode", [*Mode, None])
def test_gibberish_finds_nothing(topical, mode):
    for text in ("zzzz qqqq", "asdf qwer zxcv"):
        assert find(topical, text, mode=mode).total == 0

"""Prices: each part of a query adds to them, in proportion to what is read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import (
    All,
    AnyOf,
    Days,
    Field,
    Fuzzy,
    Loose,
    Phrase,
    Prefix,
    Query,
    Sort,
    Unscored,
    Without,
)
from index import Term as Word
from index.search.cost.price import LIMIT_MS, Prices
from index.search.engine import Size

PAPERS = 1_000_000


def sized(leaf):
    """The sizes of leaves by their kind; a word's text says how many papers have it."""
    match leaf:
        case Word(text=text):
            return Size(papers=int(text), postings=int(text))
        case Prefix():
            return Size(papers=300_000, gathered=900_000, terms=10_000)
        case Fuzzy():
            return Size(papers=300_000, gathered=600_000, terms=9_000)
        case Phrase(text=text):
            words = text.split()
            papers = int(words[0])
            return Size(papers=papers, gathered=papers, places=papers * len(words))
    return Size(papers=PAPERS, gathered=PAPERS)


@pytest.fixture
def prices():
    """Prices among a million papers."""
    return Prices(sized, PAPERS)


WORDS = st.integers(0, PAPERS).map(lambda n: Word(Field.ANY, str(n)))
LEAVES = st.one_of(
    WORDS,
    st.just(Prefix(Field.ANY, "ab")),
    st.just(Fuzzy(Field.ANY, "abcde", 2)),
    st.integers(0, PAPERS).map(lambda n: Phrase(Field.ANY, f"{n} x y", 5)),
    st.just(Days(date(2020, 1, 1), None)),
)
TREES = st.recursive(
    LEAVES,
    lambda nodes: st.one_of(
        nodes.map(Without),
        st.lists(nodes, min_size=2, max_size=5).map(lambda some: All(tuple(some))),
        st.lists(nodes, min_size=2, max_size=5).map(lambda some: AnyOf(tuple(some))),
        st.lists(WORDS, min_size=2, max_size=5).map(lambda some: Loose(tuple(some))),
    ),
    max_leaves=20,
)


def ms(prices, tree, **filters):
    return prices.of_search(Query(tree=tree, **filters)).ms


@given(TREES, TREES)
def test_one_more_choice_never_makes_a_query_cheaper(tree, other):
    prices = Prices(sized, PAPERS)
    assert ms(prices, AnyOf((tree, other))) >= ms(prices, tree) / 2  # ranked or by day
    assert prices.of_counts(Query(tree=AnyOf((tree, other)))).ms >= (
        prices.of_counts(Query(tree=tree)).ms
    )


@given(TREES)
def test_every_price_is_positive_and_names_a_leaf(tree):
    prices = Prices(sized, PAPERS)
    cost = prices.of_search(Query(tree=tree))
    assert cost.ms > 0
    assert cost.dearest is not None
    assert (
        prices.of_scores(Query(tree=tree), 20).ms
        >= prices.of_scores(Query(tree=tree), 1).ms
    )


def test_a_query_of_nothing_costs_nothing_but_the_look_at_all_papers(prices):
    assert prices.of_search(Query()).dearest is None


def test_a_rare_word_spares_reading_the_common_ones(prices):
    common, rare = Word(Field.ANY, "900000"), Word(Field.ANY, "3")
    assert ms(prices, All((common, rare))) < ms(prices, common) / 10


def test_a_rare_word_does_not_spare_an_expansion(prices):
    begun, rare = Prefix(Field.ANY, "ab"), Word(Field.ANY, "3")
    assert ms(prices, All((begun, rare))) > prices.of_counts(Query(tree=begun)).ms / 10


def test_what_must_not_be_there_costs_as_well(prices):
    word, fuzzy = Word(Field.ANY, "3"), Fuzzy(Field.ANY, "abcde", 2)
    barred = All((word, Without(fuzzy)))
    assert ms(prices, barred) > 100 * ms(prices, word)
    assert prices.of_search(Query(tree=barred)).dearest == fuzzy


def test_a_filter_is_paid_like_the_tree(prices):
    word, begun = Word(Field.ANY, "3"), Prefix(Field.ANY, "ab")
    assert ms(prices, word, filters=(begun,)) > 10 * ms(prices, word)


def test_the_telling_words_decide_what_loose_words_cost(prices):
    rare = tuple(Word(Field.ANY, str(n)) for n in (10, 20, 30))
    common = tuple(Word(Field.ANY, str(n)) for n in (900_000, 800_000))
    loose = ms(prices, Loose((*rare, *common)))
    assert loose < ms(prices, Loose((*rare, *common), any_word=True)) / 10


def test_explaining_is_paid_by_paper(prices):
    query = Query(tree=Fuzzy(Field.ANY, "abcde", 2))
    assert prices.of_scores(query, 20).ms == pytest.approx(
        20 * prices.of_scores(query, 1).ms
    )


def test_an_order_by_day_is_paid_once(prices):
    query = Query(tree=Word(Field.ANY, "100"))
    by_day = prices.of_search(query, Sort.OLDEST).ms
    assert by_day < prices.of_search(query).ms


def test_of_a_query_that_is_too_dear_only_a_part_is_measured():
    asked = []

    def size(leaf):
        asked.append(leaf)
        return sized(leaf)

    begun = tuple(Prefix(Field.ANY, f"a{n}") for n in range(1_000))
    cost = Prices(size, PAPERS).of_search(Query(tree=AnyOf(begun)))
    assert cost.ms > LIMIT_MS
    assert cost.dearest in begun
    assert len(set(asked)) < len(begun) / 4


def test_papers_before_a_deep_page_are_paid_for(prices):
    query = Query(tree=Word(Field.ANY, "500000"))

    first, deep = (
        prices.of_search(query, Sort.NEWEST, reach).ms for reach in (10, 400_000)
    )
    beyond = prices.of_search(query, Sort.NEWEST, 10**18).ms

    assert first + 50 < deep < beyond
    assert beyond == prices.of_search(query, Sort.NEWEST, 500_000).ms


def test_an_unscored_part_costs_what_it_reads(prices):
    part = Phrase(Field.COMMENTS, "1000 x", 0)

    assert prices.of_search(Query(tree=Unscored(part))).ms > 0
    both = prices.of_search(Query(tree=AnyOf((Word(Field.ANY, "5"), Unscored(part)))))
    assert both.ms > prices.of_search(Query(tree=Word(Field.ANY, "5"))).ms

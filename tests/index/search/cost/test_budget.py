"""What a request may spend: refused before work, or paid step by step."""

import threading
import time
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import (
    EXPLAINED,
    Abandoned,
    BadQuery,
    Budget,
    Crowded,
    Gate,
    OutOfTime,
    Search,
    Sort,
    TooDear,
    Window,
    spending,
    spending_anew,
)
from index.search.cost import budget as budgets
from index.search.cost.budget import DEAR_MS, LIMIT_MS
from index.search.cost.metered import MeteredEngine
from index.search.cost.price import Cost, Prices
from index.search.finder import Finder
from index.search.spelling.speller import Speller
from index.search.tantivy import Fulltext
from index.snapshots.layout import WORDS
from index.snapshots.snapshot import find_live
from tests.index.search.fragments import FRAGMENTS
from tests.index.search.test_search import Recorder

FIVE = [f"{a}{b}ler" for a in "bcdfghklm" for b in ("oi", "ai", "ee", "uu", "yo", "ea")]
FUZZY_60 = " OR ".join(f"{word}~2" for word in (*FIVE, *FIVE))[: 60 * 11 - 4]


class Large:
    """A real vocabulary, as if each paper were a few ten thousand."""

    def __init__(self, vocabulary, times):
        self._vocabulary, self._times = vocabulary, times

    def size(self, leaf):
        size = self._vocabulary.size(leaf)
        names = ("papers", "postings", "gathered", "places")
        grown = {name: getattr(size, name) * self._times for name in names}
        return replace(size, **grown)

    def __getattr__(self, name):
        return getattr(self._vocabulary, name)


class Counts:
    """As many papers as the large vocabulary has."""

    def __init__(self, papers):
        self.papers = papers


@pytest.fixture
def large(topical, topical_data):
    """A finder that takes 120 papers for 1.2 million, and the recorder of its engine."""
    times = 10_000
    live = find_live(topical_data)
    vocabulary = Large(topical.vocabulary, times)
    papers = topical.manifest.papers * times
    recorder = Recorder(Fulltext.open(live / "fulltext").engine)
    finder = Finder(
        engine=MeteredEngine(recorder, Prices(vocabulary.size, papers)),
        vocabulary=vocabulary,
        counts=Counts(papers),
        records=topical.catalog,
        speller=Speller.open(live / WORDS),
        snapshot="large",
        meaning=None,
    )
    return finder, recorder


@pytest.mark.parametrize(
    ("text", "dearest"),
    [
        (FUZZY_60, "~2"),
        (" OR ".join(f"{a}{b}*" for a in "pqst" for b in "aehiortu"), "*"),
        (" ".join(f"-{word}~2" for word in FIVE), "~2"),
        (" OR ".join(f'"study observed"~{slop}' for slop in range(1, 30)), "~"),
    ],
    ids=["fuzzy", "prefixes", "excluded", "phrases"],
)
def test_what_is_too_dear_is_refused_before_the_first_step(large, text, dearest):
    finder, engine = large
    window = Window(limit=200, facets=True, explain=True)
    with pytest.raises(TooDear) as refused:
        finder.find(Search(text), window)
    assert dearest in str(refused.value)
    assert refused.value.hint
    assert engine.calls == {}


def test_explaining_is_refused_where_finding_is_not(large):
    finder, engine = large
    text = " OR ".join(f"{word}~2" for word in FIVE[:8])
    with pytest.raises(TooDear, match="leave explain out"):
        finder.find(Search(text), Window(limit=200, explain=True))
    assert engine.calls == {}
    finder.find(Search(text), Window(limit=200))
    assert engine.calls["search"] >= 1


def test_scores_are_explained_for_the_first_papers_and_a_notice_says_so(large):
    finder, engine = large
    found = finder.find(Search("study"), Window(limit=50, explain=True))
    assert len(found.papers) > EXPLAINED
    assert len(found.scores) == EXPLAINED
    assert all(found.scores)
    assert engine.calls["scores"] == 1
    notes = {n.code: n.params for n in found.query.notices}
    assert notes["explained_first"] == {"papers": EXPLAINED}


def test_a_page_needs_no_such_notice(large):
    finder, _ = large
    found = finder.find(Search("study"), Window(limit=EXPLAINED, explain=True))
    assert "explained_first" not in [n.code for n in found.query.notices]


PIECES = st.sampled_from(
    [*"study* st* qu* study~2 photon~1 of the OR OR OR - ( )".split(), '"of the"~99 ']
)


@given(
    st.one_of(FRAGMENTS, st.lists(PIECES, max_size=60).map(" ".join)),
    st.sampled_from(list(Sort)),
    st.booleans(),
)
def test_any_query_is_refused_or_costs_no_more_than_the_limit(large_once, text, sort, more):
    finder, engine = large_once
    engine.calls.clear()
    window = Window(limit=200, facets=more, explain=more)
    with spending(Budget()) as budget:
        try:
            found = finder.find(Search(text, sort=sort), window)
            if more:
                _ = found.facets, found.scores
        except (TooDear, BadQuery):
            pass
        assert budget.spent_ms <= LIMIT_MS
    assert bool(budget.spent_ms) >= bool(engine.calls)


@pytest.fixture(scope="module")
def large_once(topical, topical_data):
    """The large finder, once for many examples."""
    return large.__wrapped__(topical, topical_data)


def test_the_steps_of_one_request_are_paid_together(large):
    finder, _ = large
    with spending(Budget()) as budget:
        finder.find(Search("study"), Window(limit=20))
        once = budget.spent_ms
        finder.find(Search("observed"), Window(limit=20))
    assert budget.spent_ms > once > 0


def test_a_client_that_is_gone_stops_work_between_steps(large):
    finder, engine = large
    budget = Budget(is_abandoned=lambda: engine.calls["search"] > 0)
    with spending(budget), pytest.raises(Abandoned):
        finder.find(Search("qubits teleportation"), Window(limit=20))
    assert engine.calls["search"] == 1


def test_a_request_out_of_time_takes_no_further_step(large):
    finder, engine = large
    with spending(Budget(seconds=-1)), pytest.raises(OutOfTime):
        finder.find(Search("study"), Window(limit=20))
    assert engine.calls == {}


def test_counts_in_another_thread_are_paid_from_the_same_budget(large):
    finder, _ = large
    with spending(Budget()) as budget:
        found = finder.find(Search("study"), Window(limit=20))
        before = budget.spent_ms
        assert found.facets.categories
        assert budget.spent_ms > before


def test_a_step_after_the_limit_is_refused_although_it_was_not_foreseen():
    budget = Budget()
    with spending(budget):
        budgets.pay(Cost(ms=LIMIT_MS - 1))
        with pytest.raises(TooDear):
            budgets.pay(Cost(ms=2))
    assert budget.spent_ms == LIMIT_MS - 1


def test_without_a_budget_a_step_beyond_the_limit_is_refused_all_the_same():
    budgets.pay(Cost(ms=LIMIT_MS))
    with pytest.raises(TooDear):
        budgets.pay(Cost(ms=LIMIT_MS + 1))


DEAR = Cost(ms=DEAR_MS + 1)
DEAR_MS_HALF = Cost(ms=DEAR_MS / 2 + 1)


def start_to_wait(gate, work):
    """Return a thread that waits at a gate."""
    waiting = threading.Thread(target=work)
    waiting.start()
    while not gate.waiting:
        pass
    return waiting


def test_a_dear_request_waits_until_another_has_ended():
    gate = Gate(at_once=1, waiting=1, wait_s=60)
    first, second = Budget(gate=gate), Budget(gate=gate)
    first.foresee(DEAR)
    waiting = start_to_wait(gate, partial(second.foresee, DEAR))
    assert waiting.is_alive()
    first.close()
    waiting.join(60)
    assert not waiting.is_alive()
    second.close()


def test_one_too_many_is_turned_away_at_once():
    gate = Gate(at_once=1, waiting=0)
    first = Budget(gate=gate)
    first.pay(DEAR)
    with pytest.raises(Crowded):
        Budget(gate=gate).pay(DEAR)
    first.close()
    Budget(gate=gate).pay(DEAR)


def test_a_wait_ends_in_time():
    gate = Gate(at_once=1, waiting=1, wait_s=0)
    Budget(gate=gate).foresee(DEAR)
    with pytest.raises(Crowded):
        Budget(gate=gate).foresee(DEAR)
    assert gate.waiting == 0


def test_who_is_gone_waits_no_longer():
    gate = Gate(at_once=1, waiting=1, wait_s=60)
    Budget(gate=gate).foresee(DEAR)
    with pytest.raises(Abandoned):
        Budget(gate=gate, is_abandoned=lambda: True).foresee(DEAR)
    assert gate.waiting == 0


def test_cheap_requests_pass_a_crowded_gate():
    gate = Gate(at_once=1, waiting=0)
    Budget(gate=gate).foresee(DEAR)
    cheap = Budget(gate=gate)
    cheap.foresee(Cost(ms=DEAR_MS / 2))
    cheap.pay(Cost(ms=DEAR_MS / 2))
    cheap.close()


def test_a_request_takes_one_place_however_many_dear_steps_it_has():
    gate = Gate(at_once=1, waiting=0)
    budget = Budget(gate=gate)
    for _ in range(3):
        budget.pay(DEAR)
    budget.close()
    budget.close()
    Budget(gate=gate).pay(DEAR)
    with pytest.raises(Crowded):
        Budget(gate=gate).pay(DEAR)


def test_a_part_of_a_long_answer_has_means_of_its_own_but_the_same_gate():
    gate, seen = Gate(at_once=1, waiting=0), []
    outer = Budget(gate=gate, is_abandoned=lambda: bool(seen))
    with spending(outer):
        budgets.pay(Cost(ms=LIMIT_MS))  # it is inside, and makes way for its parts
        for _ in range(3):  # together they cost more than one request may
            with spending_anew() as part:
                budgets.pay(Cost(ms=LIMIT_MS))
            assert part.spent_ms == LIMIT_MS
        other = Budget(gate=gate)
        other.foresee(DEAR)
        with spending_anew(), pytest.raises(Crowded):
            budgets.pay(DEAR)
        other.close()
        seen.append("gone")
        with spending_anew(), pytest.raises(Abandoned):
            budgets.pay(Cost(ms=1))
    with spending_anew() as alone:
        budgets.pay(Cost(ms=1))
    assert alone.spent_ms == 1


def test_many_papers_wait_for_a_place_and_are_never_too_dear(topical):
    gate = Gate(at_once=1, waiting=0)
    keys = list(range(1, topical.manifest.papers + 1))
    first, second, third = (Budget(gate=gate) for _ in range(3))
    with spending(first):
        for _ in range(2_000 // len(keys)):
            assert len(topical.catalog.by_keys(keys)) == len(keys)
        with spending(second):
            assert len(topical.catalog.by_keys(keys[:100])) == 100
        with spending(third):
            assert len(topical.catalog.by_keys(keys[:20])) == 20
            with pytest.raises(Crowded):
                topical.catalog.by_ids([f"2001.{number:05}" for number in range(200)])
    assert first.spent_ms == 0
    with spending(Budget(gate=gate)):
        assert topical.catalog.by_ids([f"2001.{number:05}" for number in range(200)]) == {}


def test_papers_and_steps_are_dear_together():
    gate = Gate(at_once=1, waiting=0)
    Budget(gate=gate).foresee(DEAR)
    for step in (Budget.pay, Budget.foresee):
        budget = Budget(gate=gate)
        budget.charge(DEAR_MS / 2)
        with pytest.raises(Crowded):
            step(budget, DEAR_MS_HALF)


def test_few_papers_are_read_whether_or_not_somebody_waits():
    budget = Budget(is_abandoned=lambda: True, seconds=-1)
    budget.charge(1)
    with pytest.raises(Abandoned):
        budget.charge(DEAR_MS)


def test_time_begins_with_the_first_step():
    budget = Budget(seconds=0.01)
    time.sleep(0.02)
    budget.check()
    time.sleep(0.02)
    with pytest.raises(OutOfTime):
        budget.check()


def test_to_close_waits_for_no_thread_that_waits():
    gate = Gate(at_once=1, waiting=1, wait_s=60)
    first, second = Budget(gate=gate), Budget(gate=gate)
    first.foresee(DEAR)
    waiting = start_to_wait(gate, partial(second.foresee, DEAR))
    second.close()
    assert gate.waiting == 1
    first.close()
    waiting.join()


def test_a_thread_that_is_left_over_takes_no_place():
    gate, refused = Gate(at_once=1, waiting=1, wait_s=60), []
    first = Budget(gate=gate)
    first.foresee(DEAR)

    def work(budget):
        try:
            budget.foresee(DEAR)
        except Abandoned as error:
            refused.append(error)

    with spending(Budget(gate=gate)) as second:
        waiting = start_to_wait(gate, partial(work, second))
    first.close()
    waiting.join()
    assert refused
    Budget(gate=gate).foresee(DEAR)


def test_who_waits_in_a_thread_and_who_comes_back_are_let_in_by_turns():
    gate, order = Gate(at_once=1, waiting=2, wait_s=60), []
    inside = gate.enter(lambda: None)
    patient = [gate.queue_up() for _ in range(2)]

    def wait():
        order.append(gate.enter(lambda: None))

    hasty = []
    for number in (1, 2):
        hasty.append(threading.Thread(target=wait))
        hasty[-1].start()
        while gate.waiting < number:
            pass
    gate.leave(inside)
    hasty[0].join()
    assert [place.is_set() for place in patient] == [False, False]
    gate.leave(order[0])
    assert [place.is_set() for place in patient] == [True, False]
    gate.leave(patient[0])
    hasty[1].join()
    gate.leave(order[1])
    assert patient[1].is_set()
    gate.leave(patient[1])
    assert gate.queue_up().is_set()


def test_a_place_that_is_given_back_twice_lets_one_in():
    gate = Gate(at_once=1, waiting=0)
    first = gate.queue_up()
    gate.leave(first)
    gate.leave(first)
    assert gate.queue_up().is_set()
    second = gate.queue_up()
    assert not second.is_set()
    gate.leave(second)


def test_papers_of_many_authors_are_dear_in_small_numbers():
    gate = Gate(at_once=1, waiting=0)
    with spending(Budget(gate=gate)):
        budgets.charge_papers(1, authors=100_000)
        with spending(Budget(gate=gate)), pytest.raises(Crowded):
            budgets.charge_papers(1, authors=100_000)

"""A budget: what one request may spend, until when, and whether anybody still waits.

A caller sets it for everything that it does next, threads included that take its context
along. Without one, a single step still may not cost more than LIMIT_MS.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import replace
from threading import Event, Lock

from index.errors import Abandoned, OutOfTime, TooDear
from index.search.cost.gate import Gate
from index.search.cost.price import AUTHOR_MS, CODE_MS, LIMIT_MS, ORIGIN_MS, PAPER_MS, Cost
from index.search.query.tree import Fuzzy, Leaf, Phrase, Prefix, Query

DEAR_MS = 100
"""The price from which on a request is dear: only so many of them work at once."""

TIME_S = 10.0
"""Seconds after which no further step is taken."""


class Budget:
    """The means of one request. Its steps may be taken in several threads.

    Its time begins when it is told to, or with the first step.
    """

    def __init__(
        self,
        *,
        gate: Gate | None = None,
        is_abandoned: Callable[[], bool] = lambda: False,
        seconds: float = TIME_S,
        place: Event | None = None,
    ) -> None:
        """Take where dear requests wait, and what tells that nobody waits any more.

        `place` is one in the gate that is held already.
        """
        self._gate = gate
        self._is_abandoned = is_abandoned
        self._seconds = seconds
        self._deadline: float | None = None
        self._lock, self._entering = Lock(), Lock()
        self._place = place
        self._is_over = False
        self.spent_ms = 0.0
        self._charged_ms = 0.0

    def begin(self) -> float:
        """Let time run, if it does not yet; return when it is over (time.monotonic)."""
        if self._deadline is None:
            self._deadline = time.monotonic() + self._seconds
        return self._deadline

    def check(self) -> None:
        """Go on, or not. Raises Abandoned, OutOfTime."""
        if self._is_abandoned():
            raise Abandoned("nobody waits for the answer")
        deadline = self.begin()
        if time.monotonic() > deadline:
            raise OutOfTime("the answer took too long; ask for less, or again in a moment")

    def foresee(self, cost: Cost) -> None:
        """Refuse what is too dear before its first step. Raises TooDear, Crowded."""
        if self.spent_ms + cost.ms > LIMIT_MS:
            raise _refuse(cost)
        if self._charged_ms + cost.ms > DEAR_MS:
            self._enter()

    def pay(self, cost: Cost) -> None:
        """Pay for a step before it is taken. Raises TooDear, Crowded, and as `check`."""
        self.check()
        with self._lock:
            if self.spent_ms + cost.ms > LIMIT_MS:
                raise _refuse(replace(cost, ms=self.spent_ms + cost.ms))
            self.spent_ms += cost.ms
        self._enter_if_dear()

    def charge(self, ms: float) -> None:
        """Count what papers take, which is never too dear: a long answer may wait.

        Raises Crowded, and as `check`; few papers are read for whoever asks.
        """
        with self._lock:
            self._charged_ms += ms
        self._enter_if_dear()

    def renew(self, place: Event | None = None) -> "Budget":
        """Return a whole budget of the same client, which this one makes way for."""
        self.close()
        return Budget(gate=self._gate, is_abandoned=self._is_abandoned, place=place)

    @contextmanager
    def queueing(self) -> Iterator[Event]:
        """Make way; yield a place in the queue of the gate, set once work may begin."""
        self.close()
        if self._gate is None:
            place = Event()
            place.set()
            yield place
            return
        place = self._gate.queue_up()
        try:
            yield place
        finally:
            self._gate.leave(place)

    def close(self) -> None:
        """Let the next dear request work, if this was one. Waits for nobody."""
        with self._lock:
            place, self._place = self._place, None
        if place and self._gate:
            self._gate.leave(place)

    def end(self) -> None:
        """Close, and let no thread that is left over take a place again."""
        with self._lock:
            self._is_over = True
        self.close()

    def _enter_if_dear(self) -> None:
        if self.spent_ms + self._charged_ms > DEAR_MS:
            self._enter()

    def _enter(self) -> None:
        self.check()
        with self._entering:
            if self._gate is None or self._place:
                return
            if not self._is_over:
                place = self._gate.enter(self.check)
                if self._take(place):
                    return
                self._gate.leave(place)
            raise Abandoned("the answer has been sent")

    def _take(self, place: Event) -> bool:
        with self._lock:
            self._place = None if self._is_over else place
            return self._place is not None


_current: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def spending(budget: Budget) -> Iterator[Budget]:
    """Let all steps that are taken meanwhile be paid from a budget; then close it."""
    token = _current.set(budget)
    try:
        yield budget
    finally:
        _current.reset(token)
        budget.end()


def spending_anew(place: Event | None = None) -> AbstractContextManager[Budget]:
    """Return the means for a part of a long answer: the gate and the client stay.

    `place` is one that the part has queued up for.
    """
    budget = _current.get()
    return spending(budget.renew(place) if budget else Budget())


def queueing() -> AbstractContextManager[Event]:
    """Yield a place for a part of a long answer, set once its work may begin."""
    return (_current.get() or Budget()).queueing()


def pay(cost: Cost) -> None:
    """Pay for a step from the budget there is. Raises as Budget.pay."""
    if budget := _current.get():
        budget.pay(cost)
    elif cost.ms > LIMIT_MS:
        raise _refuse(cost)


def charge_papers(
    papers: int = 0, authors: int = 0, *, origins: int = 0, codes: int = 0
) -> None:
    """Charge the budget there is for papers that are read. Raises as Budget.charge.

    `origins` counts those of which authors and categories are read alone, `codes` those
    of which categories are.
    """
    if budget := _current.get():
        ms = PAPER_MS * papers + AUTHOR_MS * authors
        budget.charge(ms + ORIGIN_MS * origins + CODE_MS * codes)


def foresee(cost: Cost) -> None:
    """Refuse steps that are too dear together. Raises as Budget.foresee."""
    if budget := _current.get():
        budget.foresee(cost)
    elif cost.ms > LIMIT_MS:
        raise _refuse(cost)


def _refuse(cost: Cost) -> TooDear:
    """Return the refusal of a query, with the part of it that costs the most."""
    times = cost.ms / LIMIT_MS
    message = f"this costs at least {times:.1f} times what one request may cost"
    dearest = cost.dearest
    if dearest:
        leaf = Query(tree=dearest).understood
        message += f", most of all {leaf if len(leaf) <= _SHOWN else f'{leaf[:_SHOWN]}…'}"
    return TooDear(message, hint=cost.advice or _advise(dearest))


_SHOWN = 60  # characters of a leaf


def _advise(leaf: Leaf | None) -> str:
    """Return what to write instead of a leaf that is dear."""
    match leaf:
        case Prefix():
            return "write fewer words with *, or more letters before it"
        case Fuzzy():
            return "write fewer words with ~"
        case Phrase():
            return "write shorter phrases, of rarer words"
        case _:
            return "write fewer words, or rarer ones"

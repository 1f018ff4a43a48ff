"""A timed engine: it tells how long each of its steps took, and is else as the other."""

import time
from collections.abc import Callable
from typing import Any, cast

from index.search.engine import Engine

StepWatch = Callable[[str, float], None]
"""Called with the name of a step and its seconds, in the thread that took it."""

STEPS = frozenset(
    "search by_time more_like_this matching scored facets counts_by_day scores".split()
)
"""The methods that are timed: those that go through postings. Others take no time."""


def time_steps(engine: Engine, watch: StepWatch) -> Engine:
    """Return an engine whose steps are watched."""
    return cast(Engine, _Timed(engine, watch))


class _Timed:
    def __init__(self, engine: Engine, watch: StepWatch) -> None:
        self._engine = engine
        self._watch = watch

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._engine, name)
        if name in STEPS:
            attribute = _time(name, attribute, self._watch)
        setattr(self, name, attribute)  # asked for once
        return attribute


def _time(name: str, step: Callable[..., Any], watch: StepWatch) -> Callable[..., Any]:
    """Return a step that is watched. It does not hold the engine, which will hold it."""

    def timed(*args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter()
        try:
            return step(*args, **kwargs)
        finally:
            watch(name, time.perf_counter() - start)

    return timed

"""The papers of a list in parts, each small enough that others hardly wait for it.

A part is found when the one before has been sent, and paid from means of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from app.web.params import MAX_EXPORTED
from index import Abandoned, Crowded, Found, Library, Paper, Search, Window, spending_anew

PART = 200
"""Papers that are found and written at once."""

T = TypeVar("T")

_TRIES = 10  # before the file is cut off, for the gate is full


def follow_search(
    library: Library, search: Search, first: Found, size: int
) -> Iterator[Sequence[Paper]]:
    """Yield a result's papers, from the first part on, which is found already."""
    yield first.papers[:size]
    sent, cursor = len(first.papers), first.cursor
    while cursor and sent < size:
        window = Window(limit=PART, cursor=cursor)
        found = _wait(partial(library.finder.find, search, window))
        if found is None or not found.papers:
            return
        yield found.papers[: size - sent]
        sent, cursor = sent + len(found.papers), found.cursor


def _wait(step: Callable[[], T]) -> T | None:
    """Take a step, waiting for the gate for longer than a request; None for nobody."""
    for _ in range(_TRIES - 1):
        try:
            with spending_anew():
                return step()
        except Crowded:
            continue
        except Abandoned:
            return None
    with spending_anew():
        return step()


def read_papers(library: Library, keys: Sequence[int]) -> Iterator[Sequence[Paper]]:
    """Yield the papers with some keys, in order."""
    for start in range(0, len(keys), PART):
        papers = _wait(partial(library.catalog.by_keys, keys[start : start + PART]))
        if papers is None:
            return
        yield papers


def split(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    """Yield papers in parts."""
    for start in range(0, len(papers), PART):
        yield papers[start : start + PART]


def cut(total: int) -> int:
    """Return how many of a list's papers one file has."""
    return min(total, MAX_EXPORTED)

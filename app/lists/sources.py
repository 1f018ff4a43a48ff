"""The papers of a list in parts, found as they are sent."""

from collections.abc import Iterator, Sequence
from functools import partial

from app.exports.parts import PART
from app.web.params import MAX_EXPORTED
from app.web.responses import wait_for
from index import Found, Library, Paper, Search, Window


def follow_search(
    library: Library, search: Search, first: Found, size: int
) -> Iterator[Sequence[Paper]]:
    """Yield a result's papers, from the first part on, which is found already.

    A part may be empty: then others are served first.
    """
    yield first.papers[:size]
    sent, cursor = len(first.papers), first.cursor
    while cursor and sent < size:
        window = Window(limit=PART, cursor=cursor)
        found = yield from wait_for(partial(library.finder.find, search, window), ())
        if found is None or not found.papers:
            return
        yield found.papers[: size - sent]
        sent, cursor = sent + len(found.papers), found.cursor


def split(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    """Yield papers in parts."""
    for start in range(0, len(papers), PART):
        yield papers[start : start + PART]


def cut(total: int) -> int:
    """Return how many of a list's papers one file has."""
    return min(total, MAX_EXPORTED)

"""The papers of a search in parts, found as they are sent."""

from collections.abc import Iterator
from functools import partial

from app.exports.parts import PART, Source, Write
from app.web.params import MAX_EXPORTED
from app.web.responses import wait_for
from index import Found, Library, Search, Window


def follow_search(library: Library, search: Search, first: Found, size: int) -> Source:
    """Return the source of a result's papers; those of the first part are found already."""

    def find(write: Write, sent: int, cursor: str) -> tuple[Found, bytes]:
        found = library.finder.find(search, Window(limit=PART, cursor=cursor))
        return found, write(found.papers[: size - sent], sent + 1)

    def follow(write: Write) -> Iterator[bytes]:
        yield write(first.papers[:size], 1)
        sent, cursor = len(first.papers), first.cursor
        while cursor and sent < size:
            step = yield from wait_for(partial(find, write, sent, cursor))
            if step is None or not step[0].papers:
                return
            found, part = step
            yield part
            sent, cursor = sent + len(found.papers), found.cursor

    return follow


def cut(total: int) -> int:
    """Return how many of a list's papers one file has."""
    return min(total, MAX_EXPORTED)

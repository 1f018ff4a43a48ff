"""The papers of a file in parts, each small enough that others hardly wait for it.

A part is read when the one before has been sent, and paid from means of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from app.exports.formats import Format, export
from app.web.responses import wait_for
from index import Library, Paper

PART = 200
"""Papers that are found and written at once."""


def read_papers(library: Library, keys: Sequence[int]) -> Iterator[Sequence[Paper]]:
    """Return the papers with some keys in parts, of which the first is read at once.

    A part may be empty: then others are served first. Raises Crowded for the first.
    """
    first = library.catalog.by_keys(keys[:PART])
    return chain([first], _read_rest(library, keys[PART:]))


def _read_rest(library: Library, keys: Sequence[int]) -> Iterator[Sequence[Paper]]:
    for start in range(0, len(keys), PART):
        step = partial(library.catalog.by_keys, keys[start : start + PART])
        papers = yield from wait_for(step, ())
        if papers is None:
            return
        yield papers


def export_parts(parts: Iterable[Sequence[Paper]], wanted: Format) -> Iterator[bytes]:
    """Yield the papers of all parts as one file, a part at a time."""
    if wanted is Format.CSL:
        yield b"[\n"
        yield from join(_write_objects(part) for part in parts)
        yield b"\n]\n"
    elif wanted is Format.MARKDOWN:
        yield from _number(parts)
    else:
        for part in parts:
            yield export(part, wanted).encode()


def join(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield parts of a JSON array with commas between; empty ones as they are."""
    is_first = True
    for part in parts:
        if part and not is_first:
            yield b",\n" + part
        else:
            yield part
        is_first = is_first and not part


def _write_objects(part: Sequence[Paper]) -> bytes:
    return export(part, Format.CSL).strip()[1:-1].strip("\n").encode()


def _number(parts: Iterable[Sequence[Paper]]) -> Iterator[bytes]:
    """Yield items of a list in Markdown, numbered on from part to part."""
    number = 1
    for part in parts:
        lines = export(part, Format.MARKDOWN).splitlines(keepends=True)
        yield "".join(
            f"{number + at}.{line.partition('.')[2]}" for at, line in enumerate(lines)
        ).encode()
        number += len(lines)

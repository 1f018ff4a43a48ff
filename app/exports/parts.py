"""Files of many papers in parts, each small enough that others hardly wait for it.

A part is read and written when the one before has been sent, and paid from means of its
own; all but the first queue up for a place among dear requests.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from fastapi import Response

from app.exports.formats import Form
from app.web.responses import stream, wait_for
from index import Library, Paper

PART = 200
"""Papers that are found and written at once."""

Write: TypeAlias = Callable[[Sequence[Paper], int], bytes]

Source: TypeAlias = Callable[[Write], Iterator[bytes]]
"""What finds papers and yields them as they are written, a part at a time.

An empty part stands for a pause, in which others are served.
"""


def find_keys(library: Library, ids: Sequence[str]) -> dict[str, int]:
    """Return the keys of papers by canonical id, in their order, without unknown ones."""
    known = library.catalog.keys(ids)
    return {paper_id: known[paper_id] for paper_id in ids if paper_id in known}


def read_papers(library: Library, keys: Sequence[int]) -> Source:
    """Return the source of the papers with some keys."""

    def read(write: Write, start: int) -> bytes:
        papers = library.catalog.by_keys(keys[start : start + PART])
        return write(papers, start + 1)

    def follow(write: Write) -> Iterator[bytes]:
        yield read(write, 0)
        for start in range(PART, len(keys), PART):
            part = yield from wait_for(partial(read, write, start))
            if part is None:
                return
            yield part

    return follow


def answer_with_file(
    source: Source, size: int, form: Form, media: str, headers: Mapping[str, str]
) -> Response:
    """Return a file of so many papers, of which the first part is made at once.

    Raises what finding and writing that part does.
    """
    parts = _join(source(form.write), form)
    if size > PART:
        return stream(parts, media, headers)
    made: list[bytes] = []
    for part in parts:
        if not part:  # a pause, which is for streams
            return stream(parts, media, headers, made)
        made.append(part)
    return Response(b"".join(made), media_type=media, headers=dict(headers))


def _join(parts: Iterable[bytes], form: Form) -> Generator[bytes, None, None]:
    """Yield parts with what stands around and between them; pauses as they are."""
    before, is_begun = form.head, False
    for part in parts:
        if part:
            yield before + part
            before, is_begun = form.between, True
        else:
            yield part
    if rest := form.tail if is_begun else form.head + form.tail:
        yield rest

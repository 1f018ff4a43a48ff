"""The JSON routes of changes: what came, changed or went, in stretches or as lines."""

import time
from collections.abc import Generator, Iterator
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.cards.fields import parse_fields
from app.cards.shape import PartialShape, shape_paper
from app.changes.params import (
    MAX_CHANGES,
    MAX_LINES,
    MAX_WITH_PAPERS,
    ChangesParams,
    Format,
    NewParams,
)
from app.changes.since import read_kinds, read_since
from app.web.deps import LibraryDep
from app.web.errors import BadParameter
from app.web.params import DescribedRoute, Params
from app.web.responses import (
    BAD,
    EVERYWHERE,
    SAME,
    answer,
    answer_unchanged,
    stream,
    wait_for,
)
from index import Kind, Library, Search, Stretch, spending_anew

router = APIRouter(
    prefix="/api", tags=["changes"], responses=EVERYWHERE, route_class=DescribedRoute
)

MOST_NEW = 500
"""Ids of new papers in one answer; the total is of all."""

_LOOKED_AT = 20_000
"""Changes among which papers that are new are looked for: those of some two weeks."""

_SLICE = 500  # changes read and written at a time
_LINES = "application/jsonl"
_GONE = {**BAD, "description": "What changed since then is not known any more"}


class ChangeShape(BaseModel):
    """A change of a paper."""

    id: str = Field(examples=["2403.00009"])
    kind: Kind = Field(
        description="How it changed; where in several ways, the first of these: deleted, "
        "new, withdrawn, version (a new one), cross (listed in one more category), changed."
    )
    build: str = Field(description="The snapshot with which the change came.")
    paper: PartialShape | None = Field(
        default=None, description="With `fields`: the paper now; null where it is gone."
    )


class ChangesMeta(BaseModel):
    """How far the answer leads."""

    took_ms: float
    snapshot: str
    first: str | None = Field(
        description="The snapshot behind which all changes are known; null without any."
    )
    cursor: str | None = Field(description="What to send as `since` the next time.")
    is_end: bool = Field(description="Whether nothing follows at present.")


class ChangesAnswer(BaseModel):
    """Some changes, the oldest first."""

    data: list[ChangeShape]
    meta: ChangesMeta


class NewAnswer(BaseModel):
    """The papers that are new since a mark and match a search."""

    total: int
    data: list[str] = Field(description="Ids, the last to come first; at most 500.")
    meta: ChangesMeta


@router.get(
    "/changes",
    operation_id="listChanges",
    responses={
        200: {"model": ChangesAnswer, "content": {_LINES: {}}},
        304: SAME,
        400: BAD,
        410: _GONE,
    },
    response_class=Response,
)
def changes(
    request: Request, asked: Params[ChangesParams], library: LibraryDep
) -> Response:
    """Tell which papers came, changed or went since a mark or a day, the oldest first."""
    fields = parse_fields(asked.fields) if asked.fields is not None else ()
    kinds = read_kinds(asked.kind)
    limit = _read_limit(asked)
    start = time.perf_counter()
    stretch = library.history.read(
        read_since(library, asked.since),
        min(limit, _SLICE) if asked.format is Format.LINES else limit,
    )
    if asked.format is Format.LINES:
        lines = _write_lines(library, stretch, limit, kinds, fields)
        return stream(lines, _LINES, {"Cache-Control": "no-cache"})
    if same := answer_unchanged(request, library):
        return same
    data = list(_shape_changes(library, stretch, kinds, fields))
    return answer(
        request, library, {"data": data, "meta": _make_meta(library, stretch, start)}
    )


@router.get(
    "/changes/new",
    operation_id="findNewPapers",
    responses={200: {"model": NewAnswer}, 304: SAME, 400: BAD, 410: _GONE},
    response_class=Response,
)
def find_new(request: Request, asked: Params[NewParams], library: LibraryDep) -> Response:
    """Find papers that are new since a mark or a day and have all words of a search.

    Looks at 20,000 changes at most; `meta.is_end` says whether these were all.
    """
    if not (asked.q or asked.filters):
        raise BadParameter(
            "there is nothing to search for", param="q", hint="give q, or a filter"
        )
    start = time.perf_counter()
    stretch = library.history.read(read_since(library, asked.since), _LOOKED_AT)
    if same := answer_unchanged(request, library):
        return same
    came = [one.paper_id for one in stretch.changes if one.kind is Kind.NEW]
    query = Search(asked.q or "", filters=asked.filters).understand()
    found = library.finder.find_among(query, came[::-1])
    return answer(
        request,
        library,
        {
            "total": len(found),
            "data": found[:MOST_NEW],
            "meta": _make_meta(library, stretch, start),
        },
    )


def _read_limit(asked: ChangesParams) -> int:
    """Return how many changes are wanted. Raises BadParameter for too many."""
    if asked.format is Format.LINES:
        most = MAX_LINES if asked.fields is None else MAX_LINES // 10
    else:
        most = MAX_CHANGES if asked.fields is None else MAX_WITH_PAPERS
    if asked.limit is not None and asked.limit > most:
        raise BadParameter(
            f"limit: {asked.limit:,} changes are too many",
            param="limit",
            hint=f"ask for at most {most:,} so, and go on from the cursor",
        )
    return asked.limit or most


def _make_meta(library: Library, stretch: Stretch, start: float) -> dict[str, Any]:
    return {
        "took_ms": round((time.perf_counter() - start) * 1_000, 3),
        "snapshot": library.manifest.name,
        "first": library.history.first_build,
        "cursor": str(stretch.mark) if stretch.mark else None,
        "is_end": stretch.is_end,
    }


def _shape_changes(
    library: Library, stretch: Stretch, kinds: frozenset[Kind], fields: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    """Yield the changes of these kinds, with those fields of their papers."""
    wanted = [
        (change, build)
        for change, build in zip(stretch.changes, stretch.builds, strict=True)
        if change.kind in kinds
    ]
    ids = [change.paper_id for change, _ in wanted] if fields else []
    papers = library.catalog.by_ids(ids) if ids else {}
    for change, build in wanted:
        shape: dict[str, Any] = {"id": change.paper_id, "kind": change.kind, "build": build}
        if fields:
            paper = papers.get(change.paper_id)
            shape["paper"] = shape_paper(paper, fields) if paper else None
        yield shape


def _write_lines(
    library: Library,
    stretch: Stretch,
    limit: int,
    kinds: frozenset[Kind],
    fields: tuple[str, ...],
) -> Generator[bytes, None, None]:
    """Yield changes a line each, slice by slice, and at last where to go on.

    Each slice ends with its cursor, so that a cut connection costs one slice.
    """

    def shape(stretch: Stretch) -> list[dict[str, Any]]:
        return list(_shape_changes(library, stretch, kinds, fields))

    def read() -> tuple[Stretch, list[dict[str, Any]]]:
        after = library.history.read(stretch.mark, min(limit, _SLICE))
        return after, shape(after)

    shapes = shape(stretch)
    while True:
        limit -= len(stretch.changes)
        mark = str(stretch.mark) if stretch.mark else None
        lines = [*shapes, {"cursor": mark, "is_end": stretch.is_end}]
        yield b"".join(orjson.dumps(line) + b"\n" for line in lines)
        if stretch.is_end or not limit:
            return
        if fields:  # papers are dear
            found = yield from wait_for(read)
        else:
            with spending_anew():
                found = read()
        if found is None:
            return
        stretch, shapes = found

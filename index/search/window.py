"""A window: which part of a result is wanted, and how far offsets reach."""

from dataclasses import dataclass

from index.errors import BadQuery

MAX_OFFSET = 10_000
"""Papers of a result that offsets reach; beyond it a cursor goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """At most `limit` papers from an offset on, or those that a cursor leads to.

    A cursor comes with the part before; it has its own offset. `facets` and `explain`
    tell that the whole result will be counted, and that scores will be explained.
    """

    limit: int
    offset: int = 0
    cursor: str | None = None
    facets: bool = False
    explain: bool = False


def cut_to_reach(limit: int, offset: int) -> int:
    """Return how many papers from an offset on there may be. Raises BadQuery."""
    if offset >= MAX_OFFSET:
        raise BadQuery(
            f"offset is {offset:,}; offsets reach the first {MAX_OFFSET:,} papers of a "
            "result; go on with the cursor that each page has in meta.next_cursor",
            param="offset",
        )
    return min(limit, MAX_OFFSET - offset)


def next_offset(end: int, total: int) -> int | None:
    """Return where a result goes on behind its first `end` papers, if offsets do."""
    return end if end < min(total, MAX_OFFSET) else None

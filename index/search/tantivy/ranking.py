"""A ranked part of a result, cut so that the parts of one result always fit together.

tantivy keeps the earlier on disk of equal scores, and a list must show the newest first.
Where a part begins or ends between equal scores, all papers of that score are looked
at, so that every part agrees on their order. Of more than MOST_EQUAL papers with one
score the order on disk stays: within a segment it is the newest first as well.
What each field adds to a score is read from tantivy's explanation of it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import tantivy

from index.search.tantivy.schema import DAY, FIELDS

MOST_EQUAL = 200
"""Papers of one score that are put in order, the newest first."""

_FIELD_NUMBER = re.compile(r"field=(\d+)")

Hits = Sequence[tuple[Any, tantivy.DocAddress]]
"""Scores, or what else hits are in the order of, with the places of documents."""


def take_ranked(
    searcher: tantivy.Searcher, compiled: tantivy.Query, limit: int, offset: int
) -> tuple[int, tuple[int, ...]]:
    """Return how many papers match, and the keys of those at a place, best first.

    The newest come first among equal scores. At least one hit is looked at.
    """
    before, behind = min(offset, 1), 1
    total, hits = _search(searcher, compiled, limit + before + behind, offset - before)
    if _is_cut(hits, before) or _is_cut(hits, before + limit):
        before = min(offset, MOST_EQUAL + 1)
        wanted = before + limit + MOST_EQUAL + 1
        total, hits = _search(searcher, compiled, wanted, offset - before)
    found = list(_in_order(searcher, hits))
    return total, tuple(order % DAY for order in found[before : before + limit])


def sum_by_field(explained: dict[str, Any]) -> dict[str, float]:
    """Return the sums of an explanation's parts by field; `score` is their total."""
    sums: dict[str, float] = {"score": explained["value"]}
    for part in _parts(explained):
        name = _field_of(part) or "match"
        if part["value"]:
            sums[name] = sums.get(name, 0.0) + part["value"]
    return {name: round(value, 4) for name, value in sums.items()}


def read_keys(searcher: tantivy.Searcher, hits: Hits) -> tuple[int, ...]:
    """Return the keys of hits, in their order."""
    return tuple(order % DAY for order in _read_orders(searcher, hits))


def _read_orders(searcher: tantivy.Searcher, hits: Hits) -> list[int]:
    """Return `order`, which holds the day and the key, of each hit."""
    addresses = [address for _, address in hits]
    found = searcher.fast_field_values("order", addresses) if addresses else ()
    return [int(order) for order in found if order is not None]


def _search(
    searcher: tantivy.Searcher, compiled: tantivy.Query, limit: int, offset: int
) -> tuple[int, Hits]:
    found = searcher.search(compiled, limit, offset=offset)
    return found.count, found.hits  # type: ignore[attr-defined]  # the stub leaves it out


def _is_cut(hits: Hits, place: int) -> bool:
    """Tell whether equal scores stand on both sides of a place."""
    return 0 < place < len(hits) and hits[place - 1][0] == hits[place][0]


def _in_order(searcher: tantivy.Searcher, hits: Hits) -> Iterator[int]:
    """Yield the `order` of each hit, of few with one score the greatest first."""
    orders = _read_orders(searcher, hits)
    scored = zip((score for score, _ in hits), orders, strict=True)
    for _, group in groupby(scored, key=lambda pair: pair[0]):
        equal = [order for _, order in group]
        yield from sorted(equal, reverse=True) if len(equal) <= MOST_EQUAL else equal


def _parts(explained: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if explained["description"].startswith("BooleanClause"):
        for part in explained.get("details", ()):
            yield from _parts(part)
    else:
        yield explained


def _field_of(part: dict[str, Any]) -> str | None:
    """Return the field that a part names, itself or in what it is made of."""
    for context in part.get("context", ()):
        if found := _FIELD_NUMBER.search(context):
            return FIELDS[int(found[1])]
    return next(filter(None, map(_field_of, part.get("details", ()))), None)

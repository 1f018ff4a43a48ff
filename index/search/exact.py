"""Exact searches: just what a query asks for, any part of it, in one of three orders.

Nothing is corrected, given up or found by meaning, and no part of a result is out of
reach: the total counts what all its parts have together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.errors import BadQuery
from index.papers.paper import Paper
from index.papers.records import Records
from index.search.engine import Engine, Hits, Moment
from index.search.query.tree import Phrase, Query, walk_leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The order of a result: by when papers came, without a moment best first.

    `backward` is the other way round: the oldest or the worst first.
    """

    moment: Moment | None = None
    backward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A part of a result, in order; `total` is of all of it."""

    total: int
    papers: tuple[Paper, ...]


class ExactFinder:
    """Finds what matches a query and nothing else. Safe to share between threads."""

    def __init__(self, engine: Engine, records: Records) -> None:
        """Take what answers; each step of the engine is paid for."""
        self._engine = engine
        self._records = records

    def find(self, query: Query, order: Order, *, limit: int, start: int = 0) -> Slice:
        """Return `limit` papers from `start` on.

        Raises BadQuery where the engine cannot look for a phrase, and as Budget.pay does.
        """
        hits = self._search(query, order, limit, start)
        _refuse_inexact(query, hits)
        papers = tuple(self._records.by_keys(hits.keys)) if limit else ()
        return Slice(total=hits.total, papers=papers)

    def narrow(self, query: Query, ids: Sequence[str]) -> frozenset[str]:
        """Return those of some canonical ids whose papers match. Raises as `find`."""
        _refuse_inexact(query, self._engine.search(query, limit=1))
        keys = self._records.keys(ids)
        matching = self._engine.matching(query, list(keys.values()))
        return frozenset(known for known, key in keys.items() if key in matching)

    def _search(self, query: Query, order: Order, limit: int, start: int) -> Hits:
        if order.moment:
            return self._engine.by_time(
                query,
                order.moment,
                limit=limit,
                offset=start,
                oldest_first=order.backward,
            )
        if not order.backward:
            return self._engine.search(query, limit=limit, offset=start)
        total = self._engine.search(query, limit=1).total
        end = max(0, total - start)
        first = max(0, end - limit)
        hits = self._engine.search(query, limit=end - first, offset=first)
        return Hits(total=total, keys=hits.keys[::-1], notices=hits.notices)


def _refuse_inexact(query: Query, hits: Hits) -> None:
    """Refuse a phrase whose words are so common that they were not looked for as one."""
    phrases = {leaf.text for leaf in walk_leaves(query.tree) if isinstance(leaf, Phrase)}
    for notice in hits.notices:
        if (text := notice.params.get("phrase")) in phrases:
            raise BadQuery(
                f'the words of "{str(text)[:80]}" are too common to be looked for as a '
                "phrase; join them by AND"
            )

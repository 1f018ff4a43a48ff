"""Arrivals: the papers of a listing that came with the last builds, whatever their days.

arXiv announces on a morning what was submitted up to the noon before, so that a day's
papers come with two harvests, and some come much later.
"""

from index.bounded_cache import remember
from index.papers.records import Records
from index.search.engine import Engine
from index.search.listings.expression import Expression
from index.search.query.tree import Query
from index.snapshots.history.change import Kind, read_day
from index.snapshots.history.history import History

MOST_AT_ONCE = 20_000
"""Changes of a build; one with more catches up with months, and announces nothing."""

_BUILDS = 10  # that are looked at, from the last one back
_REMEMBERED = 512


class Arrivals:
    """Finds what came last. Safe to share between threads."""

    def __init__(self, history: History, records: Records, engine: Engine) -> None:
        """Take the history of a snapshot, and what knows its papers."""
        self._history = history
        self._records = records
        self._engine = engine
        self._known = remember(_REMEMBERED, self._find)

    def find(
        self, expression: Expression, kinds: frozenset[Kind], days: int
    ) -> tuple[int, ...]:
        """Return the keys of the papers of a listing that have changed in some ways.

        Those of the builds of the last `days` days on which there were any, the last
        first. Nothing without a history. Raises BrokenSnapshot.
        """
        return self._known(expression, kinds, days)

    def _find(
        self, expression: Expression, kinds: frozenset[Kind], days: int
    ) -> tuple[int, ...]:
        found: dict[int, None] = {}
        seen = set()
        for build, changes in self._history.list_latest(_BUILDS, MOST_AT_ONCE):
            ids = [change.paper_id for change in changes if change.kind in kinds]
            keys = list(self._records.keys(ids).values())
            if not keys:
                continue
            listed = self._engine.matching(Query(filters=expression.nodes()), keys)
            if not listed:
                continue
            seen.add(read_day(build))
            if len(seen) > days:
                break
            found.update(dict.fromkeys(sorted(listed, reverse=True)))
        return tuple(found)

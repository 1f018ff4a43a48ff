"""An attempt to match a query: its current step, and the steps taken so far."""

from dataclasses import dataclass, field, replace

from index.search.engine import Engine, Hits, Sort
from index.search.matching.match import Match, Step
from index.search.query.tree import Notice, Query


@dataclass(slots=True)
class Attempt:
    """One query on its way down the steps, and the part of its papers that is wanted.

    The query changes on the way: it is corrected, and gets notices.
    """

    engine: Engine
    query: Query
    limit: int
    offset: int
    sort: Sort
    steps: list[Step] = field(default_factory=list)

    def search(self, step: str, query: Query) -> Hits:
        """Search for the part that is wanted, and keep an account of it."""
        hits = self.engine.search(
            query, limit=self.limit, offset=self.offset, sort=self.sort
        )
        return self.account(step, query, hits)

    def account(self, step: str, query: Query, hits: Hits) -> Hits:
        """Keep an account of a step; return what it found."""
        self.steps.append(
            Step(name=step, query=query, total=hits.total, words=hits.telling)
        )
        known = self.query.notices
        self.query = self.query.noting(*(n for n in hits.notices if n not in known))
        return hits

    def count_unnarrowed(self, query: Query, total: int) -> int:
        """Return how many match without the filters: narrowing is no reason to widen."""
        if not query.filters:
            return total
        return self.engine.search(replace(query, filters=()), limit=1).total

    def note_relaxed(self, found: int) -> None:
        """Say that papers have less than all words, but for the first `found`."""
        params: dict[str, str | int] = {
            "found": found,
            "of": len(self.query.words),
            "words": ", ".join(self.steps[-1].words),
        }
        self.query = self.query.noting(Notice(code="relaxed", params=params))

    def match(self, hits: Hits, counted: Query | None = None) -> Match:
        """Return the match of one step; `counted` is its query, if that asks for less."""
        return Match(
            query=self.query,
            counted=counted or self.query,
            total=hits.total,
            keys=hits.keys,
            leading=0 if counted else hits.total,
            steps=tuple(self.steps),
        )

"""A metered engine: another engine, each step of which is paid before it is taken."""

from collections.abc import Mapping, Sequence
from datetime import date

from index.search.cost.budget import pay
from index.search.cost.price import Cost, Prices
from index.search.engine import Engine, Facets, Hits, Moment, Place, Scored, Sort
from index.search.query.tree import Query

LIKE_THIS = Cost(ms=20)
"""The price of more_like_this, which reads as many words whatever the text."""


class MeteredEngine:
    """Fulfils Engine with another one. Every method raises as Budget.pay does."""

    def __init__(self, engine: Engine, prices: Prices) -> None:
        """Take what answers, and what that costs."""
        self._engine = engine
        self._prices = prices

    def search(  # noqa: PLR0913  as Engine has it
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = Sort.RELEVANCE,
        without: Sequence[int] = (),
        behind: Place | None = None,
    ) -> Hits:
        """Return hits in order. See Engine.search."""
        pay(self._prices.of_search(query, sort, limit + offset))
        return self._engine.search(
            query, limit=limit, offset=offset, sort=sort, without=without, behind=behind
        )

    def by_time(
        self,
        query: Query,
        moment: Moment,
        *,
        limit: int,
        offset: int = 0,
        oldest_first: bool = False,
    ) -> Hits:
        """Return hits by when their papers came. See Engine.by_time."""
        pay(self._prices.of_search(query, Sort.NEWEST, limit + offset))
        return self._engine.by_time(
            query, moment, limit=limit, offset=offset, oldest_first=oldest_first
        )

    def more_like_this(self, text: str, *, words: int, limit: int) -> Scored:
        """Return the papers with the most telling words. See Engine.more_like_this."""
        pay(LIKE_THIS)
        return self._engine.more_like_this(text, words=words, limit=limit)

    def titled(self, titles: Sequence[str], *, limit: int) -> tuple[int, ...]:
        """Return papers that have one of some titles, which is cheap."""
        return self._engine.titled(titles, limit=limit)

    def matching(self, query: Query, keys: Sequence[int]) -> frozenset[int]:
        """Return those of the keys whose papers match a query."""
        pay(self._prices.of_search(query, Sort.NEWEST))
        return self._engine.matching(query, keys)

    def withdrawn(self, keys: Sequence[int]) -> frozenset[int]:
        """Return those of the keys whose papers are withdrawn."""
        return self._engine.withdrawn(keys)

    def scored(self, query: Query, *, limit: int) -> Scored:
        """Return what matches a query with its scores, best first."""
        pay(self._prices.of_search(query))
        return self._engine.scored(query, limit=limit)

    def facets(self, query: Query) -> Facets:
        """Return the counts of everything that a query matches."""
        pay(self._prices.of_counts(query))
        return self._engine.facets(query)

    def counts_by_day(self, query: Query) -> Mapping[date, int]:
        """Return how many papers each day has that a query matches, in order."""
        pay(self._prices.of_counts(query))
        return self._engine.counts_by_day(query)

    def scores(self, query: Query, keys: Sequence[int]) -> Sequence[Mapping[str, float]]:
        """Return what each field added to each paper's score. See Engine.scores."""
        pay(self._prices.of_scores(query, len(keys)))
        return self._engine.scores(query, keys)

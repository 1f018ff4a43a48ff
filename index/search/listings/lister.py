"""The lister: papers of some days in some categories, for readers who skim."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from index.bounded_cache import remember
from index.papers.records import Records
from index.search.engine import LAST_KEY, Engine, Place, Sort
from index.search.listings.expression import Expression
from index.search.listings.selection import Selection
from index.search.listings.span import Span
from index.search.query.tree import AnyOf, Days, Field, Node, Query, Term

MAX_LISTING = 200_000
"""Of one listing, that are ranked: several times arXiv's busiest month."""

_REMEMBERED = 4_096
_DAYS = 32  # whose primary categories are kept: at most some 10 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The keys of some of a listing's papers, in order, and how many it has in all."""

    total: int
    keys: tuple[int, ...]


class Nearness(Protocol):
    """Knows how near papers are to others; what finds related papers fulfils it."""

    def nearness(self, ids: Sequence[str], keys: Sequence[int]) -> Mapping[int, float]:
        """Return the cosine of each of the keys' papers with the mean of those with ids.

        Empty where there are no vectors, or none of the ids is known.
        """
        ...


class Lister:
    """Lists papers by category and day. Safe to share between threads."""

    def __init__(self, engine: Engine, records: Records, nearness: Nearness) -> None:
        """Take what answers."""
        self._engine = engine
        self._records = records
        self._nearness = nearness
        self._counted = lru_cache(_REMEMBERED)(engine.counts_by_day)
        self._known_days = remember(_DAYS, self._read_primaries)
        self._known_revised = remember(_DAYS, self._list_revised)
        self._nearest = remember(_REMEMBERED, self._find_nearest)

    def list_by_day(
        self,
        selection: Selection,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = Sort.NEWEST,
    ) -> Listing:
        """Return papers by day, the last to come in first, or against that."""
        query = Query(filters=selection.filters)
        hits = self._engine.search(query, limit=limit, offset=offset, sort=sort)
        return Listing(total=hits.total, keys=hits.keys)

    def list_keys(self, selection: Selection) -> tuple[int, ...]:
        """Return the keys of a whole listing, the newest first, at most MAX_LISTING."""
        query = Query(filters=selection.filters)
        return self._engine.search(query, limit=MAX_LISTING, sort=Sort.NEWEST).keys

    def read_primaries(self, selection: Selection) -> Mapping[int, str]:
        """Return the primary category of each of a listing's papers, the oldest first.

        Reads each paper's record: bounded by MAX_LISTING, and quick for a day.
        """
        is_whole_day = selection.span.is_day and not selection.include + selection.exclude
        return (self._known_days if is_whole_day else self._read_primaries)(selection)

    def _read_primaries(self, selection: Selection) -> Mapping[int, str]:
        return self.read_codes(self.list_keys(selection)[::-1])

    def read_codes(self, keys: Sequence[int]) -> Mapping[int, str]:
        """Return the primary category of each paper, in order."""
        primaries = self._records.primaries(keys) if keys else {}
        return {key: primaries[key] for key in keys if key in primaries}

    @property
    def knows_revisions(self) -> bool:
        """True if papers can be listed by the day of their last version."""
        return self._records.knows_revisions

    def list_revised(self, selection: Selection) -> tuple[int, ...]:
        """Return the papers whose last version came on some days, as they were taken in.

        Papers that are new on that day are left out. At most MAX_LISTING are looked at.
        """
        return self._known_revised(replace(selection, revised=True))

    def _list_revised(self, selection: Selection) -> tuple[int, ...]:
        span = selection.span
        keys = self._records.find_revised(span.first, span.last, MAX_LISTING)
        if not keys:
            return ()
        wanted = self._engine.matching(Query(filters=selection.filters), keys)
        return tuple(key for key in keys if key in wanted)

    def list_behind(
        self, selection: Selection, last: tuple[date, str], *, limit: int, sort: Sort
    ) -> Listing:
        """Return what follows a paper of some day and id in a listing by day.

        Where that paper is gone its day begins again: nothing is lost.
        """
        day, paper_id = last
        before_all = 0 if sort is Sort.OLDEST else LAST_KEY
        key = self._records.keys([paper_id]).get(paper_id, before_all)
        hits = self._engine.search(
            Query(filters=selection.filters),
            limit=limit,
            sort=sort,
            behind=Place(day=day, key=key),
        )
        return Listing(total=hits.total, keys=hits.keys)

    def rate(
        self,
        selection: Selection,
        keys: Sequence[int],
        keywords: Sequence[str],
        liked: Sequence[str] = (),
    ) -> dict[int, float]:
        """Return how much a listing's papers are to a reader's liking, 0 to 1 a kind.

        Words count by BM25, as a share of the best paper's; beside them the cosine with
        the mean of the papers that are liked, where there are vectors.
        """
        worth: dict[int, float] = {}
        if tree := _preferred(keywords):
            found = self._engine.scored(
                Query(tree=tree, filters=selection.filters), limit=MAX_LISTING
            )
            best = max(found.scores, default=0.0) or 1.0
            worth = {
                key: score / best
                for key, score in zip(found.keys, found.scores, strict=True)
            }
        for key, cosine in self._nearness.nearness(liked, keys).items() if liked else ():
            worth[key] = worth.get(key, 0.0) + max(0.0, cosine)
        return worth

    def count_days(self, expression: Expression, span: Span) -> Mapping[date, int]:
        """Return how many papers each day has; days without any are left out."""
        return self._counted(Query(filters=(*expression.nodes(), span.days)))

    def find_latest_day(self, expression: Expression) -> date | None:
        """Return the last day that has a paper."""
        return self.find_day_before(expression, date.max)

    def find_day_before(self, expression: Expression, day: date) -> date | None:
        """Return the last day before one that has a paper."""
        if day == date.min:
            return None
        return self._nearest(expression, day - timedelta(days=1), Sort.NEWEST)

    def find_day_after(self, expression: Expression, day: date) -> date | None:
        """Return the first day after one that has a paper."""
        if day == date.max:
            return None
        return self._nearest(expression, day + timedelta(days=1), Sort.OLDEST)

    def _find_nearest(self, expression: Expression, day: date, sort: Sort) -> date | None:
        """Return the nearest day with a paper on one side of a day, itself included."""
        side = Days(None, day) if sort is Sort.NEWEST else Days(day, None)
        query = Query(filters=(*expression.nodes(), side))
        papers = self._records.by_keys(self._engine.search(query, limit=1, sort=sort).keys)
        return papers[0].submitted if papers else None


def rank(
    keys: Sequence[int], worth: Mapping[int, float], *, limit: int, offset: int = 0
) -> Listing:
    """Return papers by worth, the greatest first; those without any as they were."""
    order = sorted(keys, key=lambda key: -worth.get(key, 0.0))
    return Listing(total=len(keys), keys=tuple(order[offset : offset + limit]))


def _preferred(keywords: Sequence[str]) -> Node | None:
    """Return a tree of the words of keywords: the more of them, the better."""
    words = dict.fromkeys(
        word for keyword in keywords for word in re.findall(r"\w+", keyword.lower())
    )
    terms = tuple(Term(Field.ANY, word) for word in words)
    if not terms:
        return None
    return terms[0] if len(terms) == 1 else AnyOf(terms)

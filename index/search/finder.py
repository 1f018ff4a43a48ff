"""What a reader's query finds: the papers of one page, and how it was understood."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from index.errors import BadQuery
from index.papers.paper import Paper
from index.search.engine import Engine, Hits, Sort
from index.search.query import parse
from index.search.tree import Notice, Query

MAX_OFFSET = 10_000
"""Papers of a result that can be paged to; a page ends there at the latest."""


class Records(Protocol):
    """Where papers are read from; the catalog fulfils it."""

    def by_keys(self, keys: Sequence[int]) -> list[Paper]:
        """Return the papers with those keys, in their order."""
        ...

    def by_ids(self, ids: Sequence[str]) -> Mapping[str, Paper]:
        """Return those of the papers with canonical ids that there are, by id."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of the papers that a query found, from `offset`; `total` is exact."""

    query: Query
    total: int
    offset: int
    papers: tuple[Paper, ...]
    took_ms: float

    @property
    def next(self) -> int | None:
        """The offset of the page after this one, or None where there is none."""
        end = self.offset + len(self.papers)
        return end if self.papers and end < min(self.total, MAX_OFFSET) else None


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds papers for text. Safe to share between threads."""

    engine: Engine
    records: Records

    def find(
        self,
        text: str,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = Sort.RELEVANCE,
    ) -> Page:
        """Return the papers from `offset` on for a query in the query language.

        If no paper has all the words, those with most of them, then any, are found,
        and the notice `relaxed` says so. Raises BadQuery if the text is too long or
        the page lies beyond MAX_OFFSET.
        """
        start = time.perf_counter()
        if offset >= MAX_OFFSET:
            raise BadQuery(
                f"offset is {offset:,}; only the first {MAX_OFFSET:,} papers of a result "
                "can be paged to; narrow the query",
                param="offset",
            )
        limit = min(limit, MAX_OFFSET - offset)
        query = parse(text)
        if query.ids:
            query, total, papers = self._by_ids(query, offset, limit)
        else:
            query, hits = self._search(query, limit, offset, sort)
            total, papers = hits.total, self.records.by_keys(hits.keys)
        return Page(
            query=query,
            total=total,
            offset=offset,
            papers=tuple(papers),
            took_ms=round((time.perf_counter() - start) * 1_000, 3),
        )

    def _search(
        self, query: Query, limit: int, offset: int, sort: Sort
    ) -> tuple[Query, Hits]:
        hits = self.engine.search(query, limit=limit, offset=offset, sort=sort)
        if hits.total:
            return query, hits
        for weaker in query.relaxations():
            found = self.engine.search(weaker, limit=limit, offset=offset, sort=sort)
            if found.total:
                return weaker, found
        return query, hits

    def _by_ids(
        self, query: Query, offset: int, limit: int
    ) -> tuple[Query, int, list[Paper]]:
        """Return just the papers named, in that order, and say which are not here."""
        ids = list(dict.fromkeys(known.id for known in query.ids))
        found = self.records.by_ids(ids)
        missing = tuple(
            Notice(code="unknown_id", params={"id": paper_id})
            for paper_id in ids
            if paper_id not in found
        )
        papers = [found[paper_id] for paper_id in ids if paper_id in found]
        query = replace(query, notices=(*query.notices, *missing))
        return query, len(papers), papers[offset : offset + limit]

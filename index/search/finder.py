"""What a reader's query finds: the papers of one page, and how it was understood."""

import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Event

from index.errors import BadQuery
from index.papers.paper import Paper
from index.search.cursor import Cursor
from index.search.engine import Engine, Facets, Place, Sort
from index.search.filters import Filters
from index.search.highlight import Highlighter
from index.search.matching import Match, Matcher, Records, Step
from index.search.query import parse
from index.search.spelling import Speller
from index.search.tree import AnyOf, Field, Notice, Query, Term

MAX_OFFSET = 10_000
"""Papers of a result that offsets reach; beyond it a cursor goes on."""

_REMEMBERED = 1_024
_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of the papers that a query found, from `offset`; `total` is exact.

    `query` is what was understood, corrections included, with what there is to say
    about it. `cursor` leads to what comes after the page, None where nothing does.
    """

    query: Query
    match: Match | None
    total: int
    offset: int
    papers: tuple[Paper, ...]
    took_ms: float
    cursor: str | None = None

    @property
    def next(self) -> int | None:
        """The offset of the page after this one, or None where offsets end."""
        end = self.offset + len(self.papers)
        return end if self.papers and end < min(self.total, MAX_OFFSET) else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was tried, in order."""
        return self.match.steps if self.match else ()


class Finder:
    """Finds papers for text. Safe to share between threads."""

    def __init__(
        self, engine: Engine, records: Records, speller: Speller, snapshot: str
    ) -> None:
        """Take what answers, and the name of the snapshot that cursors belong to."""
        self._engine = engine
        self._records = records
        self.matcher = Matcher(engine, records, speller)
        self._snapshot = snapshot
        self._match = lru_cache(_REMEMBERED)(self.matcher.match)
        self._counts = lru_cache(_REMEMBERED)(engine.facets)
        self._counters = ThreadPoolExecutor(thread_name_prefix="facets")

    def find(  # noqa: PLR0913  each is another thing to ask
        self,
        text: str,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = Sort.RELEVANCE,
        filters: Filters = _NO_FILTERS,
        cursor: str | None = None,
    ) -> Page:
        """Return the papers from `offset` on for a query in the query language.

        Where a page of papers does not have all the words, those with less follow, and
        the notice `relaxed` says so (index/search/matching.py). With a cursor, the
        papers follow the page that it came with. Raises BadQuery if the text is too
        long, a filter cannot be read, the page lies beyond MAX_OFFSET, or the cursor
        is of another search or snapshot.
        """
        start = time.perf_counter()
        query = understand(text, filters)
        search = (query.tree, query.ids, query.title, query.filters, sort.value)
        after = Cursor.read(cursor, self._snapshot, search) if cursor else None
        limit = limit if after else _within_reach(limit, offset)
        offset = after.offset if after else offset
        if query.ids:
            query, total, papers = self._by_ids(query, offset, limit)
            match, keys = None, tuple[int, ...]()
        else:
            match = self._matched(query, limit, offset, sort, after)
            total, keys = match.total, match.keys
            papers = self._records.by_keys(keys)
            query = match.query.noting(*query.notices)
        end = offset + len(papers)
        place = (
            Place(papers[-1].submitted, keys[-1]) if keys and _by_day(query, sort) else None
        )
        following = Cursor(offset=end, place=place) if papers and end < total else None
        return Page(
            query=query,
            match=match,
            total=total,
            offset=offset,
            papers=tuple(papers),
            took_ms=round((time.perf_counter() - start) * 1_000, 3),
            cursor=following.write(self._snapshot, search) if following else None,
        )

    def facets(self, page: Page) -> Facets:
        """Return the counts of all papers of a page's result, by category and year."""
        if page.match is None:
            return Facets()
        return self._counts(replace(page.match.counted, notices=()))

    def counting(self, page: Page) -> Future[Facets]:
        """Begin to count a page's result, while the caller has other things to do.

        It returns when the engine is at it: only then the interpreter is free.
        """
        begun = Event()

        def count() -> Facets:
            begun.set()
            return self.facets(page)

        counted = self._counters.submit(count)
        begun.wait()
        return counted

    def highlighter(self, page: Page) -> Highlighter:
        """Return what marks the words of a page's query."""
        return Highlighter(page.query, self._engine.stems)

    def scores(self, page: Page) -> list[Mapping[str, float]]:
        """Return what each field added to the score of each paper of a page."""
        match = page.match
        if match is None:
            return [{} for _ in page.papers]
        return [
            self._engine.scores(
                match.query if page.offset + at < match.leading else match.counted, key
            )
            for at, key in enumerate(match.keys)
        ]

    def _matched(
        self, query: Query, limit: int, offset: int, sort: Sort, after: Cursor | None
    ) -> Match:
        """Return what matches, remembered: a snapshot does not change."""
        query = replace(query, notices=())
        if after is None or after.place is None:
            return self._match(query, limit, offset, sort)
        found = self._match(query, limit, 0, sort)
        return self.matcher.behind(found, limit, after.place, sort)

    def _by_ids(
        self, query: Query, offset: int, limit: int
    ) -> tuple[Query, int, list[Paper]]:
        """Return just the papers named, in that order, and say which are not here."""
        ids = list(dict.fromkeys(known.id for known in query.ids))
        found = self._records.by_ids(ids)
        missing = (
            Notice(code="unknown_id", params={"id": paper_id})
            for paper_id in ids
            if paper_id not in found
        )
        papers = [found[paper_id] for paper_id in ids if paper_id in found]
        return query.noting(*missing), len(papers), papers[offset : offset + limit]


def understand(text: str, filters: Filters = _NO_FILTERS) -> Query:
    """Return the query of a text within filters. Raises BadQuery."""
    query = parse(text) if text.strip() or not filters else Query()
    if not filters:
        return query
    nodes = filters.nodes()
    if query.ids:  # as terms, so that the filters count
        terms = tuple(Term(Field.ID, known.id) for known in query.ids)
        tree = terms[0] if len(terms) == 1 else AnyOf(tuple(dict.fromkeys(terms)))
        query = replace(query, ids=(), tree=tree)
    return replace(query, filters=nodes)


def _by_day(query: Query, sort: Sort) -> bool:
    return sort is not Sort.RELEVANCE or not query.is_ranked


def _within_reach(limit: int, offset: int) -> int:
    if offset >= MAX_OFFSET:
        raise BadQuery(
            f"offset is {offset:,}; offsets reach the first {MAX_OFFSET:,} papers of a "
            "result; go on with the cursor that each page has in meta.next_cursor",
            param="offset",
        )
    return min(limit, MAX_OFFSET - offset)

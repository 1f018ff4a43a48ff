"""What a reader's query finds: the papers of one page, and how it was understood."""

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from threading import Event

from index.errors import BadQuery, NoVectors
from index.papers.paper import Paper
from index.search.cursor import Cursor
from index.search.engine import Engine, Facets, Place, Sort
from index.search.highlight import Highlighter
from index.search.match import Match
from index.search.matching import Matcher, Records
from index.search.meaning import WINDOW, Blend, Meaning, Mode
from index.search.page import Page, within_reach
from index.search.query.filters import Filters
from index.search.query.tree import Notice, Query
from index.search.spelling import Speller
from index.search.understand import (
    NO_FILTERS,
    asked_for,
    has_meaning,
    is_meant,
    said,
    understand,
)

_REMEMBERED = 1_024


class Finder:
    """Finds papers for text. Safe to share between threads."""

    def __init__(
        self,
        engine: Engine,
        records: Records,
        speller: Speller,
        snapshot: str,
        meaning: Meaning | None = None,
    ) -> None:
        """Take what answers, and the name of the snapshot that cursors belong to.

        Without `meaning` there is nothing but words to search by.
        """
        self.meaning = meaning
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
        filters: Filters = NO_FILTERS,
        cursor: str | None = None,
        mode: Mode | None = None,
    ) -> Page:
        """Return the papers from `offset` on for a query in the query language.

        Where a page of papers does not have all the words, those with less follow, and
        the notice `relaxed` says so (index/search/matching.py); without a mode, meaning
        has a part just then. With a cursor, the papers follow the page that it came with.
        Raises BadQuery if the text is too long, a filter cannot be read, the page lies
        beyond MAX_OFFSET, or the cursor is of another search or snapshot; NoVectors for
        Mode.SEMANTIC without any.
        """
        start = time.perf_counter()
        query = understand(text, filters)
        wanted = mode or Mode.HYBRID
        search = (*asked_for(query), sort.value, mode)
        after = self._follow(cursor, search, query, sort) if cursor else None
        limit = limit if after else within_reach(limit, offset)
        offset = after.offset if after else offset
        match, blend = None, None
        if query.ids:
            query, total, papers = self._by_ids(query, offset, limit)
            keys = tuple[int, ...]()
        elif wanted is Mode.SEMANTIC:
            blend = self._nearest(text, query, limit, offset, sort)
            total, keys = blend.total, blend.keys
            query = query.noting(Notice(code="nearest", params={"papers": total}))
        elif self.meaning and self._is_blended(query, mode, sort, limit, offset):
            match, blend = self._blended(self.meaning, text, query, limit, offset)
            total, keys = blend.total, blend.keys
            query = match.query.noting(*query.notices, *_added(blend))
        else:
            match = self._matched(query, limit, offset, sort, after)
            total, keys = match.total, match.keys
            query = match.query.noting(*query.notices)
            if mode is Mode.HYBRID and self.meaning is None:
                query = query.noting(Notice(code="no_vectors"))
        if not query.ids:
            papers = self._records.by_keys(keys)
        end = offset + len(papers)
        place = (
            Place(papers[-1].submitted, keys[-1]) if keys and _by_day(query, sort) else None
        )
        following = Cursor(offset=end, place=place) if papers and end < total else None
        return Page(
            keys=keys,
            mode=wanted if blend else Mode.LEXICAL,
            similarities=blend.similarities if blend else (),
            added=blend.added if blend else frozenset(),
            query=query,
            match=match,
            total=total,
            offset=offset,
            papers=tuple(papers),
            took_ms=round((time.perf_counter() - start) * 1_000, 3),
            cursor=following.write(self._snapshot, search) if following else None,
        )

    def _follow(
        self, token: str, search: tuple[object, ...], query: Query, sort: Sort
    ) -> Cursor:
        """Read a cursor, which must name a paper of its day where a search is by day.

        Raises BadQuery.
        """
        papers = self._engine.count()
        cursor = Cursor.read(token, self._snapshot, search, papers)
        if place := cursor.place:
            last = self._records.by_keys([place.key])
            days = [paper.submitted for paper in last]
            if days != [place.day] or not _by_day(query, sort):
                raise BadQuery(
                    "the cursor leads to no paper; begin again without one",
                    param="cursor",
                )
        return cursor

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
        """Return what each field added to the score of each paper of a page.

        Where it was compared, the cosine with the query is there as `meaning`.
        """
        return [
            self._scores(page, at, key)
            | ({"meaning": near} if (near := page.similarity(at)) is not None else {})
            for at, key in enumerate(page.keys)
        ] or [{} for _ in page.papers]

    def _scores(self, page: Page, at: int, key: int) -> dict[str, float]:
        match = page.match
        if match is None:
            return {}
        is_leading = page.mode is Mode.LEXICAL and page.offset + at < match.leading
        query = match.query if is_leading else match.counted
        return dict(self._engine.scores(query, key))

    def _is_blended(
        self, query: Query, mode: Mode | None, sort: Sort, limit: int, offset: int
    ) -> bool:
        """Tell whether meaning has a part in a result.

        Where nothing is said, only if few papers have all the words, for those that a
        reader knows by its words would else lose their place (docs/decisions/meaning.md),
        and if any has some of them: what no paper speaks of has no meaning here.
        """
        if sort is not Sort.RELEVANCE or not has_meaning(query):
            return False
        if mode is not None:
            return mode is Mode.HYBRID
        match = self._matched(query, limit, offset, sort, None)
        return match.is_relaxed and match.total > 0

    def _blended(
        self, meaning: Meaning, text: str, query: Query, limit: int, offset: int
    ) -> tuple[Match, Blend]:
        """Return what matches by words, and a page of it ranked with its meaning."""
        match = self._matched(query, WINDOW, 0, Sort.RELEVANCE, None)
        first = self._records.by_keys(match.keys[:1])
        known = sum(is_meant(paper, query) for paper in first)
        if match.is_relaxed:
            known += match.leading
        read, counted = (replace(q, notices=()) for q in (match.query, match.counted))
        bare = replace(match, query=read, counted=counted, steps=())
        spoken = said(text, query, match.query)
        return match, meaning.blend(spoken, bare, known, limit, offset)

    def _nearest(
        self, text: str, query: Query, limit: int, offset: int, sort: Sort
    ) -> Blend:
        """Return a page of the nearest papers. Raises NoVectors, BadQuery."""
        if self.meaning is None:
            raise NoVectors(
                "this library has no vectors to search by meaning; ask with mode=lexical, "
                "or run `winnow rebuild DUMP --encoder auto`"
            )
        if sort is not Sort.RELEVANCE:
            raise BadQuery(
                "a search by meaning has one order, the nearest first; leave sort out, or "
                "ask with mode=hybrid",
                param="sort",
            )
        if not query.words:
            raise BadQuery("a search by meaning needs plain words; give some")
        spoken = said(text, query, query)
        return self.meaning.nearest(spoken, replace(query, notices=()), limit, offset)

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


def _added(blend: Blend) -> Iterator[Notice]:
    if blend.added:
        yield Notice(code="added", params={"papers": len(blend.added)})


def _by_day(query: Query, sort: Sort) -> bool:
    return sort is not Sort.RELEVANCE or not query.is_ranked

"""Which papers match a query: those with all of it, else ever more of those with less.

    all        every part of the query
    corrected  the same, words that no paper has replaced by what was probably meant
    telling    at least one of the words that tell most (tree.Loose), best first
    any        at least one of the words

The next step is taken while there is not a page of papers. Papers of an earlier step
come before those of a later one, and a paper whose title is nearly the query first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from rapidfuzz import fuzz

from index.papers.paper import Paper
from index.search.engine import Engine, Hits, Place, Sort
from index.search.match import Match, Step
from index.search.query.tree import Notice, Query
from index.search.spelling import Speller, correct_query, verbatim
from index.search.terms.title import title_key

ENOUGH = 20
"""Papers that are a page: with fewer, words are given up."""

WIDE = 300
"""Papers that the telling words must leave to choose from."""

NEAR = 90
"""From this likeness on, in percent, a title is the one that was meant.

The likeness is rapidfuzz's normalized indel similarity of title keys."""

SHORTEST_TITLE = 10  # characters of a query that can be a title with a slip in it


class Records(Protocol):
    """Where papers are read from; the catalog fulfils it."""

    def by_keys(self, keys: Sequence[int]) -> list[Paper]:
        """Return the papers with those keys, in their order."""
        ...

    def by_ids(self, ids: Sequence[str]) -> Mapping[str, Paper]:
        """Return those of the papers with canonical ids that there are, by id."""
        ...


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds what matches. Safe to share between threads."""

    engine: Engine
    records: Records
    speller: Speller

    def match(self, query: Query, limit: int, offset: int, sort: Sort) -> Match:
        """Return the keys from `offset` on of everything that matches a query."""
        return _Attempt(self, query, limit, offset, sort).run()

    def behind(self, found: Match, limit: int, place: Place, sort: Sort) -> Match:
        """Return the keys behind a place of what was found by day."""
        hits = self.engine.search(found.counted, limit=limit, sort=sort, behind=place)
        return replace(found, keys=hits.keys)


@dataclass(slots=True)
class _Attempt:
    """One query on its way down the steps."""

    parts: Matcher
    query: Query
    limit: int
    offset: int
    sort: Sort
    steps: list[Step] = field(default_factory=list)

    def run(self) -> Match:
        hits = self._search("all", self.query)
        if hits.total >= ENOUGH or self.query.tree is None:
            return self._all_of(hits)
        hits, loose = self._corrected(hits), self.query.loosened()
        is_by_day = self.sort is not Sort.RELEVANCE
        if hits.total >= ENOUGH or loose is None or (is_by_day and hits.total):
            return self._all_of(hits)
        if hits.total and self._unnarrowed(self.query, hits.total) >= ENOUGH:
            return self._all_of(hits)
        if is_by_day:
            hits = self._search("telling", loose)
            self._note_relaxed(0)
            return self._all_of(hits, loose)
        return self._loosened(hits, loose)

    def _unnarrowed(self, query: Query, total: int) -> int:
        """Return how many match without the filters: narrowing is no reason to widen."""
        if not query.filters:
            return total
        return self.parts.engine.search(replace(query, filters=()), limit=1).total

    def _search(self, step: str, query: Query) -> Hits:
        """Search for the page that is asked for, and keep an account of it."""
        hits = self.parts.engine.search(
            query, limit=self.limit, offset=self.offset, sort=self.sort
        )
        return self._account(step, query, hits)

    def _account(self, step: str, query: Query, hits: Hits) -> Hits:
        self.steps.append(
            Step(name=step, query=query, total=hits.total, words=hits.telling)
        )
        known = self.query.notices
        self.query = self.query.noting(*(n for n in hits.notices if n not in known))
        return hits

    def _all_of(self, hits: Hits, counted: Query | None = None) -> Match:
        return Match(
            query=self.query,
            counted=counted or self.query,
            total=hits.total,
            keys=hits.keys,
            leading=0 if counted else hits.total,
            steps=tuple(self.steps),
        )

    def _corrected(self, hits: Hits) -> Hits:
        """Replace unknown words where nothing is found; else say what may be meant."""
        engine = self.parts.engine
        corrected = correct_query(self.query, self.parts.speller, engine.frequency)
        if corrected is None:
            return hits
        query, pairs = corrected
        if hits.total:
            notice = Notice(code="did_you_mean", params={"query": query.understood})
            self.query = self.query.noting(notice)
            return hits
        params: dict[str, str | int] = {
            "from": ", ".join(wrong for wrong, _ in pairs),
            "to": ", ".join(right for _, right in pairs),
            "query": verbatim(self.query),
        }
        self.query = query.noting(Notice(code="corrected", params=params))
        return self._search("corrected", self.query)

    def _loosened(self, hits: Hits, loose: Query) -> Match:
        """Return the papers of the step before, then those with less, best first."""
        lead = hits.keys
        if len(lead) < hits.total:
            lead = self.parts.engine.search(self.query, limit=ENOUGH).keys
        best = self._account("telling", loose, self._others(loose, lead))
        any_word = self.query.loosened(any_word=True)
        if any_word and self._unnarrowed(loose, len(lead) + best.total) < WIDE:
            loose = any_word
            best = self._account("any", loose, self._others(loose, lead))
        total = len(lead) + best.total
        if best.total:
            self._note_relaxed(len(lead))
        lead = self._near_title_first(lead, best.keys[:ENOUGH])
        return Match(
            query=self.query,
            counted=replace(loose, title=self.query.title),
            total=total,
            keys=self._page(loose, lead, best.keys),
            leading=hits.total,
            steps=tuple(self.steps),
        )

    def _others(self, loose: Query, lead: tuple[int, ...]) -> Hits:
        """Return the best of the papers that are not in the lead, at least ENOUGH."""
        wanted = ENOUGH if self.offset else max(self.limit - len(lead), ENOUGH)
        return self._behind(loose, lead, wanted)

    def _behind(self, loose: Query, lead: tuple[int, ...], wanted: int) -> Hits:
        """Return so many of the best papers that are not in the lead.

        To leave papers out makes tantivy look at every paper, so that is done only
        where they are not all among the best.
        """
        engine = self.parts.engine
        hits = engine.search(loose, limit=wanted + len(lead))
        if not set(lead).issubset(hits.keys):
            return engine.search(loose, limit=wanted, without=lead)
        keys = tuple(key for key in hits.keys if key not in lead)
        return replace(hits, keys=keys[:wanted], total=hits.total - len(lead))

    def _page(
        self, loose: Query, lead: tuple[int, ...], best: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Return the keys from the offset on of the lead and then all others.

        Of equal scores the engine cuts off the later ones on disk, but lists the newest
        first: a list is never cut again, or the next page would not begin where this
        one ends.
        """
        keys = lead[self.offset : self.offset + self.limit]
        wanted = self.limit - len(keys)
        if wanted <= 0:
            return keys
        if self.offset:
            start = max(0, self.offset - len(lead))
            engine = self.parts.engine
            rest = engine.search(loose, limit=wanted, offset=start, without=lead).keys
        else:
            rest = tuple(key for key in best if key not in lead)
        if len(rest) > wanted:
            rest = self._behind(loose, lead, wanted).keys
        return keys + rest

    def _note_relaxed(self, found: int) -> None:
        params: dict[str, str | int] = {
            "found": found,
            "of": len(self.query.words),
            "words": ", ".join(self.steps[-1].words),
        }
        self.query = self.query.noting(Notice(code="relaxed", params=params))

    def _near_title_first(
        self, lead: tuple[int, ...], others: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Put the paper first, if there is one, whose title is nearly the query."""
        if len(self.query.title) < SHORTEST_TITLE:
            return lead
        for keys in (lead, others):
            if keys and (key := self._nearest_title(keys)):
                return (key, *(other for other in lead if other != key))
        return lead

    def _nearest_title(self, keys: tuple[int, ...]) -> int | None:
        titles = [title_key(paper.title) for paper in self.parts.records.by_keys(keys)]
        likeness = [fuzz.ratio(title, self.query.title) for title in titles]
        best = max(likeness, default=0)
        return keys[likeness.index(best)] if best >= NEAR else None

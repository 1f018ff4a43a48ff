"""The matcher: finds the papers that match a query, relaxed step by step if too few do.

    all        every part of the query
    corrected  the same, words that no paper has replaced by what was probably meant
    telling    at least one of the words that tell most (tree.Loose), best first
    any        at least one of the words

The next step is taken while there is not a page of papers. Papers of an earlier step
come before those of a later one, and a paper whose title is nearly the query first.
"""

from dataclasses import dataclass, replace

from index.papers.records import Records
from index.search.engine import Engine, Hits, Place, Sort, Vocabulary
from index.search.matching.attempt import Attempt
from index.search.matching.match import Match
from index.search.matching.noise import is_noise
from index.search.matching.relaxation import ENOUGH, relax
from index.search.query.tree import Field, Notice, Query, Term
from index.search.spelling.correction import correct_query, print_verbatim
from index.search.spelling.speller import Speller


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds what matches. Safe to share between threads."""

    engine: Engine
    vocabulary: Vocabulary
    records: Records
    speller: Speller

    def match(
        self, query: Query, limit: int, offset: int, sort: Sort, depth: int | None = None
    ) -> Match:
        """Return the keys from `offset` on of everything that matches a query.

        With a depth, a match that is relaxed has its first `depth` keys instead: it is
        ranked again as a whole, and that takes the first of it whatever part is wanted.
        """
        query = self._choose_title(query)
        attempt = Attempt(self.engine, query, limit, offset, sort)
        hits = attempt.search("all", query)
        if hits.total >= ENOUGH or query.tree is None or is_noise(query):
            return attempt.match(hits)
        hits = self._correct(attempt, hits)
        loose = attempt.query.loosened()
        if hits.total >= ENOUGH or loose is None:
            return attempt.match(hits)
        if sort is not Sort.RELEVANCE:
            return _match_by_day(attempt, hits, loose)
        if hits.total and attempt.count_unnarrowed(attempt.query, hits.total) >= ENOUGH:
            return attempt.match(hits)
        if depth is not None:
            attempt.limit, attempt.offset = depth, 0
        return relax(attempt, self.records, hits, loose)

    def _choose_title(self, query: Query) -> Query:
        """Return a query with the first of its titles that a paper has, if any."""
        if query.titles and not self._is_title(query.title):
            known = next(filter(self._is_title, query.titles), query.title)
            return replace(query, title=known, titles=())
        return replace(query, titles=()) if query.titles else query

    def _is_title(self, title: str) -> bool:
        asked = Query(tree=Term(Field.ID, ""), title=title)
        return bool(title) and self.engine.search(asked, limit=1).total > 0

    def match_behind(self, found: Match, limit: int, place: Place, sort: Sort) -> Match:
        """Return the keys behind a place of what was found by day."""
        hits = self.engine.search(found.counted, limit=limit, sort=sort, behind=place)
        return replace(found, keys=hits.keys)

    def _correct(self, attempt: Attempt, hits: Hits) -> Hits:
        """Replace unknown words where nothing is found; else say what may be meant."""
        query = attempt.query
        corrected = correct_query(query, self.speller, self.vocabulary.frequency)
        if corrected is None:
            return hits
        right, pairs = corrected
        if hits.total:
            notice = Notice(code="did_you_mean", params={"query": right.understood})
            attempt.query = query.noting(notice)
            return hits
        params: dict[str, str | int] = {
            "from": ", ".join(wrong for wrong, _ in pairs),
            "to": ", ".join(meant for _, meant in pairs),
            "query": print_verbatim(query),
        }
        attempt.query = right.noting(Notice(code="corrected", params=params))
        return attempt.search("corrected", attempt.query)


def _match_by_day(attempt: Attempt, hits: Hits, loose: Query) -> Match:
    """Return a list by day: it is relaxed only where nothing is found."""
    if hits.total:
        return attempt.match(hits)
    hits = attempt.search("telling", loose)
    if hits.total:
        attempt.note_relaxed(0)
    return attempt.match(hits, loose)

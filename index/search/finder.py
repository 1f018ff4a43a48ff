"""The finder: runs a search and returns one page of its result."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.errors import BadQuery
from index.papers.paper import Paper
from index.papers.records import Records
from index.search.cost.budget import foresee
from index.search.cost.price import EXPLAINED, Cost, Prices
from index.search.cursor import Cursor
from index.search.details import Details
from index.search.engine import Counts, Engine, Place, Vocabulary
from index.search.found import Found
from index.search.matching.matcher import Matcher
from index.search.meaning import Meaning, Mode
from index.search.query.tree import Notice, Query
from index.search.search import Search
from index.search.spelling.speller import Speller
from index.search.strategies.answer import Answer
from index.search.strategies.ids import find_ids
from index.search.strategies.nearest import find_nearest
from index.search.strategies.question import Question, is_by_day
from index.search.strategies.words import WordSearch
from index.search.window import Window, cut_to_reach


class Finder:
    """Finds papers for searches. Safe to share between threads."""

    def __init__(  # noqa: PLR0913  each is another part that answers
        self,
        *,
        engine: Engine,
        vocabulary: Vocabulary,
        counts: Counts,
        records: Records,
        speller: Speller,
        snapshot: str,
        meaning: Meaning | None = None,
    ) -> None:
        """Take what answers, and the name of the snapshot that cursors belong to.

        Without `meaning` there is nothing but words to search by.
        """
        self.meaning = meaning
        self.matcher = Matcher(engine, vocabulary, records, speller)
        self._engine = engine
        self._counts = counts
        self._records = records
        self._snapshot = snapshot
        self._prices = Prices(vocabulary.size, counts.papers)
        self._details = Details(engine, vocabulary)
        self._words = WordSearch(self.matcher, records, meaning)

    def find(self, search: Search, window: Window) -> Found:
        """Return the wanted part of what a search finds.

        Where a page of papers does not have all the words, those with less follow, and
        the notice `relaxed` says so (index/search/matching); without a mode, meaning
        has a part just then. With a cursor, the papers follow the part that it came
        with. Raises BadQuery if the text is too long, a filter cannot be read, the part
        lies beyond MAX_OFFSET, or the cursor is of another search or snapshot;
        NoVectors for Mode.SEMANTIC without any; TooDear before the first step, and what
        else a budget raises (index/search/cost/budget).
        """
        start = time.perf_counter()
        question = self._ask(search, window)
        for cost in self._forecast(question, window):
            foresee(cost)
        answer = self._answer(question)
        papers = answer.papers
        if papers is None:
            papers = tuple(self._records.by_keys(answer.keys))
        return Found(
            search=search,
            query=answer.query.noting(*_note_explained(window, papers)),
            match=answer.match,
            total=answer.total,
            offset=question.offset,
            papers=papers,
            took_ms=round((time.perf_counter() - start) * 1_000, 3),
            cursor=self._lead_on(question, answer, papers),
            mode=answer.mode,
            keys=answer.keys,
            similarities=answer.similarities,
            added=answer.added,
            details=self._details,
        )

    def find_among(self, query: Query, ids: Sequence[str]) -> list[str]:
        """Return those of some papers that match a query, in their order.

        Raises what a budget raises.
        """
        keys = self._records.keys(ids)
        if query.ids:
            named = {known.id for known in query.ids}
            return [i for i in ids if i in named and i in keys]
        if query.tree is None and not query.filters:
            return []
        wanted = self._engine.matching(query, list(keys.values()))
        return [i for i in ids if keys.get(i) in wanted]

    def _ask(self, search: Search, window: Window) -> Question:
        """Return the question of a search, and follow the cursor. Raises BadQuery."""
        query = search.understand()
        if window.cursor:
            after = self._follow(window.cursor, search, query)
            return Question(
                search=search,
                query=query,
                limit=window.limit,
                offset=after.offset,
                place=after.place,
            )
        limit = cut_to_reach(window.limit, window.offset)
        return Question(search=search, query=query, limit=limit, offset=window.offset)

    def _forecast(self, question: Question, window: Window) -> Iterator[Cost]:
        """Yield what a question costs for certain: alone, counted, and explained."""
        query = question.query
        found = self._prices.of_search(query, question.sort)
        yield found
        if window.facets:
            counted = self._prices.of_counts(query)
            found = replace(found, ms=found.ms + counted.ms)
            yield found
        if window.explain:
            scores = self._prices.of_scores(query, min(question.limit, EXPLAINED))
            yield replace(found, ms=found.ms + scores.ms, advice="leave explain out")

    def _answer(self, question: Question) -> Answer:
        """Return what the strategy finds that the question asks for."""
        if question.query.ids:
            named = find_ids(question, self._records)
            if named.total or question.query.tree is None:
                return named
            question = replace(question, query=_forget_ids(named.query))
        if question.search.mode is Mode.SEMANTIC:
            return find_nearest(question, self.meaning)
        return self._words.find(question)

    def _follow(self, token: str, search: Search, query: Query) -> Cursor:
        """Read a cursor, which must name a paper of its day where a search is by day.

        Raises BadQuery.
        """
        identity = _identify(search, query)
        cursor = Cursor.read(token, self._snapshot, identity, self._counts.papers)
        if place := cursor.place:
            last = self._records.by_keys([place.key])
            days = [paper.submitted for paper in last]
            if days != [place.day] or not is_by_day(query, search.sort):
                raise BadQuery(
                    "the cursor leads to no paper; begin again without one",
                    param="cursor",
                )
        return cursor

    def _lead_on(
        self, question: Question, answer: Answer, papers: Sequence[Paper]
    ) -> str | None:
        """Return the cursor to what follows the papers; None where nothing does."""
        end = question.offset + len(papers)
        if not papers or end >= answer.total:
            return None
        is_placed = bool(answer.keys) and is_by_day(answer.query, question.sort)
        last = Place(papers[-1].submitted, answer.keys[-1]) if is_placed else None
        identity = _identify(question.search, question.query)
        return Cursor(offset=end, place=last).write(self._snapshot, identity)


def _forget_ids(query: Query) -> Query:
    """Return the words of a query that mentions papers which are not here."""
    notices = tuple(notice for notice in query.notices if notice.code != "ids_first")
    return replace(query, ids=(), notices=notices)


def _note_explained(window: Window, papers: Sequence[Paper]) -> Iterator[Notice]:
    if window.explain and len(papers) > EXPLAINED:
        yield Notice(code="explained_first", params={"papers": EXPLAINED})


def _identify(search: Search, query: Query) -> tuple[object, ...]:
    """Return what tells a search from others, however it is written."""
    asked = (query.tree, query.ids, query.title, query.filters)
    return (*asked, search.sort.value, search.mode)

"""Suggestions: titles, authors and categories that begin with the typed text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from index.bounded_cache import remember
from index.papers.categories import ARCHIVES, CATEGORIES, list_archive_codes
from index.papers.paper import Paper
from index.papers.records import Records
from index.search.engine import Completed, Engine, Vocabulary
from index.search.query.tree import All, Field, Node, Prefix, Query, Term
from index.search.terms.spellings import fold_name
from index.search.terms.title import title_key

MIN_LENGTH = 2
"""Characters from which on there are completions."""

MAX_LENGTH = 200
"""Characters from which on nothing is completed any more."""

_SHORT = 4  # letters of a beginning so common that its completions are remembered
_REMEMBERED = 4_096
_CANDIDATES = 24  # titles of which the most fitting are shown
_MOST_TITLED = 2 * _CANDIDATES  # papers: some have the same title
_MOST_AUTHORS = 3
_MOST_CATEGORIES = 2
_SAME_NAME = 6  # times as many keys as names: one for each order, some alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A completion: what it is called, the query that finds it, in how many papers.

    A title has its paper's `id`, first `author` and `year`, a category the code of its
    `listing`.
    """

    kind: Literal["title", "author", "category"]
    text: str
    query: str
    papers: int
    id: str | None = None
    author: str | None = None
    year: int | None = None
    listing: str | None = None


class Suggester:
    """Completes what is typed. Safe to share between threads."""

    def __init__(
        self,
        engine: Engine,
        vocabulary: Vocabulary,
        records: Records,
        counts: Mapping[str, int],
    ) -> None:
        """Take what completes, finds and reads, and how many papers each category has."""
        self._engine = engine
        self._vocabulary = vocabulary
        self._records = records
        self._counts = counts
        self._remembered = remember(_REMEMBERED, self._suggest)

    def suggest(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return at most `limit` completions of a text, categories and authors first.

        A text of less than MIN_LENGTH or more than MAX_LENGTH characters has none.
        """
        text = " ".join(text.split())
        if not MIN_LENGTH <= len(text) <= MAX_LENGTH:
            return ()
        find = self._remembered if len(text) <= _SHORT else self._suggest
        return find(text.casefold(), limit)

    def _suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        categories = list(islice(self._categories(text), _MOST_CATEGORIES))
        authors = list(islice(self._authors(text), _MOST_AUTHORS))
        titles = self._titles(text, limit - len(categories) - len(authors))
        return (*categories, *authors, *titles)[:limit]

    def _categories(self, text: str) -> Iterator[Suggestion]:
        """Yield categories whose code, or a word of whose name, begins so."""
        known = [c for c in CATEGORIES.values() if self._has_papers(c.code)]
        by_code = [c for c in known if c.code.casefold().startswith(text)]
        by_code.sort(key=lambda c: c.code.casefold() != text)
        by_name = [c for c in known if f" {c.name.casefold()}".find(f" {text}") >= 0]
        for category in dict.fromkeys((*by_code, *by_name)):
            yield Suggestion(
                kind="category",
                text=f"{category.name} ({category.code})",
                query=f"cat:{category.code}",
                papers=self._count(category.code),
                listing=category.code,
            )

    def _has_papers(self, code: str) -> bool:
        return any(self._counts.get(each) for each in list_archive_codes(code))

    def _count(self, code: str) -> int:
        """Return how many papers a category has; those of an archive are counted once."""
        if code not in ARCHIVES:
            return self._counts[code]
        return self._engine.search(Query(tree=Term(Field.CATEGORY, code)), limit=1).total

    def _authors(self, text: str) -> Iterator[Suggestion]:
        beginning = fold_name(text)
        if len(beginning) < MIN_LENGTH:
            return
        if text.endswith((" ", ",")):
            beginning += " "
        limit = _MOST_AUTHORS * _SAME_NAME
        seen = set()
        for term, papers in self._vocabulary.complete(Completed.AUTHOR, beginning, limit):
            name = term.partition("\t")[2].replace('"', "")
            if name not in seen:
                seen.add(name)
                yield Suggestion(
                    kind="author", text=name, query=f'au:"{name}"', papers=papers
                )

    def _titles(self, text: str, wanted: int) -> Iterator[Suggestion]:
        beginning = title_key(text)
        if len(beginning) < MIN_LENGTH or wanted <= 0:
            return
        known = self._vocabulary.complete(Completed.TITLE, beginning, _CANDIDATES)
        found = self._engine.titled([title for title, _ in known], limit=_MOST_TITLED)
        if len(known) < wanted or len(known) == _CANDIDATES:
            found += self._with_words(beginning.split(), _CANDIDATES)
        papers = self._records.by_keys(list(dict.fromkeys(found)))
        fitting = sorted(papers, key=lambda paper: _rate_fit(paper, beginning))
        titles: dict[str, Paper] = {}
        for paper in fitting:
            titles.setdefault(title_key(paper.title), paper)
        yield from map(_suggest_paper, islice(titles.values(), wanted))

    def _with_words(self, words: list[str], limit: int) -> tuple[int, ...]:
        """Return papers whose titles have the words, in any order, the last one begun."""
        *whole, last = words
        if len(last) <= MIN_LENGTH:
            return ()
        parts: list[Node] = [Term(Field.TITLE, word) for word in dict.fromkeys(whole)]
        parts.append(Prefix(Field.TITLE, last))
        tree = All(tuple(parts)) if len(parts) > 1 else parts[0]
        return self._engine.search(Query(tree=tree), limit=limit).keys


def _rate_fit(paper: Paper, beginning: str) -> tuple[bool, bool, int]:
    """Return how little a paper's title fits: least what is typed by half, and new."""
    title = title_key(paper.title)
    is_begun = title.startswith(beginning)
    is_half = is_begun and 2 * len(beginning) >= len(title)
    return not is_begun, not is_half, -paper.submitted.toordinal()


def _suggest_paper(paper: Paper) -> Suggestion:
    return Suggestion(
        kind="title",
        text=paper.title,
        query=paper.id,
        papers=1,
        id=paper.id,
        author=paper.authors[0].name if paper.authors else None,
        year=paper.submitted.year,
    )

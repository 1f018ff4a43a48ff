"""The engine interface: three protocols for querying an index and one for building it.

    Engine      finds papers; an engine for several machines can fulfil it
    Vocabulary  knows a snapshot's words, and how much there is to read of each
    Counts      counts a snapshot's papers

The last two never leave the snapshot. Engines receive a query's tree, not its text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from index.papers.paper import Paper
from index.search.query.tree import Leaf, Notice, Query

LAST_KEY = (1 << 32) - 2
"""What no key of a paper exceeds."""


class Sort(StrEnum):
    """The order of hits: best first, or by the paper's day."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Moment(StrEnum):
    """When a paper came: with its first version, or with its last."""

    SUBMITTED = "submitted_at"
    UPDATED = "updated_at"


class Completed(StrEnum):
    """The kinds of text that can be completed from their beginning."""

    TITLE = "title"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list by day goes on: behind the paper of that day and key."""

    day: date
    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The exact number of matching papers, and the keys of those asked for, in order.

    Each hit of a loose query has one of the words `telling`. `notices` tell what the
    engine could not do.
    """

    total: int
    keys: tuple[int, ...]
    telling: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Keys with the engine's scores, best first; `most` is what no paper exceeds."""

    keys: tuple[int, ...]
    scores: tuple[float, ...]
    most: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many of a whole result's papers each category and each year has."""

    categories: Mapping[str, int] = field(default_factory=dict)  # most first
    years: Mapping[int, int] = field(default_factory=dict)  # in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much an engine reads for a leaf of a query.

    `papers` match it at most. `postings` are read as far as the rest of a query lets
    them be; `gathered` ones, of all `terms` that an expansion has, are read always.
    `places` are the places of words in texts, which a phrase compares.
    """

    papers: int
    postings: int = 0
    gathered: int = 0
    terms: int = 0
    places: int = 0


class Engine(Protocol):
    """Finds papers. Safe to share between threads; immutable once opened."""

    def search(  # noqa: PLR0913  each is another thing to know of a page
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = Sort.RELEVANCE,
        without: Sequence[int] = (),
        behind: Place | None = None,
    ) -> Hits:
        """Return `limit` hits from `offset` (from 0).

        A query without tree and filters has none. Papers with keys in `without` are left
        out, of the total too. With `behind`, which needs a sort by day, hits begin behind
        that place, and the total is of those. Best first, withdrawn papers come last, but
        for one whose title is the query's.
        """
        ...

    def by_time(
        self,
        query: Query,
        moment: Moment,
        *,
        limit: int,
        offset: int = 0,
        oldest_first: bool = False,
    ) -> Hits:
        """Return `limit` hits from `offset`, by the second in which papers came, or day."""
        ...

    def more_like_this(self, text: str, *, words: int, limit: int) -> Scored:
        """Return the papers with the most telling words of a text, best first.

        At most so many words count, those with the greatest tf-idf. Scores are the
        engine's own; the text itself would have `Scored.most`.
        """
        ...

    def titled(self, titles: Sequence[str], *, limit: int) -> tuple[int, ...]:
        """Return papers that have one of some titles, given as title_key makes them."""
        ...

    def matching(self, query: Query, keys: Sequence[int]) -> frozenset[int]:
        """Return those of the keys whose papers match a query."""
        ...

    def withdrawn(self, keys: Sequence[int]) -> frozenset[int]:
        """Return those of the keys whose papers are withdrawn. It takes no time."""
        ...

    def scored(self, query: Query, *, limit: int) -> Scored:
        """Return what matches a query with its scores, best first."""
        ...

    def facets(self, query: Query) -> Facets:
        """Return the counts of everything that a query matches."""
        ...

    def counts_by_day(self, query: Query) -> Mapping[date, int]:
        """Return how many papers each day has that a query matches, in order."""
        ...

    def scores(self, query: Query, keys: Sequence[int]) -> Sequence[Mapping[str, float]]:
        """Return what each field added to each paper's score, the total as `score`.

        A paper that does not match has an empty mapping.
        """
        ...


class Vocabulary(Protocol):
    """Knows the words of a snapshot. Safe to share between threads; immutable."""

    def stems(self, text: str) -> Sequence[str]:
        """Return the terms that a text's words are looked for as, in order."""
        ...

    def split(self, text: str) -> Sequence[str]:
        """Return a text's words as they stand but for case and accents, in order."""
        ...

    def frequency(self, word: str) -> int:
        """Return in how many titles, abstracts or names at most a word stands as it is."""
        ...

    def frequencies(self, word: str) -> tuple[int, int]:
        """Return in how many titles and in how many abstracts a word stands as it is."""
        ...

    def size(self, leaf: Leaf) -> Size:
        """Return how much there is to read for a leaf. Asking takes a fraction of that."""
        ...

    def words(self, minimum: int) -> Iterator[tuple[str, int]]:
        """Yield all words that are in at least `minimum` papers, and in how many."""
        ...

    def complete(
        self, what: Completed, beginning: str, limit: int
    ) -> Sequence[tuple[str, int]]:
        """Return what begins so, with its number of papers, most first.

        The beginning is a title key's, or a folded name's in either order.
        """
        ...


class Counts(Protocol):
    """Counts the papers of a snapshot. Safe to share between threads; immutable."""

    @property
    def papers(self) -> int:
        """How many papers there are."""
        ...

    @property
    def by_category(self) -> Mapping[str, int]:
        """How many papers each category has, cross-lists included, most first."""
        ...

    @property
    def by_year(self) -> Mapping[str, Mapping[int, int]]:
        """How many papers each category and each archive has in each year with any.

        Every code of the taxonomy is there; an archive has each of its papers once.
        """
        ...


class EngineWriter(Protocol):
    """Builds what an Engine opens. Nothing is kept before `commit`."""

    def add(self, papers: Iterable[tuple[int, Paper]]) -> None:
        """Add papers under keys that are not in use."""
        ...

    def remove(self, paper_id: str) -> None:
        """Take the paper with that id out, if it was added before."""
        ...

    def commit(self) -> None:
        """Write everything, and wait until it is written."""
        ...

    def close(self) -> None:
        """End the writer; what is not committed is lost."""
        ...

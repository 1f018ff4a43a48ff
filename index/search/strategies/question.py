"""A question: a parsed search, and the part of its result that is wanted."""

from dataclasses import dataclass, replace

from index.search.engine import Place, Sort
from index.search.matching.noise import is_noise
from index.search.query.tree import All, Query
from index.search.search import Search

_FEWEST_WORDS = 2  # of a text with a meaning beyond the words themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The question to a strategy: `limit` papers from `offset` on, or behind a place."""

    search: Search
    query: Query
    limit: int
    offset: int
    place: Place | None = None

    @property
    def sort(self) -> Sort:
        """The order of the result."""
        return self.search.sort

    @property
    def bare(self) -> Query:
        """The query without notices, by which answers are remembered."""
        return replace(self.query, notices=())

    @property
    def has_meaning(self) -> bool:
        """True where words and meaning together can rank its result."""
        is_told = len(self.query.words) >= _FEWEST_WORDS and not is_noise(self.query)
        return self.sort is Sort.RELEVANCE and is_told

    def word(self, understood: Query) -> str:
        """Return what an encoder reads of it.

        That is the text, or just the plain words where the text has more or where
        something else was understood.
        """
        tree = self.query.tree
        nodes = tree.nodes if isinstance(tree, All) else (tree,)
        if understood.words == self.query.words == nodes:
            return " ".join(self.search.text.split())
        return " ".join(word.text for word in understood.words)


def is_by_day(query: Query, sort: Sort) -> bool:
    """Tell whether a result is in the order of days, asked for or for want of ranks."""
    return sort is not Sort.RELEVANCE or not query.is_ranked

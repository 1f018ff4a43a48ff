"""The seam: what a search engine does for the rest of Winnow.

The embedded engine (index/search/fulltext) fulfils it; one for several machines can.
Engines receive the query tree, never its text, and answer with integer keys: the
papers themselves are in the catalog.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from index.papers.paper import Paper
from index.search.tree import Query


class Sort(StrEnum):
    """The order of hits: best first, or by the paper's day."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The exact number of matching papers, and the keys of those asked for, in order."""

    total: int
    keys: tuple[int, ...]


class Engine(Protocol):
    """Finds papers. Safe to share between threads; immutable once opened."""

    def search(self, query: Query, *, limit: int, offset: int, sort: Sort) -> Hits:
        """Return `limit` hits from `offset` (from 0). A query without a tree has none."""
        ...

    def count(self) -> int:
        """Return how many papers can be found."""
        ...

    def counts_by_category(self) -> Mapping[str, int]:
        """Return how many papers each category has, cross-lists included."""
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

"""The interface for search by meaning, and the modes of a search."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from index.search.matching.match import Match
from index.search.query.tree import Query


class Mode(StrEnum):
    """The mode of a search: by words, by meaning, or by both."""

    LEXICAL = "lexical"
    HYBRID = "hybrid"
    SEMANTIC = "semantic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """Some keys of a result that meaning has a part in, and how many there are.

    `similarities` are cosines, None behind what was compared. `added` are those of all
    keys, not just these, that meaning alone has found.
    """

    keys: tuple[int, ...]
    similarities: tuple[float | None, ...]
    added: frozenset[int]
    total: int


class Meaning(Protocol):
    """Ranks by likeness of vectors. Safe to share between threads."""

    def blend(self, text: str, match: Match, known: int, limit: int, offset: int) -> Blend:
        """Return a page of what matched by words together with the nearest papers.

        The match, without notices and steps, has the best WINDOW keys from the first
        on; the first `known` of them are what the reader means, and stay there.
        """
        ...

    def nearest(self, text: str, query: Query, limit: int, offset: int) -> Blend:
        """Return a page of the papers nearest to a text that the query does not bar."""
        ...

    def read(self, text: str) -> str:
        """Return what the encoder understands of a text: scripts it knows, no others."""
        ...


WINDOW = 200
"""Papers by words that are ranked again, best first."""

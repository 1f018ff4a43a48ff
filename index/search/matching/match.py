"""A match: the papers that a query matches, and the steps by which it was found."""

from dataclasses import dataclass

from index.search.query.tree import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One attempt: what it is called, what was asked, and how many papers it found."""

    name: str
    query: Query
    total: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The keys asked for of all that match, and how they were found.

    `query` is what was understood in the end, `counted` what the total counts. The
    first `leading` papers of the whole result match all of the query.
    """

    query: Query
    counted: Query
    total: int
    keys: tuple[int, ...]
    leading: int = 0
    steps: tuple[Step, ...] = ()

    @property
    def is_relaxed(self) -> bool:
        """True where some papers match less than all of the query."""
        return self.counted.tree != self.query.tree

"""Who wrote a paper, so that authors of several papers are known for the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from index.papers.paper import Author, Paper
from index.search.author_keys import fold_name


@dataclass(frozen=True, slots=True)
class Byline:
    """Authors by last and first name, and by last name and initial.

    `names` has an initial where no more is given. An initial may be any name with it;
    two names in full are the same, or stand for two people.
    """

    names: frozenset[str]
    initials: frozenset[str]

    @classmethod
    def of(cls, papers: Iterable[Paper]) -> Self:
        """Return all authors of some papers."""
        keys = [_keys(a.last, a.first) for paper in papers for a in paper.authors]
        return cls(frozenset(name for name, _ in keys), frozenset(i for _, i in keys))

    def shares(self, other: "Byline") -> bool:
        """Tell whether an author of one may be one of the other."""
        return not (
            self.names.isdisjoint(other.names)
            and self.names.isdisjoint(other.initials)
            and self.initials.isdisjoint(other.names)
        )

    def has(self, author: Author) -> bool:
        """Tell whether an author may be one of these."""
        name, initial = _keys(author.last, author.first)
        return name in self.names or name in self.initials or initial in self.names


@lru_cache(1 << 16)
def _keys(last: str, first: str) -> tuple[str, str]:
    """Return a name's keys: with the first given name, and with its initial."""
    given = (fold_name(first).split() or [""])[0]
    return f"{fold_name(last)} {given}", f"{fold_name(last)} {given[:1]}"

"""A byline: the authors of some papers, by which shared authors are recognised."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from index.papers.paper import Author
from index.search.terms.spellings import fold_name


@dataclass(frozen=True, slots=True)
class Byline:
    """Authors by last and first name, and by last name and initial.

    `names` has an initial where no more is given. An initial may be any name with it;
    two names in full are the same, or stand for two people. `lasts` tells most
    strangers soon.
    """

    names: frozenset[str]
    initials: frozenset[str]
    lasts: frozenset[str]

    @classmethod
    def of(cls, authors: Iterable[Author]) -> Self:
        """Return the byline of some authors."""
        authors = tuple(authors)
        keys = [_keys(author.last, author.first) for author in authors]
        return cls(
            frozenset(name for name, _ in keys),
            frozenset(initial for _, initial in keys),
            frozenset(_folded(author.last) for author in authors),
        )

    def has(self, author: Author) -> bool:
        """Tell whether an author may be one of these."""
        if _folded(author.last) not in self.lasts:
            return False
        name, initial = _keys(author.last, author.first)
        return name in self.names or name in self.initials or initial in self.names


_folded = lru_cache(1 << 16)(fold_name)


@lru_cache(1 << 14)
def _keys(last: str, first: str) -> tuple[str, str]:
    """Return a name's keys: with the first given name, and with its initial."""
    given = (fold_name(first).split() or [""])[0]
    return f"{_folded(last)} {given}", f"{_folded(last)} {given[:1]}"

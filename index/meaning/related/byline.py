"""Bylines: the authors of papers, by which shared authors are recognised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from index.papers.paper import Author
from index.search.terms.spellings import fold_name


@dataclass(frozen=True, slots=True)
class Bylines:
    """The bylines of some papers, which are asked all at once: a bit for each paper.

    Authors stand by last and first name, and by last name and initial. `names` has an
    initial where no more is given. An initial may be any name with it; two names in
    full are the same, or stand for two people. `lasts` tells most strangers soon.
    """

    names: dict[str, int]
    initials: dict[str, int]
    lasts: frozenset[str]
    everyone: int

    @classmethod
    def of(cls, papers: Iterable[Sequence[Author]]) -> Self:
        """Return the bylines of the papers that some authors wrote, each at its bit."""
        names: dict[str, int] = {}
        initials: dict[str, int] = {}
        lasts: set[str] = set()
        bit = 1
        for authors in papers:
            for author in authors:
                name, initial = _keys(author.last, author.first)
                names[name] = names.get(name, 0) | bit
                initials[initial] = initials.get(initial, 0) | bit
                lasts.add(_folded(author.last))
            bit <<= 1
        return cls(names, initials, frozenset(lasts), bit - 1)

    def find(self, author: Author) -> int:
        """Return the bits of the papers that an author may have written."""
        if _folded(author.last) not in self.lasts:
            return 0
        name, initial = _keys(author.last, author.first)
        return (
            self.names.get(name, 0)
            | self.initials.get(name, 0)
            | self.names.get(initial, 0)
        )

    def find_any(self, authors: Iterable[Author]) -> int:
        """Return the bits of the papers that one of some authors may have written."""
        found = 0
        for author in authors:
            found |= self.find(author)
            if found == self.everyone:
                break
        return found


_folded = lru_cache(1 << 16)(fold_name)


@lru_cache(1 << 14)
def _keys(last: str, first: str) -> tuple[str, str]:
    """Return a name's keys: with the first given name, and with its initial."""
    given = (fold_name(first).split() or [""])[0]
    return f"{_folded(last)} {given}", f"{_folded(last)} {given[:1]}"

"""Evidence that two papers are related, as a rough chance.

Evidence of both kinds is added up on one scale, that of log odds:

    words      10    score of the most telling words, as a share of what they could reach
    vectors     9    cosine with the paper asked about
    author      2    where one is shared
    categories  1    shared ones among all of both
    constant  -10.9

The sum, through the logistic function, is a rough chance that one of the two papers
names the other: what the weights were fitted to (docs/decisions/related.md).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from index.meaning.related.byline import Bylines
from index.papers.paper import Origin, Paper
from index.search.terms.title import is_nearly_same

_WORDS, _VECTORS, _AUTHOR, _CATEGORIES, _CONSTANT = 10.0, 9.0, 2.0, 1.0, -10.9

FIRST_AUTHORS = 50
"""Authors of a paper that is found by which its other editions are told: they stand in
one order there. Of those asked about there are more: a member may have written alone."""

COMPARED = 3_000
"""Authors that are compared: of a candidate, and of all papers asked about together, of
which each has at least FIRST_AUTHORS."""


@dataclass(frozen=True, slots=True)
class Work:
    """A paper as its other editions are told by: its title and its byline."""

    title: str
    people: Bylines
    most: int

    @classmethod
    def of(cls, paper: Paper, most: int = FIRST_AUTHORS) -> Self:
        """Return what tells other editions of a paper: `most` of the authors of each."""
        return cls(paper.title, Bylines.of([paper.authors[:most]]), most)

    def is_same(self, paper: Paper) -> bool:
        """Tell whether a paper is this work under another id."""
        return is_nearly_same(self.title, paper.title) and bool(
            self.people.find_any(paper.authors[: self.most])
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """The authors and categories of the papers that others are compared with."""

    people: Bylines
    codes: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, liked: Sequence[Paper]) -> Self:
        """Return what others are compared with: all authors, or the first of many."""
        most = count_compared(len(liked))
        return cls(
            Bylines.of(paper.authors[:most] for paper in liked),
            tuple(frozenset(paper.categories) for paper in liked),
        )


def count_compared(papers: int) -> int:
    """Return how many authors are compared of each paper asked about, of so many."""
    return max(FIRST_AUTHORS, COMPARED // max(1, papers))


def estimate_chance(
    words: float, cosine: float, origin: Origin | None, asked: Asked
) -> float:
    """Return the rough chance, from 0 to 1, that a paper and one of those are related."""
    odds = _CONSTANT + _WORDS * words + _VECTORS * cosine
    if origin is not None:
        odds += _weigh_origin(origin, asked)
    return 1 / (1 + math.exp(-odds))


def _weigh_origin(origin: Origin, asked: Asked) -> float:
    """Return what authors and categories add, of the paper where it is the most."""
    shared = asked.people.find_any(origin.authors[:COMPARED])
    codes = frozenset(origin.categories)
    return max(
        _AUTHOR * (shared >> number & 1)
        + _CATEGORIES * len(codes & those) / max(1, len(codes | those))
        for number, those in enumerate(asked.codes)
    )

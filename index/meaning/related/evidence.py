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

from index.meaning.related.byline import Byline
from index.papers.paper import Origin, Paper
from index.search.terms.title import is_nearly_same

_WORDS, _VECTORS, _AUTHOR, _CATEGORIES, _CONSTANT = 10.0, 9.0, 2.0, 1.0, -10.9

FIRST_AUTHORS = 50
"""Authors of a paper that tell its other editions: they stand in one order there."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that others are compared with, or one that is listed already."""

    title: str
    people: Byline
    categories: frozenset[str]

    @classmethod
    def of(cls, paper: Paper, most: int | None = None) -> Self:
        """Return what others are compared with; of `most` authors, or of all."""
        people = Byline.of(paper.authors[:most])
        return cls(paper.title, people, frozenset(paper.categories))

    def is_same_work(self, paper: Paper) -> bool:
        """Tell whether a paper is this work under another id."""
        return is_nearly_same(self.title, paper.title) and any(
            map(self.people.has, paper.authors)
        )


def estimate_chance(
    words: float, cosine: float, origin: Origin | None, asked: Sequence[Asked]
) -> float:
    """Return the rough chance, from 0 to 1, that a paper and one of those are related."""
    odds = _CONSTANT + _WORDS * words + _VECTORS * cosine
    if origin is not None:
        odds += max(_common_ground(origin, one) for one in asked)
    return 1 / (1 + math.exp(-odds))


def _common_ground(origin: Origin, asked: Asked) -> float:
    codes = frozenset(origin.categories)
    shared = len(codes & asked.categories) / max(1, len(codes | asked.categories))
    is_by_one = any(map(asked.people.has, origin.authors))
    return _AUTHOR * is_by_one + _CATEGORIES * shared

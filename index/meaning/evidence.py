"""How much speaks for two papers being related.

Evidence of both kinds is added up on one scale, that of log odds:

    words       7    score of the most telling words, as a share of what they could reach
    vectors     8    cosine with the paper asked about
    author      2.5  where one is shared
    categories  1.5  shared ones among all of both
    constant  -10.2

The sum, through the logistic function, is a rough chance that one of the two papers
names the other: what the weights were fitted to (DECISIONS.md).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.meaning.byline import Byline
from index.papers.paper import Paper
from index.search.title import nearly_same

_WORDS, _VECTORS, _AUTHOR, _CATEGORIES, _CONSTANT = 7.0, 8.0, 2.5, 1.5, -10.2


@dataclass(slots=True)
class Evidence:
    """A paper, and how near it is by words and by vectors."""

    key: int
    paper: Paper
    words: float = 0.0
    cosine: float | None = None
    byline: Byline = field(init=False)

    def __post_init__(self) -> None:
        """Find out who wrote it."""
        self.byline = Byline.of([self.paper])


def chance(one: Evidence, asked: Sequence[Evidence]) -> float:
    """Return the rough chance, from 0 to 1, that a paper and one of those are related."""
    odds = _CONSTANT + _WORDS * one.words + _VECTORS * (one.cosine or 0.0)
    odds += max(_common_ground(one, other) for other in asked)
    return 1 / (1 + math.exp(-odds))


def _common_ground(one: Evidence, other: Evidence) -> float:
    ours, theirs = set(one.paper.categories), set(other.paper.categories)
    shared = len(ours & theirs) / max(1, len(ours | theirs))
    return _AUTHOR * one.byline.shares(other.byline) + _CATEGORIES * shared


def same_work(one: Evidence, other: Evidence) -> bool:
    """Tell whether two papers are one work under two ids."""
    return one.byline.shares(other.byline) and nearly_same(
        one.paper.title, other.paper.title
    )

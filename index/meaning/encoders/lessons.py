"""Lessons for a static encoder: titles, abstracts, and papers by one author.

They are read once and kept as tokens; a seed selects and shuffles them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from index.meaning.encoders.token_bags import Ids, TokenBags
from index.papers.paper import Author, Paper

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Bags = tuple[Ids, Ids]
"""The tokens of several texts in one array, and the start of each text."""

Pairs = Callable[[], tuple[Bags, Bags]]
"""Makes a batch on demand: each text on the left belongs to one on the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The parameters of a training. The numbers were measured (docs/decisions/meaning.md).

    `papers` and `author_pairs` are upper limits; the seed selects among more.
    `scale` is the inverse temperature of the loss; the learning rate falls to zero.
    """

    seed: int = 1
    papers: int = 600_000
    author_pairs: int = 300_000
    batch: int = 2_048
    learning_rate: float = 0.005
    scale: float = 20.0


_MOST_BY_AUTHOR = 40  # papers; a name with more probably belongs to several people
_AT_ONCE = 4_096  # papers whose texts are in memory at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """`count` papers to read once, and the number of papers that contain each word."""

    papers: Iterator[Paper]
    count: int
    words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Lessons:
    """The tokens of titles and abstracts, and pairs of papers by one first author."""

    titles: TokenBags
    abstracts: TokenBags
    pairs: Ids

    def make_batches(self, recipe: Recipe) -> list[Pairs]:
        """Return full, shuffled batches: titles with abstracts, papers by one author."""
        chance = np.random.default_rng(recipe.seed)
        papers = chance.permutation(len(self.titles))
        found = [self.pair_titles(some) for some in cut_batches(papers, recipe.batch)]
        found += [self.pair_papers(some) for some in cut_batches(self.pairs, recipe.batch)]
        return [found[place] for place in chance.permutation(len(found))]

    def pair_titles(self, papers: Ids) -> Pairs:
        """Pair titles with their abstracts in a batch."""
        return lambda: (self.titles.join(papers), self.abstracts.join(papers))

    def pair_papers(self, pairs: Ids) -> Pairs:
        """Pair papers with others by the same first author in a batch."""
        return lambda: (
            self.titles.join(pairs[:, 0], self.abstracts),
            self.titles.join(pairs[:, 1], self.abstracts),
        )


def collect(material: Material, tokenizer: "Tokenizer", recipe: Recipe) -> Lessons:
    """Read the papers and keep the tokens of a random selection."""
    chance = np.random.default_rng(recipe.seed)
    drawn = np.ones(material.count, dtype=bool)
    if material.count > recipe.papers:
        drawn[:] = False
        drawn[chance.choice(material.count, recipe.papers, replace=False)] = True
    titles, abstracts = TokenBags(), TokenBags()
    by_author: dict[Author, list[int]] = {}
    batch: list[Paper] = []

    def keep() -> None:
        _add(titles, [paper.title for paper in batch], tokenizer)
        _add(abstracts, [paper.abstract for paper in batch], tokenizer)
        batch.clear()

    for place, paper in enumerate(material.papers):
        if not drawn[place]:
            continue
        if paper.authors and paper.authors[0].first:
            same = by_author.setdefault(paper.authors[0], [])
            same.append(len(titles) + len(batch))
        batch.append(paper)
        if len(batch) == _AT_ONCE:
            keep()
    keep()
    pairs = np.array(list(_pair_successive(by_author)), dtype=np.int64).reshape(-1, 2)
    return Lessons(titles, abstracts, chance.permutation(pairs)[: recipe.author_pairs])


def cut_batches(items: Ids, size: int) -> Iterator[Ids]:
    """Cut items into batches of equal size; drop the remainder."""
    return (items[n : n + size] for n in range(0, len(items) - size + 1, size))


def _add(bags: TokenBags, texts: list[str], tokenizer: "Tokenizer") -> None:
    found = tokenizer.encode_batch_fast(texts, add_special_tokens=False)
    bags.add([encoding.ids for encoding in found])


def _pair_successive(by_author: dict[Author, list[int]]) -> Iterator[tuple[int, int]]:
    """Pair each paper of an author with the next, in the order of the dump."""
    for places in by_author.values():
        if len(places) <= _MOST_BY_AUTHOR:
            yield from pairwise(places)

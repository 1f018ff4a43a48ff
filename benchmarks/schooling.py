"""The papers that the shipped model learns from: both big dumps, ids stripped from texts.

Pairs of papers by the same people are lessons, too, but for those that related papers
are measured by.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, pairwise

import numpy as np

from benchmarks.corpus import Corpus
from benchmarks.judged import named_pairs, stripped
from index import Author, Dump, Paper
from index.meaning.encoders.token_bags import Ids

FIRST, TWO = "next by first author", "next by two authors"

_WORD = re.compile(r"[^\W\d_]+")
_MOST_BY_AUTHOR = 40  # papers; a name with more probably belongs to several people

Name = tuple[str, str]
"""Last and first name of an author."""

Asked = frozenset[frozenset[str]]
"""Pairs of ids that no model may learn."""


@dataclass
class Papers:
    """Papers as columns, in the order of the dumps; in how many papers each word is."""

    ids: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    abstracts: list[str] = field(default_factory=list)
    authors: list[tuple[Author, ...]] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)

    @classmethod
    def read(cls, corpus: Corpus, *names: str) -> "Papers":
        """Read files of the data; two minutes for half a million papers."""
        papers = cls()
        for name in names:
            with Dump.open(corpus.file(name)) as dump:
                for paper in dump:
                    papers.add(paper)
        return papers

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, paper: Paper) -> None:
        """Add a paper, ids stripped from its texts."""
        self.ids.append(paper.id)
        self.titles.append(stripped(paper.title))
        self.abstracts.append(stripped(paper.abstract))
        self.authors.append(paper.authors)
        self.categories.append(paper.categories[0])
        text = f"{self.titles[-1]} {self.abstracts[-1]}".lower()
        self.words.update(set(_WORD.findall(text)))

    def draw(self, count: int, seed: int) -> "Papers":
        """Draw so many of the papers, with the words of all."""
        chance = np.random.default_rng(seed)
        places = np.sort(chance.permutation(len(self))[:count]).tolist()
        columns = (self.ids, self.titles, self.abstracts, self.authors, self.categories)
        drawn = [[column[p] for p in places] for column in columns]
        return Papers(*drawn, words=self.words)

    def pair(self, hows: Sequence[str], asked: Asked) -> Ids:
        """Pair each paper with the next by the same people, in the order of the dumps."""
        found = chain.from_iterable(self._pair(how) for how in hows)
        kept = [
            pair
            for pair in dict.fromkeys(found)
            if frozenset(self.ids[place] for place in pair) not in asked
        ]
        return np.array(kept, dtype=np.int64).reshape(-1, 2)

    def _pair(self, how: str) -> Iterator[tuple[int, int]]:
        by_who: dict[tuple[Name, ...], list[int]] = {}
        for place, authors in enumerate(self.authors):
            named = [(author.last, author.first) for author in authors if author.first]
            for who in _pair_authors(named) if how == TWO else _take_first(named):
                by_who.setdefault(who, []).append(place)
        for places in by_who.values():
            if len(places) <= _MOST_BY_AUTHOR:
                yield from pairwise(places)


def read_asked(corpus: Corpus) -> Asked:
    """Read the pairs that related papers are measured by."""
    return frozenset(map(frozenset, named_pairs(corpus, "related-pairs.tsv")))


def _take_first(authors: Sequence[Name]) -> list[tuple[Name, ...]]:
    return [tuple(authors[:1])] if authors else []


def _pair_authors(authors: Sequence[Name]) -> list[tuple[Name, ...]]:
    """Pair authors; of a long list the first four and the last two."""
    few = [*authors[:4], *authors[4:][-2:]]
    return [tuple(sorted(two)) for two in combinations(few, 2)]

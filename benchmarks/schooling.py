"""What the shipped model learns from: both big dumps, without what it is asked later.

arXiv ids are stripped from the texts. Pairs of papers that related papers are measured
by are never a pair to learn from.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import numpy as np
from tokenizers import Tokenizer

from benchmarks.corpus import Corpus
from benchmarks.judged import named_pairs, stripped
from index import Author, Dump
from index.meaning.encoders.lessons import Lessons
from index.meaning.encoders.token_bags import Ids, TokenBags

FIRST, TWO = "next by first author", "two authors shared"

_WORD = re.compile(r"[^\W\d_]+")
_MOST_BY_AUTHOR = 40  # papers; a name with more stands for several people
_AT_ONCE = 4_096  # papers that are tokenized at once


@dataclass
class Read:
    """Papers as a model reads them, in the order of the dumps."""

    ids: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    abstracts: list[str] = field(default_factory=list)
    authors: list[tuple[Author, ...]] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, corpus: Corpus, *names: str) -> "Read":
        """Read files of the data; two minutes for half a million papers."""
        read = cls()
        for name in names:
            with Dump.open(corpus.file(name)) as dump:
                for paper in dump:
                    read.add(paper.id, paper.title, paper.abstract, paper.authors)
        return read

    def add(
        self, paper_id: str, title: str, abstract: str, authors: tuple[Author, ...]
    ) -> None:
        """Add a paper, ids stripped from its texts."""
        self.ids.append(paper_id)
        self.titles.append(stripped(title))
        self.abstracts.append(stripped(abstract))
        self.authors.append(authors)
        text = f"{self.titles[-1]} {self.abstracts[-1]}".lower()
        self.words.update(set(_WORD.findall(text)))

    def drawn(self, count: int, seed: int) -> "Read":
        """Return so many of the papers, with the words of all."""
        places = sorted(random.Random(seed).sample(range(len(self.ids)), count))
        columns = (self.ids, self.titles, self.abstracts, self.authors)
        return Read(*([column[p] for p in places] for column in columns), self.words)

    def lessons(
        self, tokenizer: Tokenizer, asked: frozenset[frozenset[str]], how: str, most: int
    ) -> Lessons:
        """Return the tokens of all texts, and at most so many pairs of papers."""
        pairs = [pair for pair in self._pairs(how) if self._may_be_taught(pair, asked)]
        chance = np.random.default_rng(1)
        taught: Ids = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return Lessons(
            bags(self.titles, tokenizer),
            bags(self.abstracts, tokenizer),
            chance.permutation(taught)[:most],
        )

    def _may_be_taught(
        self, pair: tuple[int, int], asked: frozenset[frozenset[str]]
    ) -> bool:
        return frozenset(self.ids[place] for place in pair) not in asked

    def _pairs(self, how: str) -> Iterator[tuple[int, int]]:
        by_who: dict[tuple[Author, ...], list[int]] = {}
        for place, authors in enumerate(self.authors):
            named = [author for author in authors if author.first]
            some = [tuple(named[:1])] if how == FIRST else _twos(named)
            for who in filter(None, some):
                by_who.setdefault(who, []).append(place)
        found = (
            pair
            for places in by_who.values()
            if len(places) <= _MOST_BY_AUTHOR
            for pair in pairwise(places)
        )
        return iter(dict.fromkeys(found))


def asked_pairs(corpus: Corpus) -> frozenset[frozenset[str]]:
    """Return the pairs that related papers are measured by."""
    return frozenset(map(frozenset, named_pairs(corpus, "related-pairs.tsv")))


def bags(texts: Sequence[str], tokenizer: Tokenizer) -> TokenBags:
    """Return the tokens of texts."""
    found = TokenBags()
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        encodings = tokenizer.encode_batch_fast(some, add_special_tokens=False)
        found.add([encoding.ids for encoding in encodings])
    return found


def _twos(authors: Sequence[Author]) -> list[tuple[Author, ...]]:
    """Return pairs of authors; of a long list those of the first and the last ones."""
    few = [*authors[:4], *authors[4:][-2:]]
    return [tuple(sorted(two, key=repr)) for two in combinations(few, 2)]

"""Libraries without vectors, which are lent those of one encoder after another."""

import shutil
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.corpus import Corpus
from benchmarks.judged import (
    claims,
    document_records,
    documents,
    few_records,
    named_pairs,
    ndcg,
    new_records,
)
from benchmarks.related import Pair, library_of, pairs_of, related_by, row_of
from index import Library, Method, Shelf
from index.meaning.encoders.encoder import Encoder, compose_text
from index.meaning.hybrid import Semantic
from index.meaning.related.relater import Relater
from index.meaning.vectors.files import VectorsWriter
from index.meaning.vectors.nearest import Vectors

FEW = 10_000
SPLITS = {"train": "queries-train.jsonl", "test": "queries.jsonl"}


@dataclass
class Lent:
    """A library of few papers, and what is asked of it."""

    library: Library
    place: Path

    @classmethod
    def of(cls, corpus: Corpus, name: str, records: object) -> "Lent":
        data = library_of(corpus, name, "none", records)
        return cls(Shelf(data).library(), corpus.scratch / f"lent-{name}")

    def vectors(self, encoder: Encoder) -> Vectors:
        """Return the vectors of its papers, written anew."""
        count = self.library.catalog.count()
        papers = self.library.catalog.by_keys(range(1, count + 1))
        shutil.rmtree(self.place, ignore_errors=True)
        writer = VectorsWriter.create(self.place, encoder.dimensions)
        rows = encoder.encode([compose_text(paper) for paper in papers])
        writer.append(rows, np.zeros(count, dtype=np.uint64))
        writer.close()
        return Vectors.open(self.place, count)

    def related(
        self, name: str, pairs: list[Pair], encoder: Encoder, method: Method = Method.HYBRID
    ) -> dict[str, object]:
        """Return how often the related papers by an encoder hold the one of a pair."""
        lent = self.library
        relater = Relater(lent.engine, lent.catalog, self.vectors(encoder))
        return row_of(name, pairs, related_by(lent, relater, method))


def ten_thousand(corpus: Corpus) -> tuple[Lent, list[Pair]]:
    """Return the 10,000 papers of eval/related-10k-ids.txt, and their pairs."""
    lent = Lent.of(corpus, "ten-none", few_records(corpus))
    return lent, pairs_of(named_pairs(corpus, "related-10k-pairs.tsv"), lent.library)


def newcomers(corpus: Corpus) -> tuple[Lent, list[Pair]]:
    """Return 10,000 papers of the new file, and the pairs among them."""
    records, pairs = new_records(corpus, FEW)
    lent = Lent.of(corpus, "new-none", records)
    return lent, pairs_of(pairs, lent.library)


@dataclass
class Claims:
    """SciFact's abstracts as a library, its claims, and which abstracts they are about."""

    lent: Lent
    numbers: dict[str, int]
    asked: dict[str, list[tuple[str, dict[int, int]]]]

    @classmethod
    def of(cls, corpus: Corpus) -> "Claims":
        numbers = {paper.id: number for number, paper in documents(corpus)}
        asked = {split: [*claims(corpus, split, file)] for split, file in SPLITS.items()}
        return cls(
            Lent.of(corpus, "scifact-none", document_records(corpus)), numbers, asked
        )

    def weighed(
        self, encoder: Encoder | None, weights: Sequence[float], split: str
    ) -> dict[float, float]:
        """Return nDCG@10 of the default search for each share of words."""
        library = self.lent.library
        vectors = self.lent.vectors(encoder) if encoder else None
        found = {}
        for weight in weights:
            library.finder.meaning = encoder and Semantic(
                library.engine, encoder, vectors, weight
            )
            found[weight] = statistics.fmean(
                ndcg(self._found(text), relevant) for text, relevant in self.asked[split]
            )
        return found

    def _found(self, text: str) -> list[int]:
        page = self.lent.library.finder.find(text, limit=10)
        return [self.numbers[paper.id] for paper in page.papers]

"""Measures encoders as the service uses them: vectors lent to libraries without any."""

import shutil
import statistics
from collections.abc import Iterable, Sequence
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
from benchmarks.tables import write
from index import Library, Method, Search, Shelf, Window, find_live
from index.meaning.encoders.choosing import load
from index.meaning.encoders.encoder import MINILM, Encoder, compose_text
from index.meaning.hybrid import Semantic
from index.meaning.related.relater import Relater
from index.meaning.vectors.files import VectorsWriter
from index.meaning.vectors.nearest import Vectors
from index.search.finder import Finder
from index.search.meaning import Meaning
from index.search.spelling.speller import Speller
from index.snapshots.layout import WORDS

FEW = 10_000
SPLITS = {"train": "queries-train.jsonl", "test": "queries.jsonl"}

_WEIGHTS = (0.35, 0.5, 0.6, 0.7, 0.8, 0.9)
_BY = "shipped"


@dataclass
class Lent:
    """A library of few papers, and what is asked of it."""

    library: Library
    snapshot: Path
    place: Path

    @classmethod
    def build(
        cls, corpus: Corpus, name: str, records: Iterable[dict[str, object]]
    ) -> "Lent":
        """Build a library without vectors, if there is none."""
        data = library_of(corpus, name, "none", records)
        return cls(Shelf(data).library(), find_live(data), corpus.scratch / f"lent-{name}")

    def encode(self, encoder: Encoder) -> Vectors:
        """Encode its papers anew."""
        count = self.library.catalog.count()
        papers = self.library.catalog.by_keys(range(1, count + 1))
        shutil.rmtree(self.place, ignore_errors=True)
        writer = VectorsWriter.create(self.place, encoder.dimensions)
        rows = encoder.encode([compose_text(paper) for paper in papers])
        writer.append(rows, np.zeros(count, dtype=np.uint64))
        writer.close()
        return Vectors.open(self.place, count)

    def make_finder(self, meaning: Meaning | None) -> Finder:
        """Make a finder over the library with another meaning than its own."""
        lent = self.library
        return Finder(
            engine=lent.engine,
            vocabulary=lent.vocabulary,
            counts=lent.counts,
            records=lent.catalog,
            speller=Speller.open(self.snapshot / WORDS),
            snapshot=lent.manifest.name,
            meaning=meaning,
        )

    def relate(
        self, name: str, pairs: list[Pair], encoder: Encoder, method: Method = Method.HYBRID
    ) -> dict[str, object]:
        """Return how often the related papers by an encoder hold the one of a pair."""
        lent = self.library
        relater = Relater(lent.engine, lent.catalog, self.encode(encoder))
        return row_of(name, pairs, related_by(lent, relater, method))


@dataclass
class Claims:
    """SciFact's abstracts as a library, its claims, and which abstracts they are about."""

    lent: Lent
    numbers: dict[str, int]
    asked: dict[str, list[tuple[str, dict[int, int]]]]

    @classmethod
    def read(cls, corpus: Corpus) -> "Claims":
        """Read the claims, and build the library."""
        numbers = {paper.id: number for number, paper in documents(corpus)}
        asked = {split: [*claims(corpus, split, file)] for split, file in SPLITS.items()}
        lent = Lent.build(corpus, "scifact-none", document_records(corpus))
        return cls(lent, numbers, asked)

    def try_weights(
        self, encoder: Encoder | None, weights: Sequence[float]
    ) -> dict[float, dict[str, float]]:
        """Return nDCG@10 of the default search by split for each share of words."""
        engine = self.lent.library.engine
        vectors = self.lent.encode(encoder) if encoder else None
        found = {}
        for weight in weights:
            meaning = encoder and Semantic(engine, encoder, vectors, weight)
            finder = self.lent.make_finder(meaning)
            found[weight] = {split: self._judge(finder, split) for split in self.asked}
        return found

    def _judge(self, finder: Finder, split: str) -> float:
        return statistics.fmean(
            ndcg(self._find(finder, text), relevant) for text, relevant in self.asked[split]
        )

    def _find(self, finder: Finder, text: str) -> list[int]:
        page = finder.find(Search(text), Window(limit=10))
        return [self.numbers[paper.id] for paper in page.papers]


def measure(corpus: Corpus, shipped: Encoder, without: Encoder) -> None:
    """Measure related pairs, old and new, and the share of words in a search."""
    minilm, _ = load(MINILM)
    ours = {
        "words and shipped": shipped,
        "words and shipped, trained without the new file": without,
    }
    encoders = ours | {"words and MiniLM": minilm}
    ten = Lent.build(corpus, "ten-none", few_records(corpus))
    pairs = pairs_of(named_pairs(corpus, "related-10k-pairs.tsv"), ten.library)
    rows = [ten.relate(name, pairs, encoder) for name, encoder in encoders.items()]
    write("shipped-related", "Related pairs among 10,000 papers", rows, by=_BY)
    records, named = new_records(corpus, FEW)
    new = Lent.build(corpus, "new-none", records)
    pairs = pairs_of(named, new.library)
    rows = [new.relate(name, pairs, encoder) for name, encoder in ours.items()]
    title = f"{len(pairs)} related pairs among 10,000 papers of 2025 and 2026"
    write("shipped-new", title, rows, by=_BY)
    weigh_words(Claims.read(corpus), {"shipped": shipped, "MiniLM": minilm})


def weigh_words(claims: Claims, encoders: dict[str, Encoder]) -> None:
    """Write nDCG@10 of SciFact's claims by the default search for shares of words."""
    rows = [_weigh_row("words alone", "", claims.try_weights(None, [1.0])[1.0])]
    for name, encoder in encoders.items():
        for weight, gains in claims.try_weights(encoder, _WEIGHTS).items():
            rows.append(_weigh_row(name, f"{weight}", gains))
    title = "SciFact by default, by the share of words in the blend"
    write("shipped-weights", title, rows, by=_BY)


def _weigh_row(name: str, weight: str, gains: dict[str, float]) -> dict[str, object]:
    of_splits = {f"{split} nDCG@10": f"{gain:.4f}" for split, gain in gains.items()}
    return {"encoder": name, "share of words": weight} | of_splits

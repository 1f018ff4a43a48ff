"""The exam of encoders: finds pairs among 10,000 papers, and claims, by exact cosine."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.corpus import Corpus
from benchmarks.judged import claims, documents, few_records, named_pairs, ndcg
from index.meaning.encoders.encoder import Encoder, compose_text


@dataclass
class Exam:
    """Pairs among few papers, and claims with the abstracts they are about."""

    papers: list[str]
    pairs: np.ndarray
    documents: list[str]
    claims: dict[str, list[tuple[str, dict[int, int]]]]

    @classmethod
    def read(cls, corpus: Corpus) -> "Exam":
        few = few_records(corpus)
        places = {record["id"]: place for place, record in enumerate(few)}
        named = named_pairs(corpus, "related-10k-pairs.tsv")
        found = [paper for _, paper in documents(corpus)]
        numbers = {number: n for n, (number, _) in enumerate(documents(corpus))}
        judged = {
            split: [
                (text, {numbers[n]: grade for n, grade in relevant.items()})
                for text, relevant in claims(corpus, split, file)
            ]
            for split, file in (("train", "queries-train.jsonl"), ("test", "queries.jsonl"))
        }
        return cls(
            ["{title}. {abstract}".format(**record) for record in few],
            np.array([[places[one] for one in pair] for pair in named]),
            [compose_text(paper) for paper in found],
            judged,
        )

    def row(self, name: str, encoders: Sequence[Encoder]) -> dict[str, object]:
        """Return the mean, and the least and the greatest where there are several."""
        results = [self.result(encoder) for encoder in encoders]
        row: dict[str, object] = {"encoder": name}
        for what in results[0]:
            values = [result[what] for result in results]
            row[what] = f"{statistics.fmean(values):.4f}"
            if len(values) > 1:
                row[what] = f"{row[what]} ({min(values):.4f} to {max(values):.4f})"
        return row

    def result(self, encoder: Encoder) -> dict[str, float]:
        """Return hits of both halves of the pairs, and gains of both sets of claims."""
        vectors = encoder.encode(self.papers)
        sources, named = self.pairs.T
        scores = vectors[sources] @ vectors.T
        scores[np.arange(len(sources)), sources] = -2.0
        own = scores[np.arange(len(sources)), named]
        hits = (scores > own[:, None]).sum(axis=1) < 10
        found = {
            "hit@10, half chosen on": float(hits[::2].mean()),
            "hit@10, other half": float(hits[1::2].mean()),
        }
        texts = encoder.encode(self.documents)
        for split, asked in self.claims.items():
            nearest = encoder.encode([text for text, _ in asked]) @ texts.T
            order = np.argsort(-nearest, axis=1)[:, :10]
            gains = [ndcg(o.tolist(), r) for o, (_, r) in zip(order, asked, strict=True)]
            found[f"SciFact {split} nDCG@10"] = statistics.fmean(gains)
        return found

"""Trains the static model that ships, from both big dumps, and measures it.

What was tried is compared on some of the papers first, one thing changed at a time. Each
model is read back from the folder that would ship, int8 and all. Choices are made on the
even half of the pairs and on SciFact's train claims.
"""

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.card import write_card
from benchmarks.corpus import NEW, OLD, Corpus
from benchmarks.exam import Exam
from benchmarks.lending import Claims, newcomers, ten_thousand
from benchmarks.packed import pack
from benchmarks.schooling import FIRST, TWO, Read, asked_pairs
from benchmarks.tables import write
from benchmarks.teaching import ALL_WAYS, Teaching, taught
from index.meaning.encoders.choosing import load
from index.meaning.encoders.encoder import Encoder
from index.meaning.encoders.shipped import SHIPPED
from index.meaning.encoders.static import StaticEncoder
from index.meaning.encoders.training import (
    encode_tokens,
    encode_words,
    load_minilm_tokenizer,
    weigh,
)
from index.meaning.encoders.vocabulary import add_words
from index.meaning.vectors.files import Floats

_SOME = 150_000  # papers that variants are compared on
_WEIGHTS = (0.35, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a model is made of; pairs of papers are as many as a share of the papers."""

    papers: int | None = None
    words: bool = True
    dimensions: int = 256
    pairs: str = FIRST
    share: float = 0.5
    teaching: Teaching = field(default_factory=Teaching)


BASE = Recipe(papers=_SOME)
CHOSEN = Recipe()

TRIED: dict[str, Recipe] = {
    "base: 256 dimensions, words, first author's next paper": BASE,
    "MiniLM's tokens only": replace(BASE, words=False),
    "papers that share two authors": replace(BASE, pairs=TWO),
    "no pairs of papers": replace(BASE, share=0.0),
    "batches of 1,024": replace(BASE, teaching=Teaching(batch=1_024)),
    "two epochs": replace(BASE, teaching=Teaching(epochs=2)),
    "all four directions in one softmax": replace(
        BASE, teaching=Teaching(directions=ALL_WAYS)
    ),
    "scale 30": replace(BASE, teaching=Teaching(scale=30.0)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A model that was trained, and of what."""

    encoder: Encoder
    recipe: Recipe
    papers: int
    pairs: int
    tokens: int
    steps: int
    seconds: float

    def facts(self) -> dict[str, object]:
        """Return what its README tells of it."""
        teaching = self.recipe.teaching
        return {
            "papers": f"{self.papers:,}",
            "pairs of papers": f"{self.pairs:,} ({self.recipe.pairs})",
            "tokens": f"{self.tokens:,}",
            "dimensions": self.recipe.dimensions,
            "seed": teaching.seed,
            "epochs": teaching.epochs,
            "batch": f"{teaching.batch:,}",
            "steps": f"{self.steps:,}",
            "learning rate": teaching.learning_rate,
            "scale of the loss": teaching.scale,
            "directions of the loss": ", ".join(teaching.directions),
        }


def run(corpus: Corpus) -> None:
    """Compare what was tried, train what ships, and one without the new file."""
    asked = asked_pairs(corpus)
    old, both = Read.of(corpus, OLD), Read.of(corpus, OLD, NEW)
    exam = Exam.read(corpus)
    rows = []
    for name, recipe in TRIED.items():
        made = trained(both, recipe, asked, corpus.scratch / "tried")
        rows.append(exam.row(name, [made.encoder]) | {"seconds": f"{made.seconds:.0f}"})
        write("shipped-tried", f"Tried on {_SOME:,} papers", rows, by="shipped")
    directory = corpus.scratch / "shipped"
    made = trained(both, CHOSEN, asked, directory)
    write_card(directory, made.facts())
    print(f"{directory} is what ships; checksums are in its README.md", flush=True)
    without = trained(old, CHOSEN, asked, corpus.scratch / "shipped-old")
    measure(corpus, made.encoder, without.encoder)


def trained(
    read: Read, recipe: Recipe, asked: frozenset[frozenset[str]], directory: Path
) -> Made:
    """Train a model, write it, and open it."""
    seed = recipe.teaching.seed
    read = read.drawn(recipe.papers, seed) if recipe.papers else read
    counts = read.words.items() if recipe.words else ()
    tokenizer, added = add_words(load_minilm_tokenizer(), counts)
    most = int(len(read.ids) * recipe.share)
    lessons = read.lessons(tokenizer, asked, recipe.pairs, most)
    vectors = np.concatenate([encode_tokens(), _words(tuple(added))])
    start = weigh(_reduced(vectors, recipe.dimensions), lessons)
    batches = recipe.teaching.batches(lessons)
    found, seconds = taught(start, tokenizer, batches, recipe.teaching)
    pack(found, tokenizer, directory, SHIPPED.version)
    return Made(
        encoder=StaticEncoder.open(directory),
        recipe=recipe,
        papers=len(read.ids),
        pairs=len(lessons.pairs),
        tokens=len(found),
        steps=len(batches),
        seconds=seconds,
    )


def measure(corpus: Corpus, encoder: Encoder, without: Encoder) -> None:
    """Measure related pairs, old and new, and the share of words in a search."""
    ten, pairs = ten_thousand(corpus)
    rows = [
        ten.related("words and shipped", pairs, encoder),
        ten.related("words and shipped, trained without the new file", pairs, without),
        ten.related("words and MiniLM", pairs, load("minilm")[0]),
    ]
    write("shipped-related", "Related pairs among 10,000 papers", rows, by="shipped")
    new, pairs = newcomers(corpus)
    rows = [
        new.related("words and shipped", pairs, encoder),
        new.related("words and shipped, trained without them", pairs, without),
        new.related("words and MiniLM", pairs, load("minilm")[0]),
    ]
    title = f"{len(pairs)} related pairs among 10,000 papers of 2025 and 2026"
    write("shipped-new", title, rows, by="shipped")
    _weigh(corpus, {"shipped": encoder, "MiniLM": load("minilm")[0]})


def _weigh(corpus: Corpus, encoders: dict[str, Encoder]) -> None:
    """Write nDCG@10 of SciFact's claims by the default search for shares of words."""
    claims = Claims.of(corpus)
    rows = []
    words = {split: claims.weighed(None, [1.0], split)[1.0] for split in claims.asked}
    rows.append(_weighed("words alone", "", words))
    for name, encoder in encoders.items():
        found = {split: claims.weighed(encoder, _WEIGHTS, split) for split in claims.asked}
        for weight in _WEIGHTS:
            of_splits = {split: gains[weight] for split, gains in found.items()}
            rows.append(_weighed(name, f"{weight}", of_splits))
    title = "SciFact by default, share of words in the blend"
    write("shipped-weights", title, rows, by="shipped")


def _weighed(name: str, weight: str, gains: dict[str, float]) -> dict[str, object]:
    of_splits = {f"{split} nDCG@10": f"{gain:.4f}" for split, gain in gains.items()}
    return {"encoder": name, "share of words": weight} | of_splits


def _reduced(vectors: Floats, dimensions: int) -> Floats:
    """Return the greatest principal components."""
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(centred, rowvar=False))
    found: Floats = (centred @ axes[:, ::-1][:, :dimensions]).astype(np.float32)
    return found


@cache
def _words(words: tuple[str, ...]) -> Floats:
    return encode_words(words)

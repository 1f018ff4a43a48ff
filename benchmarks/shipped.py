"""Trains the static model that ships, from both big dumps, and measures it.

Variants are compared on some of the papers first, and differ in one thing. Each model is
read back from the folder that would ship, int8 and all. Choices are made on the even half
of the pairs and on SciFact's train claims.
"""

import time
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.card import write_card
from benchmarks.corpus import NEW, OLD, Corpus
from benchmarks.curriculum import MOST_WORDS, Curriculum, School
from benchmarks.distilling import weigh
from benchmarks.exam import Exam
from benchmarks.lending import measure
from benchmarks.packed import pack
from benchmarks.schooling import FIRST, TWO, Papers, read_asked
from benchmarks.tables import write
from benchmarks.teaching import Teaching, teach
from index.meaning.encoders.lessons import Lessons
from index.meaning.encoders.shipped import RECORD
from index.meaning.encoders.static import StaticEncoder
from index.meaning.vectors.files import Floats

_SOME = 150_000  # papers that variants are compared on
_RARE = 50.0  # occurrences of a token that count as rare


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that a model is made of, besides its papers."""

    words: bool = True
    trained: int = 256  # dimensions while it is taught
    dimensions: int = 256
    rarity: float = 0.0  # the power of a token's rarity that its row is multiplied with
    curriculum: Curriculum = field(default_factory=Curriculum)
    teaching: Teaching = field(default_factory=Teaching)

    def tell(self) -> dict[str, object]:
        """Tell the recipe, as the model's README does."""
        lessons, teaching = self.curriculum, self.teaching
        return {
            "dimensions": self.dimensions,
            "dimensions while trained": self.trained,
            "pairs of papers": ", ".join(lessons.pairs) or "none",
            "power of rarity": self.rarity,
            "share of excerpts": lessons.excerpts,
            "share of alike batches": lessons.alike,
            "seed": teaching.seed,
            "epochs": teaching.epochs,
            "batch": f"{teaching.batch:,}",
            "learning rate": teaching.learning_rate,
            "scale of the loss": teaching.scale,
            "directions of the loss": ", ".join(teaching.directions),
        }


BASE = Recipe()
CHOSEN = replace(BASE, teaching=Teaching(epochs=2))
ALL_FOUR = Recipe(
    rarity=0.75,
    curriculum=Curriculum(pairs=(FIRST, TWO), most_pairs=0.5, excerpts=0.5, alike=0.5),
)

TRIED: dict[str, Recipe] = {
    "base": BASE,
    "excerpts find the rest": replace(BASE, curriculum=Curriculum(excerpts=0.5)),
    "both kinds of pairs": replace(BASE, curriculum=Curriculum(pairs=(FIRST, TWO))),
    "half of the batches of alike papers": replace(BASE, curriculum=Curriculum(alike=0.5)),
    "rare tokens longer": replace(BASE, rarity=0.75),
    "the four above together": ALL_FOUR,
    "two epochs": replace(BASE, teaching=Teaching(epochs=2)),
    "384 dimensions, reduced when trained": replace(BASE, trained=384),
    "scale 30": replace(BASE, teaching=Teaching(scale=30.0)),
    "learning rate 0.01": replace(BASE, teaching=Teaching(learning_rate=0.01)),
    "no pairs of papers": replace(BASE, curriculum=Curriculum(pairs=())),
    "MiniLM's tokens only": replace(BASE, words=False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A model that was trained, and of what."""

    encoder: StaticEncoder
    facts: dict[str, object]
    seconds: float


def run(corpus: Corpus) -> None:
    """Compare what was tried, train what ships, and one without the new file."""
    asked = read_asked(corpus)
    papers = Papers.read(corpus, OLD, NEW)
    compare(Exam.read(corpus), papers.draw(_SOME, seed=7), asked, corpus.scratch)
    directory = corpus.scratch / "shipped"
    made = make(School.make(papers, asked), CHOSEN, directory)
    write_card(directory, made.facts)
    print(f"{directory} is what ships; checksums are in its README.md", flush=True)
    del papers
    old = School.make(Papers.read(corpus, OLD), asked)
    measure(corpus, made.encoder, make(old, CHOSEN, corpus.scratch / "without").encoder)


def compare(
    exam: Exam, papers: Papers, asked: frozenset[frozenset[str]], scratch: Path
) -> None:
    """Train each variant on some papers, and examine it."""

    @cache
    def school(most_words: int) -> School:
        return School.make(papers, asked, most_words)

    rows = []
    for name, recipe in TRIED.items():
        made = make(school(MOST_WORDS if recipe.words else 0), recipe, scratch / "tried")
        row = exam.row(name, [made.encoder]) | {"seconds": f"{made.seconds:.0f}"}
        rows.append(row)
        write("shipped-tried", f"Tried on {len(papers):,} papers", rows, by="shipped")


def make(school: School, recipe: Recipe, directory: Path) -> Made:
    """Train a model, write it, and open it."""
    began = time.perf_counter()
    lessons = school.prepare(recipe.curriculum)
    teaching = recipe.teaching
    batches = [
        batch
        for epoch in range(teaching.epochs)
        for batch in school.make_batches(
            lessons, recipe.curriculum, teaching.batch, teaching.seed + epoch
        )
    ]
    start = weigh(reduce(school.start, recipe.trained), lessons)
    vectors = teach(start, school.tokenizer, batches, teaching)
    counts = count_tokens(lessons, len(vectors))
    if recipe.dimensions < recipe.trained:
        vectors = reduce(vectors, recipe.dimensions, counts)
    vectors = lengthen(vectors, counts, recipe.rarity)
    pack(vectors, school.tokenizer, directory, RECORD.version)
    facts = {
        "papers": f"{len(school.papers):,}",
        "tokens": f"{len(vectors):,}",
        "titles taught with their abstracts": f"{len(school.papers):,}",
        "pairs of papers taught": f"{len(lessons.pairs):,}",
        "steps": f"{len(batches):,}",
    }
    return Made(
        encoder=StaticEncoder.open(directory).speed_up(),
        facts=facts | recipe.tell(),
        seconds=time.perf_counter() - began,
    )


def count_tokens(lessons: Lessons, tokens: int) -> Floats:
    """Count the occurrences of each token."""
    titles, abstracts = (
        bags.count_tokens(tokens) for bags in (lessons.titles, lessons.abstracts)
    )
    return (titles + abstracts).astype(np.float32)


def lengthen(vectors: Floats, counts: Floats, power: float) -> Floats:
    """Make the rows of rare tokens longer, so that they count more in a text."""
    rarity = np.log1p(counts.sum() / (counts + _RARE))
    return vectors * ((rarity / rarity.mean()) ** power)[:, None].astype(np.float32)


def reduce(vectors: Floats, dimensions: int, weights: Floats | None = None) -> Floats:
    """Return the greatest principal components, of vectors that count alike if not said.

    Weighted vectors are not centred, for cosines between texts shall stay.
    """
    if dimensions >= vectors.shape[1]:
        return vectors
    if weights is None:
        vectors = vectors - vectors.mean(axis=0)
        weights = np.ones(len(vectors), dtype=np.float32)
    _, axes = np.linalg.eigh((vectors * weights[:, None]).T @ vectors)
    found: Floats = (vectors @ axes[:, ::-1][:, :dimensions]).astype(np.float32)
    return found

"""Variants of the static encoder: changes one thing at a time, with several seeds.

Every encoder learns from all papers of the library and is asked for pairs among 10,000
of them, ids stripped, and for SciFact's abstracts, by exact cosine alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import faiss
import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from torch.nn import functional

from benchmarks.corpus import Corpus
from benchmarks.distilling import (
    encode_tokens,
    encode_words,
    load_minilm_tokenizer,
    weigh,
)
from benchmarks.exam import Exam
from benchmarks.tables import write
from index import Library, Paper, Shelf
from index.meaning.encoders.choosing import load
from index.meaning.encoders.encoder import Encoder, compose_text
from index.meaning.encoders.lessons import (
    Lessons,
    Material,
    Pairs,
    Recipe,
    collect,
    cut_batches,
)
from index.meaning.encoders.sentences import find_minilm
from index.meaning.encoders.static import StaticEncoder
from index.meaning.encoders.training import (
    Lesson,
    make_ranking_loss,
    save,
    train,
    train_static,
)
from index.meaning.encoders.vocabulary import LEAST
from index.meaning.vectors.files import Floats

SEEDS = (1, 2, 3)
_SOME_PAPERS = 200_000
_FEWER_DIMENSIONS = 256
_VOCABULARY = 60_000  # tokens; two bytes name one
_ALIKE = 256  # papers of one cluster in a batch
_CLUSTERS = 512
_TEACHER_PAPERS = 16_384
_TEACHER_TOKENS = 128
_TEACHER_SHARE = 10.0  # of the teacher's loss against that of a batch of pairs
_READ = 2_000


def run(corpus: Corpus) -> None:
    """Train and measure every variant."""
    library = Shelf(corpus.library()).library()
    exam = Exam.read(corpus)
    rows = [exam.row("MiniLM", [load("minilm")[0]])]
    school = School.over(library)
    for name, variant in VARIANTS.items():
        print(name, flush=True)
        encoders = [variant(school, replace(Recipe(), seed=seed)) for seed in SEEDS]
        rows.append(exam.row(name, encoders))
        write("encoders", f"Static encoders, {len(SEEDS)} seeds each", rows)


@dataclass
class School:
    """All that the variants learn from, made once."""

    library: Library
    tokenizer: Tokenizer
    lessons: Lessons
    own: tuple[Tokenizer, Lessons, Floats] | None = None
    clusters: np.ndarray | None = None
    teacher: tuple[np.ndarray, torch.Tensor] | None = None

    @classmethod
    def over(cls, library: Library) -> "School":
        tokenizer = load_minilm_tokenizer()
        lessons = collect(material(library), tokenizer, Recipe())
        return cls(library, tokenizer, lessons)


def papers(library: Library) -> Iterator[Paper]:
    """Return all papers in the order of the dump."""
    return chain.from_iterable(library.catalog.read_batches(_READ))


def material(library: Library) -> Material:
    """Return all that a library has to train on."""
    return Material(
        papers=papers(library),
        count=library.catalog.count(),
        words=dict(library.vocabulary.words(LEAST)),
    )


def plain(school: School, recipe: Recipe) -> Encoder:
    """Train MiniLM's tokens on all papers, to compare the others with."""
    return _trained(school, recipe, _ranked(school.lessons.make_batches(recipe), recipe))


def without_authors(school: School, recipe: Recipe) -> Encoder:
    """Train on titles and abstracts alone."""
    lessons = replace(school.lessons, pairs=school.lessons.pairs[:0])
    return _trained(school, recipe, _ranked(lessons.make_batches(recipe), recipe))


def fewer_papers(school: School, recipe: Recipe) -> Encoder:
    """Train on some of the papers, and as large a part of the pairs of authors."""
    chance = np.random.default_rng(recipe.seed)
    all_papers, pairs = len(school.lessons.titles), school.lessons.pairs
    drawn = chance.permutation(all_papers)[:_SOME_PAPERS]
    kept = chance.permutation(pairs)[: len(pairs) * _SOME_PAPERS // all_papers]
    batches = [
        school.lessons.pair_titles(some) for some in cut_batches(drawn, recipe.batch)
    ]
    batches += [
        school.lessons.pair_papers(some) for some in cut_batches(kept, recipe.batch)
    ]
    return _trained(school, recipe, _ranked(_mixed(batches, recipe), recipe))


def fewer_dimensions(school: School, recipe: Recipe) -> Encoder:
    """Train the greatest principal components of the tokens' vectors."""
    vectors = encode_tokens() - encode_tokens().mean(axis=0)
    _, _, axes = np.linalg.svd(vectors, full_matrices=False)
    start = weigh(vectors @ axes[:_FEWER_DIMENSIONS].T, school.lessons)
    lessons = _ranked(school.lessons.make_batches(recipe), recipe)
    return _encoder(train(start, lessons, recipe, _silent), school.tokenizer)


def as_built(school: School, recipe: Recipe) -> Encoder:
    """Train what a rebuild trains: frequent words have tokens of their own."""
    with TemporaryDirectory() as place:
        model = Path(place) / "model"
        train_static(material(school.library), model, recipe=recipe)
        return StaticEncoder.open(model)


def own_vocabulary(school: School, recipe: Recipe) -> Encoder:
    """Train on the tokens of the dump's own words instead of MiniLM's."""
    if school.own is None:
        tokenizer = _own_tokenizer(papers(school.library))
        lessons = collect(material(school.library), tokenizer, recipe)
        school.own = tokenizer, lessons, encode_words(_texts_of(tokenizer))
    tokenizer, lessons, vectors = school.own
    ranked = _ranked(lessons.make_batches(recipe), recipe)
    return _encoder(train(weigh(vectors, lessons), ranked, recipe, _silent), tokenizer)


def hard_negatives(school: School, recipe: Recipe) -> Encoder:
    """Train half of the titles among papers of the same clusters, the likeliest errors."""
    if school.clusters is None:
        school.clusters = _clusters(plain(school, recipe), school)
    chance = np.random.default_rng(recipe.seed)
    order = chance.permutation(len(school.clusters))
    half = len(order) // 2
    near = order[:half][np.argsort(school.clusters[order[:half]], kind="stable")]
    pieces = chance.permutation(np.array([*cut_batches(near, _ALIKE)])).reshape(-1)
    batches = [school.lessons.pair_titles(s) for s in cut_batches(pieces, recipe.batch)]
    batches += [
        school.lessons.pair_titles(s) for s in cut_batches(order[half:], recipe.batch)
    ]
    pairs = school.lessons.pairs
    batches += [
        school.lessons.pair_papers(some) for some in cut_batches(pairs, recipe.batch)
    ]
    return _trained(school, recipe, _ranked(_mixed(batches, recipe), recipe))


def distilled(school: School, recipe: Recipe) -> Encoder:
    """Train as built, and to find papers as alike as MiniLM does."""
    if school.teacher is None:
        school.teacher = _teacher(school, recipe)
    places, vectors = school.teacher
    chance = np.random.default_rng(recipe.seed)
    lessons = _ranked(school.lessons.make_batches(recipe), recipe)
    imitated: list[Lesson] = []
    while 8 * len(imitated) < len(lessons):
        imitated += [
            _imitation(school.lessons, places[some], vectors[some], recipe)
            for some in cut_batches(chance.permutation(len(places)), recipe.batch)
        ]
    mixed = [*lessons, *imitated]
    mixed = [mixed[place] for place in chance.permutation(len(mixed))]
    return _trained(school, recipe, mixed)


Variant = Callable[[School, Recipe], Encoder]

VARIANTS: dict[str, Variant] = {
    "static, MiniLM's tokens": plain,
    "no pairs of one author": without_authors,
    f"{_SOME_PAPERS:,} papers": fewer_papers,
    f"{_FEWER_DIMENSIONS} dimensions": fewer_dimensions,
    f"{_VOCABULARY:,} tokens learned from the dump": own_vocabulary,
    "hard negatives (clusters)": hard_negatives,
    "MiniLM's similarities too": distilled,
    "as built: MiniLM's tokens and words of the dump": as_built,
}


def _ranked(batches: Sequence[Pairs], recipe: Recipe) -> list[Lesson]:
    return [make_ranking_loss(batch, recipe.scale) for batch in batches]


def _mixed(batches: list[Pairs], recipe: Recipe) -> list[Pairs]:
    order = np.random.default_rng(recipe.seed).permutation(len(batches))
    return [batches[place] for place in order]


def _trained(school: School, recipe: Recipe, lessons: Sequence[Lesson]) -> Encoder:
    start = weigh(encode_tokens(), school.lessons)
    return _encoder(train(start, lessons, recipe, _silent), school.tokenizer)


def _encoder(vectors: Floats, tokenizer: Tokenizer) -> Encoder:
    with TemporaryDirectory() as place:
        save(vectors, tokenizer, Path(place) / "model")
        return StaticEncoder.open(Path(place) / "model")


def _silent(_done: int, _of: int) -> None:
    """Say nothing of the steps."""


def _own_tokenizer(read: Iterator[Paper]) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))  # noqa: S106  a token of text
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=_VOCABULARY, special_tokens=["[PAD]", "[UNK]"], show_progress=False
    )
    texts = (compose_text(paper) for paper in read)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def _texts_of(tokenizer: Tokenizer) -> list[str]:
    names = (tokenizer.id_to_token(n) for n in range(tokenizer.get_vocab_size()))
    return [name.removeprefix("##") for name in names if name is not None]


def _clusters(encoder: Encoder, school: School) -> np.ndarray:
    """Return which cluster each paper's abstract is of."""
    batches = school.library.catalog.read_batches(_READ)
    vectors = np.concatenate(
        [encoder.encode([p.abstract for p in batch]) for batch in batches]
    )
    means = faiss.Kmeans(vectors.shape[1], _CLUSTERS, niter=8, spherical=True, seed=1)
    means.train(vectors)
    return means.index.search(vectors, 1)[1][:, 0]


def _teacher(school: School, recipe: Recipe) -> tuple[np.ndarray, torch.Tensor]:
    """Return some papers and MiniLM's vectors of them."""
    count = school.library.catalog.count()
    chance = np.random.default_rng(recipe.seed)
    places = np.sort(chance.permutation(count)[:_TEACHER_PAPERS])
    model = SentenceTransformer(str(find_minilm()))
    model.max_seq_length = _TEACHER_TOKENS
    read = school.library.catalog.by_keys((places + 1).tolist())
    texts = [compose_text(paper) for paper in read]
    return places, model.encode(texts, convert_to_tensor=True).cpu()


def _imitation(
    lessons: Lessons, places: np.ndarray, teacher: torch.Tensor, recipe: Recipe
) -> Lesson:
    """Return how far similarities are from the teacher's (Kullback and Leibler)."""

    def loss(table: torch.nn.EmbeddingBag) -> torch.Tensor:
        ids, starts = lessons.titles.join(places, lessons.abstracts)
        own = functional.normalize(table(torch.from_numpy(ids), torch.from_numpy(starts)))
        self_alike = torch.eye(len(own), dtype=torch.bool)
        scores, wanted = (
            (vectors @ vectors.T * recipe.scale).masked_fill(self_alike, -1e4)
            for vectors in (own, teacher)
        )
        return _TEACHER_SHARE * functional.kl_div(
            scores.log_softmax(dim=1), wanted.softmax(dim=1), reduction="batchmean"
        )

    return loss

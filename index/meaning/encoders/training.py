"""Training of a static encoder on a dump: the shipped model learns from its papers.

The vector of a token starts as the shipped model's; that of a word which the dump has
often, as the mean of its pieces. Then titles learn to find their abstracts, and papers
the next paper of their first author, among the others of a batch: the multiple negatives
ranking loss of Henderson et al. 2017, both ways. Imports torch, as `sentences.py` does.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.meaning.encoders.lessons import Material, Pairs, Recipe, collect
from index.meaning.encoders.shipped import open_shipped
from index.meaning.encoders.static import RECIPE, VERSION, StaticEncoder
from index.meaning.encoders.vocabulary import add_words
from index.meaning.vectors.files import Floats

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

Watch = Callable[[int, int], None]
"""Called with the number of steps done, and their total."""

Lesson = Callable[["torch.nn.EmbeddingBag"], "torch.Tensor"]
"""Returns the loss of a table of vectors on one batch."""


_WARM_UP = 0.05  # of all steps


def train_static(
    material: Material,
    directory: Path,
    *,
    recipe: Recipe | None = None,
    watch: Watch = lambda _done, _of: None,
) -> None:
    """Train on papers and write the model into a new directory.

    The same material, recipe and number of threads give the same model. With fewer pairs
    than a batch it is the shipped model with more words. Raises EncoderMissing, OSError.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    recipe = recipe or Recipe()
    start = open_shipped().speed_up()
    tokenizer, added = add_words(start.load_tokenizer(), material.words.items())
    lessons = collect(material, tokenizer, recipe)
    ranked = [
        make_ranking_loss(batch, recipe.scale) for batch in lessons.make_batches(recipe)
    ]
    vectors = np.concatenate([start.vectors, average_pieces(added, start)])
    save(train(vectors, ranked, recipe, watch), tokenizer, directory)


def average_pieces(words: Sequence[str], encoder: StaticEncoder) -> Floats:
    """Return for each word the mean of the vectors of its pieces, not of unit length."""
    pieces = encoder.load_tokenizer().encode_batch_fast(words, add_special_tokens=False)
    means = [encoder.vectors[piece.ids].mean(axis=0) for piece in pieces]
    return np.array(means, dtype=np.float32).reshape(len(words), encoder.dimensions)


def make_ranking_loss(batch: Pairs, scale: float) -> Lesson:
    """Return the loss of Henderson et al.: each text must find its partner, both ways."""
    import torch  # noqa: PLC0415  torch is slow to load
    from torch.nn import functional  # noqa: PLC0415

    def loss(table: "torch.nn.EmbeddingBag") -> "torch.Tensor":
        left, right = (
            functional.normalize(table(torch.from_numpy(ids), torch.from_numpy(starts)))
            for ids, starts in batch()
        )
        scores = left @ right.T * scale
        own = torch.arange(len(scores))
        there = functional.cross_entropy(scores, own)
        return there + functional.cross_entropy(scores.T, own)

    return loss


def train(
    vectors: Floats, lessons: Sequence[Lesson], recipe: Recipe, watch: Watch
) -> Floats:
    """Train the tokens' vectors in one pass over all lessons."""
    import torch  # noqa: PLC0415  torch is slow to load

    torch.manual_seed(recipe.seed)
    start = torch.tensor(vectors)
    table = torch.nn.EmbeddingBag.from_pretrained(start, freeze=False, mode="mean")
    optimizer = torch.optim.Adam(table.parameters(), lr=recipe.learning_rate)
    for step, lesson in enumerate(lessons):
        done = step / len(lessons)
        rate = recipe.learning_rate * min(1.0, done / _WARM_UP + 0.01) * (1 - done)
        optimizer.param_groups[0]["lr"] = rate
        loss = lesson(table)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        watch(step + 1, len(lessons))
    found: Floats = table.weight.detach().numpy()
    return found


def save(vectors: Floats, tokenizer: "Tokenizer", directory: Path) -> None:
    """Write a model that StaticEncoder opens into a new directory. Raises OSError."""
    from model2vec import StaticModel  # noqa: PLC0415  not before it is needed

    table = vectors.astype(np.float16)
    model = StaticModel(table, tokenizer, {RECIPE: VERSION}, normalize=True)
    model.save_pretrained(directory)

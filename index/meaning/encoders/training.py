"""Training of the static encoder: MiniLM's tokens learn from the dump's own papers.

The vector of a token starts as MiniLM's encoding of the token alone (model2vec's
distillation, van Dongen and Tulkens 2024), weighted by how rare the token is. Then
titles learn to find their abstracts, and papers the next paper of their first author,
among the others of a batch: the multiple negatives ranking loss of Henderson et al.
2017, both ways. Imports torch, as `sentences.py` does.
"""

import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.meaning.encoders.lessons import Lessons, Material, Pairs, Recipe, collect
from index.meaning.encoders.sentences import find_minilm, open_model
from index.meaning.encoders.static import RECIPE, VERSION
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
_RARE = 50.0  # occurrences of a token that count as rare
_DISTILLED_AT_ONCE = 512


def train_static(
    material: Material,
    directory: Path,
    *,
    teacher: Path | None = None,
    recipe: Recipe | None = None,
    watch: Watch = lambda _done, _of: None,
) -> None:
    """Train on papers and write the model into a new directory.

    `teacher` is where another model than MiniLM lies, with WordPiece tokens too. The same
    material, teacher, recipe and number of threads give the same model. With fewer pairs
    than a batch it is the mere distillation. Raises EncoderMissing, OSError.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    recipe = recipe or Recipe()
    teacher = teacher or find_minilm()
    tokenizer, added = add_words(load_tokenizer(teacher), material.words.items())
    lessons = collect(material, tokenizer, recipe)
    ranked = [
        make_ranking_loss(batch, recipe.scale) for batch in lessons.make_batches(recipe)
    ]
    vectors = np.concatenate([encode_tokens(teacher), encode_words(added, teacher)])
    vectors = weigh(vectors, lessons)
    save(train(vectors, ranked, recipe, watch), tokenizer, directory)


def load_minilm_tokenizer() -> "Tokenizer":
    """Load MiniLM's tokenizer, without padding and truncation. Raises EncoderMissing."""
    return load_tokenizer(find_minilm())


def load_tokenizer(teacher: Path) -> "Tokenizer":
    """Load the tokenizer of a model, without padding and truncation."""
    from tokenizers import Tokenizer  # noqa: PLC0415  not before it is needed

    tokenizer = Tokenizer.from_file(str(teacher / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@cache
def encode_tokens(teacher: Path | None = None) -> Floats:
    """Encode each token of MiniLM, or of another teacher, by itself.

    With MiniLM that is a minute, so only once.
    """
    import torch  # noqa: PLC0415  torch is slow to load

    model = open_model(str(teacher or find_minilm()))
    ends = model.tokenizer.cls_token_id, model.tokenizer.sep_token_id
    vocabulary = len(model.tokenizer)
    rows = []
    with torch.inference_mode():
        for start in range(0, vocabulary, _DISTILLED_AT_ONCE):
            ids = range(start, min(start + _DISTILLED_AT_ONCE, vocabulary))
            tokens = torch.tensor([[ends[0], i, ends[1]] for i in ids]).to(model.device)
            features = {"input_ids": tokens, "attention_mask": torch.ones_like(tokens)}
            rows.append(model(features)["sentence_embedding"].cpu().numpy())
    return np.concatenate(rows)


def encode_words(words: Sequence[str], teacher: Path | None = None) -> Floats:
    """Encode each word by itself with a teacher; 30,000 take a minute."""
    model = open_model(str(teacher or find_minilm()))
    found: Floats = model.encode(
        list(words), batch_size=_DISTILLED_AT_ONCE, show_progress_bar=False
    )
    return found.reshape(len(words), int(model.get_embedding_dimension() or 0))


def weigh(vectors: Floats, lessons: Lessons) -> Floats:
    """Centre the tokens' vectors, and make those of rare tokens longer."""
    vectors = vectors - vectors.mean(axis=0)
    count = len(vectors)
    counts = lessons.titles.count_tokens(count) + lessons.abstracts.count_tokens(count)
    rarity = np.log1p(max(counts.sum(), 1) / (counts + _RARE))
    vectors *= (rarity / rarity.mean())[:, None].astype(np.float32)
    scaled: Floats = vectors / np.linalg.norm(vectors, axis=1).mean()
    return scaled


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
        loss.backward()  # type: ignore[no-untyped-call]
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

"""Training the static encoder: MiniLM's tokens, taught by the dump's own papers.

The vector of a token begins as what MiniLM makes of the token alone (model2vec's
distillation, van Dongen and Tulkens 2024), weighted by how rare the token is. Then
titles learn to find their abstracts, and papers the next paper of their first author,
among the others of a batch: the multiple negatives ranking loss of Henderson et al.
2017, both ways. The other of the two files that import torch.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.meaning.sentences import minilm_directory
from index.meaning.static import VERSION
from index.meaning.token_bags import TokenBags
from index.papers.paper import Author, Paper

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

Watch = Callable[[int, int], None]
"""Called with how many steps are done, and of how many."""

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a training is made of. The numbers were measured (DECISIONS.md).

    `papers` and `author_pairs` are the most that are looked at, drawn by the seed.
    `scale` is the inverse temperature of the loss; the learning rate falls to zero.
    """

    seed: int = 1
    papers: int = 600_000
    author_pairs: int = 300_000
    batch: int = 2_048
    learning_rate: float = 0.005
    scale: float = 20.0


_WARM_UP = 0.05  # of all steps
_MOST_BY_AUTHOR = 40  # papers; a name with more stands for several people
_RARE = 50.0  # occurrences of a token that count as rare
_DISTILLED_AT_ONCE = 512
_AT_ONCE = 4_096  # papers whose texts are in memory


def train_static(
    papers: Callable[[], Iterator[Paper]],
    count: int,
    directory: Path,
    *,
    recipe: Recipe | None = None,
    watch: Watch = lambda _done, _of: None,
) -> None:
    """Train on `count` papers and write the model into a new directory.

    The same papers, recipe and number of threads give the same model. With fewer pairs
    than a batch it is the mere distillation. Raises EncoderMissing, OSError.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    recipe = recipe or Recipe()
    tokenizer = _tokenizer()
    lessons = _collect(papers(), count, tokenizer, recipe)
    weights = _distilled(tokenizer.get_vocab_size(), lessons)
    _save(_taught(weights, lessons, recipe, watch), tokenizer, directory)


@dataclass(slots=True)
class _Lessons:
    """The tokens of titles and of abstracts, and pairs of papers with one first author."""

    titles: TokenBags = field(default_factory=TokenBags)
    abstracts: TokenBags = field(default_factory=TokenBags)
    pairs: Ids = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))


def _tokenizer() -> "Tokenizer":
    from tokenizers import Tokenizer  # noqa: PLC0415  not before it is needed

    tokenizer = Tokenizer.from_file(str(minilm_directory() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _collect(
    papers: Iterator[Paper], count: int, tokenizer: "Tokenizer", recipe: Recipe
) -> _Lessons:
    """Read the papers once; keep the tokens of those that are drawn."""
    chance = np.random.default_rng(recipe.seed)
    drawn = np.ones(count, dtype=bool)
    if count > recipe.papers:
        drawn[:] = False
        drawn[chance.choice(count, recipe.papers, replace=False)] = True
    lessons = _Lessons()
    by_author: dict[Author, list[int]] = {}
    batch: list[Paper] = []
    for place, paper in enumerate(papers):
        if not drawn[place]:
            continue
        if paper.authors and paper.authors[0].first:
            author = paper.authors[0]
            by_author.setdefault(author, []).append(len(lessons.titles) + len(batch))
        batch.append(paper)
        if len(batch) == _AT_ONCE:
            _add(lessons, batch, tokenizer)
            batch.clear()
    _add(lessons, batch, tokenizer)
    pairs = np.array(list(_successive(by_author)), dtype=np.int64).reshape(-1, 2)
    lessons.pairs = chance.permutation(pairs)[: recipe.author_pairs]
    return lessons


def _add(lessons: _Lessons, papers: list[Paper], tokenizer: "Tokenizer") -> None:
    for bags, texts in (
        (lessons.titles, [paper.title for paper in papers]),
        (lessons.abstracts, [paper.abstract for paper in papers]),
    ):
        found = tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        bags.add([encoding.ids for encoding in found])


def _successive(by_author: dict[Author, list[int]]) -> Iterator[tuple[int, int]]:
    """Yield each paper of an author with the next, in the order of the dump."""
    for places in by_author.values():
        if len(places) <= _MOST_BY_AUTHOR:
            yield from pairwise(places)


def _distilled(vocabulary: int, lessons: _Lessons) -> "torch.Tensor":
    """Return MiniLM's vector of each token, centred, the rare ones longer."""
    import torch  # noqa: PLC0415  see the file's first line

    vectors = torch.from_numpy(_token_vectors(vocabulary))
    vectors = vectors - vectors.mean(dim=0)
    counts = lessons.titles.counts(vocabulary) + lessons.abstracts.counts(vocabulary)
    rarity = np.log1p(max(counts.sum(), 1) / (counts + _RARE))
    vectors *= torch.tensor(rarity / rarity.mean(), dtype=torch.float32)[:, None]
    scaled: torch.Tensor = vectors / vectors.norm(dim=1).mean()
    return scaled


@cache
def _token_vectors(vocabulary: int) -> NDArray[np.float32]:
    """Return what MiniLM makes of each token alone; it takes a minute, so only once."""
    import torch  # noqa: PLC0415  see the file's first line
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    model = SentenceTransformer(str(minilm_directory()))
    ends = model.tokenizer.cls_token_id, model.tokenizer.sep_token_id
    rows = []
    with torch.inference_mode():
        for start in range(0, vocabulary, _DISTILLED_AT_ONCE):
            ids = range(start, min(start + _DISTILLED_AT_ONCE, vocabulary))
            tokens = torch.tensor([[ends[0], i, ends[1]] for i in ids]).to(model.device)
            features = {"input_ids": tokens, "attention_mask": torch.ones_like(tokens)}
            rows.append(model(features)["sentence_embedding"].cpu().numpy())
    return np.concatenate(rows)


def _taught(
    weights: "torch.Tensor", lessons: _Lessons, recipe: Recipe, watch: Watch
) -> "torch.Tensor":
    """Return the weights after one pass over all pairs."""
    import torch  # noqa: PLC0415  see the file's first line
    from torch.nn import functional  # noqa: PLC0415

    torch.manual_seed(recipe.seed)
    table = torch.nn.EmbeddingBag.from_pretrained(weights, freeze=False, mode="mean")
    optimizer = torch.optim.Adam(table.parameters(), lr=recipe.learning_rate)
    batches = _batches(lessons, recipe)
    right = torch.arange(recipe.batch)
    for step, batch in enumerate(batches):
        done = step / len(batches)
        rate = recipe.learning_rate * min(1.0, done / _WARM_UP + 0.01) * (1 - done)
        optimizer.param_groups[0]["lr"] = rate
        sides = [
            functional.normalize(table(torch.from_numpy(ids), torch.from_numpy(starts)))
            for ids, starts in batch()
        ]
        scores = sides[0] @ sides[1].T * recipe.scale
        loss = functional.cross_entropy(scores, right)
        loss = loss + functional.cross_entropy(scores.T, right)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        watch(step + 1, len(batches))
    return table.weight.detach()


Bags = tuple[Ids, Ids]


def _batches(lessons: _Lessons, recipe: Recipe) -> list[Callable[[], tuple[Bags, Bags]]]:
    """Return whole batches of both kinds of pairs, mixed; each is made when it is due."""
    chance = np.random.default_rng(recipe.seed)
    titles, abstracts = lessons.titles, lessons.abstracts
    found: list[Callable[[], tuple[Bags, Bags]]] = [
        lambda some=some: (titles.bags(some), abstracts.bags(some))  # type: ignore[misc]
        for some in _whole(chance.permutation(len(titles)), recipe.batch)
    ]
    found += [
        lambda some=some: (  # type: ignore[misc]
            titles.bags(some[:, 0], abstracts),
            titles.bags(some[:, 1], abstracts),
        )
        for some in _whole(lessons.pairs, recipe.batch)
    ]
    return [found[place] for place in chance.permutation(len(found))]


def _whole(items: Ids, size: int) -> Iterator[Ids]:
    return (items[n : n + size] for n in range(0, len(items) - size + 1, size))


def _save(weights: "torch.Tensor", tokenizer: "Tokenizer", directory: Path) -> None:
    from model2vec import StaticModel  # noqa: PLC0415  not before it is needed

    table = weights.numpy().astype(np.float16)
    model = StaticModel(table, tokenizer, {"winnow_recipe": VERSION}, normalize=True)
    model.save_pretrained(directory)

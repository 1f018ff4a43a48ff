"""Distillation of MiniLM: its encoding of each token and word alone (model2vec's way).

See van Dongen and Tulkens 2024. What it makes, the shipped model begins with.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from index.meaning.encoders.lessons import Lessons
from index.meaning.encoders.sentences import find_minilm, open_model
from index.meaning.vectors.files import Floats

_RARE = 50.0  # occurrences of a token that count as rare
_DISTILLED_AT_ONCE = 512


def load_minilm_tokenizer() -> Tokenizer:
    """Load MiniLM's tokenizer, without padding and truncation. Raises EncoderMissing."""
    return load_tokenizer(find_minilm())


def load_tokenizer(teacher: Path) -> Tokenizer:
    """Load the tokenizer of a model, without padding and truncation."""
    tokenizer = Tokenizer.from_file(str(teacher / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@cache
def encode_tokens(teacher: Path | None = None) -> Floats:
    """Encode each token of MiniLM, or of another teacher, by itself.

    With MiniLM that is a minute, so only once.
    """
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

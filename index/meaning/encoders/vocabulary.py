"""The vocabulary of a static encoder: its tokens, and frequent words they split.

The vectors of its pieces say little about a word; a vector of its own can be trained.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MOST_TOKENS = 65_536
"""Tokens at most, those of the tokenizer included (token_bags.py)."""

LEAST = 20
"""Papers that must contain a word, or its vector would learn nothing."""


def add_words(
    tokenizer: "Tokenizer",
    counts: Iterable[tuple[str, int]],
    least: int = LEAST,
    most: int = MOST_TOKENS,
) -> tuple["Tokenizer", list[str]]:
    """Add the most frequent words to a WordPiece tokenizer; return it and the words.

    `counts` are words in lower case with their numbers of papers. Words with letters
    other than a to z stay in pieces, for the tokenizer may normalise them.
    """
    often = [(-count, word) for word, count in counts if count >= least]
    words = [word for _, word in sorted(often) if word.isascii() and word.isalpha()]
    pieces = tokenizer.encode_batch_fast(words, add_special_tokens=False)
    added = [w for w, p in zip(words, pieces, strict=True) if len(p.ids) > 1][:most]
    content = json.loads(tokenizer.to_str())
    known = content["model"]["vocab"]
    first = len(known)
    added = added[: MOST_TOKENS - first]
    known |= {word: first + place for place, word in enumerate(added)}
    return tokenizer.from_str(json.dumps(content)), added

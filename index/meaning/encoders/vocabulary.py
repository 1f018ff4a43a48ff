"""The tokens of a static encoder: MiniLM's, and frequent words that it has in pieces.

A vector a piece tells little of a word; a vector of its own can be taught.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MOST = 35_000
"""Words that are added; with MiniLM's tokens they are below 65,536 (token_bags.py)."""

LEAST = 20
"""Papers that a word must be in, or its vector would learn nothing."""


def with_words(
    tokenizer: "Tokenizer", counts: Iterable[tuple[str, int]]
) -> tuple["Tokenizer", list[str]]:
    """Return a WordPiece tokenizer with the most frequent words added, and these.

    `counts` are words in lower case with their numbers of papers. Words of other letters
    than a to z stay in pieces, as the tokenizer may write them otherwise.
    """
    often = [(-count, word) for word, count in counts if count >= LEAST]
    words = [word for _, word in sorted(often) if word.isascii() and word.isalpha()]
    pieces = tokenizer.encode_batch_fast(words, add_special_tokens=False)
    added = [w for w, p in zip(words, pieces, strict=True) if len(p.ids) > 1][:MOST]
    content = json.loads(tokenizer.to_str())
    known = content["model"]["vocab"]
    first = len(known)
    known |= {word: first + place for place, word in enumerate(added)}
    return tokenizer.from_str(json.dumps(content)), added

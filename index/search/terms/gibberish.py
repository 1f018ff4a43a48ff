"""Gibberish: words that fingers write, not people. Some papers contain even these."""

import re

_LEAST = 4  # letters
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUNS = {row[at : at + 4] for row in _KEYS for at in range(len(row) - 3)}
_PAIRS = "zx xz vq jq jx xj wq fq zj vx jz qx qz qk qj kx vj jv".split()
_UNLIKELY = re.compile("|".join((r"(.)\1\1", *sorted(_RUNS), *_PAIRS)))


def is_gibberish(text: str) -> bool:
    """Tell whether every word of a text has letters in a row that no language has."""
    words = text.lower().split()
    return bool(words) and all(map(_is_noise, words))


def _is_noise(word: str) -> bool:
    return (
        len(word) >= _LEAST
        and word.isascii()
        and word.isalpha()
        and _UNLIKELY.search(word) is not None
    )

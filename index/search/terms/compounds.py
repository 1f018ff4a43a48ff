"""Words with punctuation in them, such as `non-invasive` and `C++`.

A hyphenated word can be found joined, for `noninvasive` is the same word; a programming
language keeps the sign that tells it from a letter.
"""

import re
from collections.abc import Iterator

_LONGEST = 40
_HYPHENATED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")
_HYPHEN = re.compile("[-‐‑]")
_LANGUAGE = re.compile(r"(?<![^\W_])([^\W\d_])(\+\+|#)(?![^\W_])")
_SIGNS = {"++": "plusplus", "#": "sharp"}


def join_compounds(text: str) -> list[str]:
    """Return the one-word forms of a text's compounds: noninvasive, Cplusplus."""
    if not text.isascii():
        text = _HYPHEN.sub("-", text)
    found = []
    if "-" in text:  # looking around hyphens is twenty times as fast as at the text
        candidates = " ".join(_cut_around_hyphens(text))
        found = [match[0].replace("-", "") for match in _HYPHENATED.finditer(candidates)]
    if "++" in text or "#" in text:
        found += [match[1] + _SIGNS[match[2]] for match in _LANGUAGE.finditer(text)]
    return [word for word in found if len(word) <= _LONGEST]


def _cut_around_hyphens(text: str) -> Iterator[str]:
    """Yield what stands between spaces and has a hyphen."""
    at = text.find("-")
    while at >= 0:
        end = text.find(" ", at)
        yield text[text.rfind(" ", 0, at) + 1 : end if end >= 0 else None]
        at = text.find("-", end) if end >= 0 else -1


def join_compound(word: str) -> str | None:
    """Return the one-word form of a whole word, or None where it is no compound."""
    if _HYPHENATED.fullmatch(word) or _LANGUAGE.fullmatch(word):
        return next(iter(join_compounds(word)), None)
    return None


def is_language(word: str) -> bool:
    """Tell whether a word is a letter with the sign of a programming language."""
    return bool(_LANGUAGE.fullmatch(word))

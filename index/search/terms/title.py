"""Title keys: equal for one title, whatever its case, accents or punctuation."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from index.search.terms.script_forms import fold_forms

MAX_LENGTH = 400
"""Characters of a key; longer titles are equal if they begin alike."""

SAME = 97
"""From this likeness of keys on, in percent, titles may be of one work: rapidfuzz's
normalized indel similarity."""

MOST_TITLES = 24
"""Parts of a text that are looked up as titles."""

_SENTENCE_END = re.compile(
    r"(?<=[^\W_][^\W_])[.?!]+[\s,]+|\)[.?!,]\s+|[\"“”«»{}\n]+|\(\d{4}\w?\)"
)
_FEWEST_WORDS = 3
_LONG_TEXT = 6  # words of a text in which a title may stand
_NUMERAL = re.compile(r"\d+|[ivx]+|[a-z]")  # of a part, a version, a case
_WORDS = re.compile(r"[^\W_]+")


def is_nearly_same(title: str, other: str) -> bool:
    """Tell whether two titles differ in next to nothing, and not in a numeral."""
    one, two = _remember_key(title), _remember_key(other)
    return fuzz.ratio(one, two, score_cutoff=SAME) > 0 and _numerals(one) == _numerals(two)


def _numerals(key: str) -> list[str]:
    return [word for word in key.split() if _NUMERAL.fullmatch(word)]


def find_titles(text: str) -> tuple[str, ...]:
    """Return the title keys of a long text's sentences, alone and two by two."""
    parts = [key for part in _SENTENCE_END.split(text) if (key := title_key(part))]
    if len(parts) < 2 or sum(key.count(" ") + 1 for key in parts) < _LONG_TEXT:  # noqa: PLR2004  a part of it
        return ()
    pairs = [f"{one} {two}"[:MAX_LENGTH] for one, two in pairwise(parts)]
    telling = (k for k in (*parts, *pairs) if k.count(" ") + 1 >= _FEWEST_WORDS)
    return tuple(dict.fromkeys(telling))[:MOST_TITLES]


def title_key(title: str) -> str:
    r"""Return what equal titles have in common: folded words, one space apart.

    Case, accents and traditional characters are folded and everything but letters and
    digits dropped: `The $\ell_1$-norm: a "survey"` and `the ell 1 norm a survey` have one.
    """
    if not title.isascii():
        title = unicodedata.normalize("NFKD", fold_forms(title))
        title = "".join(c for c in title if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(title.casefold()))[:MAX_LENGTH]


_remember_key = lru_cache(1 << 10)(title_key)  # each of some titles beside each other

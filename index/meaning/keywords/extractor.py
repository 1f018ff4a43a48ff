"""The keyword extractor: finds the phrases a paper is about.

A phrase's score is a sum of features that tell keywords from other noun phrases:

    one word        -1.6   longer phrases say more
    in the title    +0.45
    ln(occurrences) +0.55
    ln(1 + place)   -0.17  in words from the beginning
    telling         +0.85  mean over its words of ln((titles + 1) / (abstracts + 5))

The last compares the numbers of titles and of abstracts in the library that contain a
word: topics of papers get into titles, mere phrasing does not. The weights are rounded
from a logistic regression (docs/decisions/keywords.md).
"""

import math
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.bounded_cache import remember
from index.meaning.keywords.candidates import Candidate, find_candidates
from index.meaning.keywords.prose import strip_markup
from index.meaning.keywords.surface import Surface

LIMIT = 10
"""Keywords of a paper that a build keeps."""

Frequencies = Callable[[str], tuple[int, int]]
"""Returns the numbers of titles and of abstracts that contain a lower-case word."""

_ONE_WORD, _IN_TITLE, _OCCURRENCES, _PLACE, _TELLING = -1.6, 0.45, 0.55, -0.17, 0.85
_WORD = re.compile(r"\w+")
_TIED = re.compile(r"[^\w\s'’‐‑–-]|_")
_SCRIPTS = re.compile(r"\$[^$]*\$|[_^(]\S*")
_PIECE = re.compile(r"[^\s‐‑–-]+")
_REMEMBERED = 1 << 16


@dataclass(frozen=True, slots=True)
class Keyword:
    """A phrase, and its score, which compares it only with others of the same text."""

    text: str
    score: float


class KeywordExtractor:
    """Extracts keywords, using a library's word counts. Safe to share between threads."""

    def __init__(self, frequencies: Frequencies, proper: Collection[str] = ()) -> None:
        """Keep the frequencies of words, and the words that are written with a capital."""
        self._frequencies = frequencies
        self._proper = frozenset(proper)
        self._telling = remember(_REMEMBERED, self._weigh_word)
        self._telling_of_all = remember(_REMEMBERED, self._weigh_words)

    def extract(self, title: str, abstract: str, limit: int = LIMIT) -> list[Keyword]:
        """Return the best keywords of a paper, best first; drop parts of better ones."""
        length = len(_WORD.findall(title))
        found = [*find_candidates(title), *find_candidates(abstract, length)]
        phrases = _gather(found, length)
        scored = [(self._score(phrase), phrase) for phrase in phrases]
        scored.sort(key=lambda pair: pair[0], reverse=True)
        surface = Surface(title, abstract, self._proper, self._count_abstracts)
        return [
            Keyword(surface.write(phrase.words, in_title=phrase.only_in_title), score)
            for score, phrase in _choose_distinct(scored, limit)
        ]

    def extract_from_text(
        self, text: str, title: str = "", limit: int = LIMIT
    ) -> list[Keyword]:
        """Return the best keywords of any text; it may contain Markdown, HTML and TeX."""
        return self.extract(title, strip_markup(text), limit)

    def _score(self, phrase: "_Phrase") -> float:
        return (
            _TELLING * self._telling_of_all(phrase.parts)
            + _OCCURRENCES * math.log(phrase.occurrences)
            + _PLACE * math.log1p(phrase.place)
            + (_IN_TITLE if phrase.in_title else 0.0)
            + (_ONE_WORD if len(phrase.parts) == 1 else 0.0)
        )

    def _weigh_words(self, words: tuple[str, ...]) -> float:
        return sum(map(self._telling, words)) / max(1, len(words))

    def _weigh_word(self, word: str) -> float:
        titles, abstracts = self._frequencies(word)
        return math.log((titles + 1) / (abstracts + 5))

    def _count_abstracts(self, word: str) -> int:
        return self._frequencies(word)[1]


@dataclass(slots=True)
class _Phrase:
    """All occurrences of one phrase, whatever its form."""

    words: tuple[str, ...]
    parts: tuple[str, ...]
    place: int
    folded: str  # between spaces
    in_title: bool
    only_in_title: bool
    occurrences: int = 1


def _gather(found: Iterable[Candidate], title_length: int) -> Sequence[_Phrase]:
    phrases: dict[str, _Phrase] = {}
    for words, place in found:
        in_title = place < title_length
        parts, folded = _fold_phrase(words)
        known = phrases.get(folded)
        if known is None:
            phrases[folded] = _Phrase(words, parts, place, folded, in_title, in_title)
            continue
        known.occurrences += 1
        if known.only_in_title and not in_title:
            known.words, known.only_in_title = words, False
    return list(phrases.values())


def _choose_distinct(
    scored: Iterable[tuple[float, _Phrase]], limit: int
) -> list[tuple[float, _Phrase]]:
    """Return the first phrases, leaving out any that contains or is part of another."""
    chosen: list[tuple[float, _Phrase]] = []
    for score, phrase in scored:
        if len(chosen) == limit:
            break
        if not any(_is_within(phrase, other) for _, other in chosen):
            chosen.append((score, phrase))
    return chosen


def _is_within(phrase: _Phrase, other: _Phrase) -> bool:
    """Tell whether one phrase is a part of the other, either way."""
    return phrase.folded in other.folded or other.folded in phrase.folded


@lru_cache(_REMEMBERED)
def fold_word(word: str) -> str:
    """Return a word in lower case and, roughly, in the singular."""
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004  "lies"
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("ses", "xes", "ches", "shes")):  # noqa: PLR2004
        return word[:-2]
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":  # noqa: PLR2004  "gas"
        return word[:-1]
    return word


@lru_cache(_REMEMBERED)
def _fold_phrase(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return a phrase's words in lower case, compounds split, and its folded form.

    The latter stands between spaces, so that a part is never half a word.
    What is tied to a word beside hyphens tells phrases apart, but counts as no word.
    """
    phrase = " ".join(words).lower()
    if not _TIED.search(phrase):
        parts = tuple(_WORD.findall(phrase))
        return parts, f" {' '.join(map(fold_word, parts))} "
    parts = tuple(_WORD.findall(_SCRIPTS.sub(" ", phrase)))
    return parts, f" {' '.join(map(fold_word, _PIECE.findall(phrase)))} "

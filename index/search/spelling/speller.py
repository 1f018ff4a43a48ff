"""The speller: for an unknown word, the most likely word of the library.

Candidates are the corpus' own words as they are written, with the number of papers each
is in. The nearest by optimal string alignment distance (Damerau-Levenshtein without
edits between transposed letters) wins, then the most frequent.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.errors import BrokenSnapshot
from index.search.spelling.words import read_words

MIN_LETTERS = 4
"""Letters of a word from which on one of them may be wrong."""

MIN_LETTERS_OF_TWO = 8
"""Letters of a word from which on two of them may be wrong."""

_WELL_KNOWN = 50  # papers that both halves of a run-together word are in
_SAME_START = 3  # times as likely as a word with another first letter


@dataclass(slots=True)
class Speller:
    """Corrects words. Reads its file when first asked; safe to share between threads."""

    file: Path
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _counts: Mapping[str, int] | None = field(default=None, repr=False)
    _by_edge: dict[tuple[str, str], list[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def open(cls, file: Path) -> Self:
        """Return a speller of a file that `write_words` wrote. Raises BrokenSnapshot."""
        if not file.is_file():
            raise BrokenSnapshot(f"cannot open {file}: there is no such file")
        return cls(file)

    def correct(self, word: str) -> str | None:
        """Return what a word was meant to be, one word or two, or None.

        The word is folded as the index has it. Words with digits and words of fewer
        than MIN_LETTERS letters are never corrected.
        """
        if len(word) < MIN_LETTERS or not word.isalpha():
            return None
        counts = self._words()
        wrong = 2 if len(word) >= MIN_LETTERS_OF_TWO else 1
        for distance in range(1, wrong + 1):
            near = [w for w in self._near(word, distance) if w != word]
            if near:
                return max(near, key=lambda w: _likelihood(word, w, counts[w]))
            if distance == 1 and (halves := _halves(word, counts)):
                return halves
        return None

    def count(self, word: str) -> int:
        """Return how many papers have a word; a run of words has its rarest one's."""
        counts = self._words()
        return min(counts.get(part, 0) for part in word.split())

    def _near(self, word: str, distance: int) -> list[str]:
        """Return the words so near that begin or end like a word.

        One slip leaves the first two letters or the last two as they were.
        """
        candidates = {w for edge in _edges(word) for w in self._by_edge.get(edge, ())}
        found = process.extract(
            word, candidates, scorer=OSA.distance, score_cutoff=distance, limit=None
        )
        return [near for near, _, _ in found]

    def _words(self) -> Mapping[str, int]:
        with self._lock:
            if self._counts is None:
                self._counts = read_words(self.file)
                for word in self._counts:
                    for edge in _edges(word):
                        self._by_edge.setdefault(edge, []).append(word)
            return self._counts


def _edges(word: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (word[:2], ""), ("", word[-2:])


def _likelihood(word: str, near: str, count: int) -> float:
    """Prefer frequent words, and those that begin alike: first letters are rarely wrong."""
    return count * (_SAME_START if word[0] == near[0] else 1)


def _halves(word: str, counts: Mapping[str, int]) -> str | None:
    """Return the two well-known words that a word is run together from."""
    splits = [
        (word[:at], word[at:])
        for at in range(3, len(word) - 2)
        if counts.get(word[:at], 0) >= _WELL_KNOWN
        and counts.get(word[at:], 0) >= _WELL_KNOWN
    ]
    best = max(splits, key=lambda pair: min(map(counts.__getitem__, pair)), default=None)
    return " ".join(best) if best else None

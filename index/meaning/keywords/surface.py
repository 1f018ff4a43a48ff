"""The surface form of a phrase, without capitals due to titles and sentences."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

_CAPITALISED = re.compile(r"[A-Z][a-z]+(?:[-‐‑–][A-Za-z][a-z]*)*")
_INSIDE = re.compile(r" (?<=[a-z,;] )([A-Z][a-z]+)\b")  # a space first: it is fast to find
_LOWER = re.compile(r"\b[a-z]+\b")
_FIRST_PART = re.compile(r"[^-‐‑–]+")
_COMMON = 50  # abstracts; a word in more of them that is not proper has no capital
_TITLE_CASE = 0.5  # of a title's words; with more of them capitalised, capitals say nothing


def find_capitalised(text: str) -> set[str]:
    """Return the words that are capitalised within a sentence, as written."""
    return set(_INSIDE.findall(text))


def find_proper_words(
    inside: Counter[str], abstracts: Callable[[str], int], least: int
) -> Iterator[str]:
    """Yield the words that are capitalised in most of the abstracts that contain them.

    `inside` counts abstracts by `find_capitalised`; `abstracts` counts those that
    contain a word in any case. Leaves out words of fewer than `least` abstracts.
    """
    for word, count in inside.items():
        if count >= least and 2 * count >= abstracts(word.lower()):
            yield word


class Surface:
    """Writes the phrases of one paper in their surface form."""

    def __init__(
        self,
        title: str,
        abstract: str,
        proper: Collection[str],
        abstracts: Callable[[str], int],
    ) -> None:
        """Keep a paper's texts, its library's proper words and its counts of abstracts."""
        self._proper = proper
        self._abstracts = abstracts
        self._title = title
        self._abstract = abstract
        self._words: tuple[set[str], set[str]] | None = None

    def write(self, words: Iterable[str], *, in_title: bool) -> str:
        """Write a phrase of the text; `in_title` if it occurs only in the title."""
        return " ".join(self._write_word(word, in_title=in_title) for word in words)

    def _write_word(self, word: str, *, in_title: bool) -> str:
        if word.islower() or not _CAPITALISED.fullmatch(word):
            return word
        first = _FIRST_PART.match(word)
        is_name = first and self._is_name(first[0], in_title=in_title)
        return word if is_name else word.lower()

    def _is_name(self, part: str, *, in_title: bool) -> bool:
        if part in self._proper:
            return True
        if self._abstracts(part.lower()) > _COMMON:
            return False
        capitals, lowers = self._read_cases()
        if part.lower() in lowers:
            return False
        stands_out = in_title and not self._is_title_case()
        return part in capitals or (stands_out and not self._title.startswith(part))

    def _read_cases(self) -> tuple[set[str], set[str]]:
        """Return the words capitalised within a sentence, and those in lower case."""
        if self._words is None:
            lowers = set(_LOWER.findall(self._abstract))
            if not self._is_title_case():
                lowers |= set(_LOWER.findall(self._title))
            self._words = find_capitalised(self._abstract), lowers
        return self._words

    def _is_title_case(self) -> bool:
        words = [word for word in self._title.split()[1:] if len(word) > 3]  # noqa: PLR2004  "with"
        capitals = sum(word[0].isupper() for word in words)
        return capitals > _TITLE_CASE * len(words)


def read_proper(file: Path) -> list[str]:
    """Return the words of a file that `write_proper` wrote. Raises OSError."""
    return file.read_text().splitlines()

"""Candidate keywords: runs of words that could be a noun phrase."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.meaning.keywords.word_classes import (
    VERBS_AFTER_PLURALS,
    WordClass,
    classify_word,
)
from index.meaning.keywords.words import PRIVATE, find_words, read_bare
from index.papers.mathtext import Formula, split

MAX_WORDS = 4
"""Words of a phrase at most."""

_LONGEST = 60  # letters; a longer string is no word
_MAX_RUN = 12  # words; a longer run without a break is no phrase
_PRIVATE = re.compile(f"[{PRIVATE}]")
_FIRST_PRIVATE = 0xE000
_MOST_HELD = 6_000
_END = " | "
_SIGN = re.compile(r"[^\W\d_](?:[_^(].*|/su[bp]\b.*|(?:\.[^\W\d_]\b)+\.?)?")
"""What says nothing by itself: a letter, `x_n`, `f(t)`, `A.D.`"""

_PASSIVE = frozenset("is are was were be been being has have had".split())
_BEFORE_VERBS = frozenset(
    "we i they you who can could may might must shall should will would cannot not".split()
)
_AFTER_TO = re.compile(
    r"\w+(?:ate|ify|ize|ise)|study|model|test|control|design|process|break"
)
_PLURAL = re.compile(r".*[^suia]s")
_REMEMBERED = 1 << 16
_BREAK, _FAINT = WordClass.BREAK, WordClass.FAINT
_PARTICIPLE, _GENERIC = WordClass.PARTICIPLE, WordClass.GENERIC


class Candidate(NamedTuple):
    """A run of words as written in a text; `place` counts the words before it."""

    words: tuple[str, ...]
    place: int


def find_candidates(text: str, start: int = 0) -> list[Candidate]:
    """Return the maximal phrases of a text, in order; `start` words stand before it.

    A formula ends a phrase, unless it is tied to a word: `$k$-means`, `CeCoIn$_5$`.
    """
    prose, held = _hold_formulas(text)
    found = [each for run in _find_runs(prose, start) for each in _split_run(*run)]
    if not held:
        return found
    whole = (Candidate(_release(words, held), place) for words, place in found)
    return [each for each in whole if max(map(len, each.words)) <= _LONGEST]


def _hold_formulas(text: str) -> tuple[str, list[str]]:
    """Return prose with a character for private use in place of each inline formula.

    A bar, which ends a phrase, stands for a display, and for what is too many.
    """
    if "$" not in text and "\\" not in text:
        return _PRIVATE.sub(" ", text) if not text.isascii() else text, []
    prose, held = list[str](), list[str]()
    for piece in split(text):
        if not isinstance(piece, Formula):
            prose.append(_PRIVATE.sub(" ", piece))
        elif piece.display or len(held) == _MOST_HELD:
            prose.append(_END)
        else:
            prose.append(chr(_FIRST_PRIVATE + len(held)))
            held.append(text[piece.start : piece.end])
    return "".join(prose), held


def _release(words: Sequence[str], held: Sequence[str]) -> tuple[str, ...]:
    def put_back(sign: re.Match[str]) -> str:
        return held[ord(sign[0]) - _FIRST_PRIVATE]

    return tuple(word if word.isascii() else _PRIVATE.sub(put_back, word) for word in words)


_Run = tuple[list[str], list[WordClass], int, str]


def _find_runs(prose: str, place: int) -> Iterator[_Run]:
    """Yield runs of words without a break: words, classes, place and the word before."""
    run: list[str] = []
    classes: list[WordClass] = []
    before = ""
    for word in find_words(prose):
        if word:
            place += 1
            kind = _classify(word) if len(word) <= _LONGEST else _BREAK
            if kind is not _BREAK:
                run.append(word)
                classes.append(kind)
                continue
        if run:
            yield run, classes, place - len(run) - bool(word), before
            run, classes = [], []
        before = word
    if run:
        yield run, classes, place - len(run), before


@lru_cache(_REMEMBERED)
def _classify(word: str) -> WordClass:
    """Return the class of a word as written."""
    return classify_word(read_bare(word).lower())


def _split_run(
    run: list[str], classes: list[WordClass], start: int, before: str
) -> Iterator[Candidate]:
    """Split a run where a participle is a verb, and yield the trimmed phrases."""
    if len(run) == 1 and classes[0] <= _GENERIC:
        return
    before = before.lower()
    first = int(_begins_with_verb(run[0].lower(), before))
    if _PARTICIPLE in classes:
        for at, kind in enumerate(classes):
            is_last = at + 1 == len(run)
            is_passive = at == 0 and before in _PASSIVE
            if kind is _PARTICIPLE and (is_last or is_passive):
                yield from _trim(run, classes, first, at, start)
                first = at + 1
    yield from _trim(run, classes, first, len(run) - _ends_with_verb(run), start)


def _begins_with_verb(word: str, before: str) -> bool:
    return before in _BEFORE_VERBS or (before == "to" and bool(_AFTER_TO.fullmatch(word)))


def _ends_with_verb(run: Sequence[str]) -> bool:
    if run[-1].lower() not in VERBS_AFTER_PLURALS:
        return False
    return len(run) > 1 and bool(_PLURAL.fullmatch(run[-2].lower()))


def _trim(
    run: Sequence[str], classes: Sequence[WordClass], first: int, end: int, start: int
) -> Iterator[Candidate]:
    while first < end and classes[first] is _FAINT:
        first += 1
    while first < end and classes[end - 1] <= _PARTICIPLE:
        end -= 1
    length = end - first
    if not 0 < length <= _MAX_RUN:
        return
    if length > MAX_WORDS:
        first = end - MAX_WORDS
    if length == 1 and (classes[first] is _GENERIC or _SIGN.fullmatch(run[first])):
        return
    yield Candidate(tuple(run[first:end]), start + first)

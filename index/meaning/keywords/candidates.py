"""Candidate keywords: runs of words that could be a noun phrase."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.meaning.keywords.word_classes import (
    VERBS_AFTER_PLURALS,
    WordClass,
    classify_as_written,
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words as written in a text; `place` counts the words before it."""

    words: tuple[str, ...]
    place: int


def find_candidates(text: str) -> list[Candidate]:
    """Return the maximal phrases of a text, in order.

    A formula ends a phrase, unless it is tied to a word: `$k$-means`, `CeCoIn$_5$`.
    """
    found: list[Candidate] = []
    prose, tied = _hold_formulas(text)
    for run, classes, start, before in _find_runs(prose):
        for each in _split_run(run, classes, start, before.lower()):
            words = tuple(_release(word, tied) for word in each.words)
            if max(map(len, words)) <= _LONGEST:
                found.append(Candidate(words, each.place))
    return found


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


def _release(word: str, held: Sequence[str]) -> str:
    if not held:
        return word
    return _PRIVATE.sub(lambda sign: held[ord(sign[0]) - _FIRST_PRIVATE], word)


_Run = tuple[list[str], list[WordClass], int, str]


def _find_runs(prose: str) -> Iterator[_Run]:
    """Yield runs of words without a break: words, classes, place and the word before."""
    run: list[str] = []
    classes: list[WordClass] = []
    place, before = 0, ""
    for word in find_words(prose):
        place += bool(word)
        if word and (kind := _classify(word)) is not WordClass.BREAK:
            run.append(word)
            classes.append(kind)
            continue
        if run:
            yield run, classes, place - len(run) - bool(word), before
            run, classes = [], []
        before = word
    if run:
        yield run, classes, place - len(run), before


def _classify(word: str) -> WordClass:
    is_word = len(word) <= _LONGEST
    return classify_as_written(read_bare(word)) if is_word else WordClass.BREAK


def _split_run(
    run: list[str], classes: list[WordClass], start: int, before: str
) -> Iterator[Candidate]:
    """Split a run where a participle is a verb, and yield the trimmed phrases."""
    first = int(_begins_with_verb(run[0].lower(), before))
    for at, kind in enumerate(classes):
        is_last = at + 1 == len(run)
        is_passive = at == 0 and before in _PASSIVE
        if kind is WordClass.PARTICIPLE and (is_last or is_passive):
            yield from _trim(run, classes, first, at, start)
            first = at + 1
    yield from _trim(run, classes, first, len(run) - _ends_with_verb(run), start)


def _begins_with_verb(word: str, before: str) -> bool:
    return before in _BEFORE_VERBS or (before == "to" and bool(_AFTER_TO.fullmatch(word)))


def _ends_with_verb(run: Sequence[str]) -> bool:
    *others, last = [word.lower() for word in run[-2:]]
    is_after_plural = bool(others) and bool(_PLURAL.fullmatch(others[0]))
    return is_after_plural and last in VERBS_AFTER_PLURALS


def _trim(
    run: Sequence[str], classes: Sequence[WordClass], first: int, end: int, start: int
) -> Iterator[Candidate]:
    while first < end and classes[first] is WordClass.FAINT:
        first += 1
    while first < end and classes[end - 1] <= WordClass.PARTICIPLE:
        end -= 1
    length = end - first
    if not 0 < length <= _MAX_RUN:
        return
    if length > MAX_WORDS:
        first = end - MAX_WORDS
    if length == 1 and (classes[first] is WordClass.GENERIC or _SIGN.fullmatch(run[first])):
        return
    yield Candidate(tuple(run[first:end]), start + first)

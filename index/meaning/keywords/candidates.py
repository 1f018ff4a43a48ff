"""Candidate keywords: runs of words that could be a noun phrase."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.meaning.keywords.word_classes import (
    VERBS_AFTER_PLURALS,
    WordClass,
    classify_as_written,
)
from index.papers.mathtext import Formula, split

MAX_WORDS = 4
"""Words of a phrase at most."""

_LONGEST = 60  # letters; a longer string is no word
_MAX_RUN = 12  # words; a longer run without a break is no phrase
_TOKEN = re.compile(
    r"""
    (?:https?://|www\.)\S+ | \{?\bthis\ https\ URL\b\}?             # no words
    | \\(?:cite|ref|eqref|label|url|footnote)[a-z]*\*?(?:\[[^\]]*\])*\{[^{}]*\}
    | \\[A-Za-z]+\*? | \[[\d,\s–-]+\]
    | (?P<word>(?:[^\W\d_]|[\ue000-\uf8ff])[^\W_\ue000-\uf8ff]*(?:(?<=\d)\.\d[^\W_]*)*
        (?:['’](?!s\b)[^\W_]+)?\*?(?:(?<!\*)|(?=[-‐‑–]))
        (?:[-‐‑–](?:[^\W_]|[\ue000-\uf8ff])+(?:(?<=\d)\.\d[^\W_]*)*)*
      | \d++(?:\.\d++)?[-‐‑–]?[^\W\d_][^\W_]*(?:[-‐‑–][^\W_]+)*)     # 3D
    | (?P<joint>['’]s\b)
    | (?P<stop>\d++|[^\s])
    """,
    re.VERBOSE,
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FIRST_PRIVATE = 0xE000
_MOST_TIED = 6_000
_TIED_AFTER = re.compile(r"[-‐‑–][^\W\d_]")
_TIED_BEFORE = re.compile(r"[^\W\d_][-‐‑–]$")
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

    A formula ends a phrase, unless a hyphen ties it to a word: `$k$-means`.
    """
    found: list[Candidate] = []
    place = 0
    prose, tied = _tie_formulas(text)
    for piece in prose:
        if not piece:
            place += 1
            continue
        for run, classes, start, before in _find_runs(piece, place):
            for each in _split_run(run, classes, start, before.lower()):
                words = tuple(_untie(word, tied) for word in each.words)
                if max(map(len, words)) <= _LONGEST:
                    found.append(Candidate(words, each.place))
            place = start + len(run)
    return found


def _tie_formulas(text: str) -> tuple[list[str], list[str]]:
    """Return the prose between formulas, and the formulas that are parts of words.

    Those stand in the prose as characters for private use; an empty text stands for each
    of the others.
    """
    pieces = list(split(text))
    prose, tied = [""], list[str]()
    for at, piece in enumerate(pieces):
        if not isinstance(piece, Formula):
            prose[-1] += _PRIVATE.sub(" ", piece)
            continue
        after = pieces[at + 1] if at + 1 < len(pieces) else ""
        is_tied = (isinstance(after, str) and _TIED_AFTER.match(after)) or (
            _TIED_BEFORE.search(prose[-1])
        )
        if is_tied and len(tied) < _MOST_TIED:
            prose[-1] += chr(_FIRST_PRIVATE + len(tied))
            tied.append(text[piece.start : piece.end])
        else:
            prose += ["", ""]
    return [piece for at, piece in enumerate(prose) if piece or at % 2], tied


def _untie(word: str, tied: Sequence[str]) -> str:
    return _PRIVATE.sub(lambda sign: tied[ord(sign[0]) - _FIRST_PRIVATE], word)


_Run = tuple[list[str], list[WordClass], int, str]


def _find_runs(prose: str, place: int) -> Iterator[_Run]:
    """Yield runs of words without a break: words, classes, place and the word before."""
    run: list[str] = []
    classes: list[WordClass] = []
    before = ""
    for word, joint, _ in _TOKEN.findall(prose):
        if word:
            place += 1
            is_word = len(word) <= _LONGEST
            kind = (
                classify_as_written(_PRIVATE.sub("x", word)) if is_word else WordClass.BREAK
            )
            if kind is not WordClass.BREAK:
                run.append(word)
                classes.append(kind)
                continue
        elif joint:
            continue
        if run:
            yield run, classes, place - len(run) - bool(word), before
            run, classes = [], []
        before = word
    if run:
        yield run, classes, place - len(run), before


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
    if length == 1 and (classes[first] is WordClass.GENERIC or len(run[first]) < 2):  # noqa: PLR2004  a letter
        return
    yield Candidate(tuple(run[first:end]), start + first)

"""The marker: finds in a text what a query looks for in one field.

One regular expression finds what begins like a word of the query; whether that has the
word's stem is asked once for each form.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz.distance import OSA

from index.papers.mathtext import find_formulas
from index.search.query.tree import Fuzzy, Leaf, Phrase, Prefix, Term
from index.search.terms.cjk import has_cjk
from index.search.terms.compounds import is_language, join_compound
from index.search.terms.script_forms import fold_character

Range = tuple[int, int]
"""[start, end) in Unicode code points."""

_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")
_HYPHEN = re.compile("[-‐‑]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_APART = r"[\W_]++"
_REST = r"[^\W_]*+"
_ENDS = r"(?![^\W_])"
REMEMBERED = 1 << 14
"""Code points whose letters are remembered: a stranger may send every one there is."""

_MOST_WAYS = 1_000
"""In how many ways words may lie apart; beyond it they are marked one by one."""


class Marker:
    """The words, phrases and beginnings to mark in one field."""

    def __init__(
        self, wanted: Sequence[Leaf], stem: Callable[[str], Sequence[str]]
    ) -> None:
        self._stem = stem
        self._wanted_stems: set[str] = set()
        self._fuzzy = [
            (_fold(leaf.text), leaf.distance) for leaf in wanted if isinstance(leaf, Fuzzy)
        ]
        self._near: dict[str, bool] = {}  # forms that were compared
        whole = dict.fromkeys(p for leaf in wanted for p in self._patterns(leaf))
        self._begun = tuple(sorted(self._beginnings(wanted)))
        begun = "|".join(map(re.escape, self._begun))
        parts = [*whole]
        if begun:
            parts.append(f"(?P<word>(?:{begun}){_REST})")
        if self._fuzzy:
            parts.append("(?P<any>[^\\W_]++)")
        # No lookbehind: a pattern that begins with letters is searched for fast.
        self.pattern = re.compile("|".join(parts)) if parts else None

    def ranges(self, text: str) -> Iterator[Range]:
        """Yield where the text matches, formulas and entities left out."""
        if self.pattern is None:
            return
        folded = _fold(text)
        found = [
            match.span()
            for match in self.pattern.finditer(folded)
            if _begins_word(folded, match.start()) and self._is_meant(match)
        ]
        if self._wanted_stems and _HYPHEN.search(text):
            found += self._joined(folded)
        if found:
            yield from _disjoint(sorted(found), _closed(text), text)

    def _is_meant(self, match: re.Match[str]) -> bool:
        kind = match.lastgroup
        if kind == "word":
            return self._has_stem(match[0]) or self._is_near(match[0])
        return kind != "any" or self._is_near(match[0])

    def _is_near(self, form: str) -> bool:
        if form not in self._near:
            self._near[form] = any(
                OSA.distance(form, text, score_cutoff=distance) <= distance
                for text, distance in self._fuzzy
            )
        return self._near[form]

    def _joined(self, folded: str) -> Iterator[Range]:
        """Yield compounds that are looked for as one word."""
        for start, end in _hyphenated(folded):
            for match in _COMPOUND.finditer(folded, start, end):
                form = _HYPHEN.sub("", match[0])
                if form.startswith(self._begun) and self._has_stem(form):
                    yield match.span()

    def _has_stem(self, form: str) -> bool:
        return not self._wanted_stems.isdisjoint(self._stem(form))

    def _beginnings(self, wanted: Sequence[Leaf]) -> Iterator[str]:
        """Yield how the forms of each single word begin; note the words' stems."""
        for leaf in wanted:
            if not isinstance(leaf, Term) or is_language(leaf.text) or has_cjk(leaf.text):
                continue
            joined = join_compound(leaf.text)
            for form in (_fold(leaf.text), _fold(joined) if joined else ""):
                stems = self._stem(form) if form else ()
                if len(stems) == 1:
                    self._wanted_stems.add(stems[0])
                    yield _shared(form, stems[0])

    def _patterns(self, leaf: Leaf) -> Iterator[str]:
        """Yield what matches without a look at stems."""
        match leaf:
            case Phrase(text=text, slop=slop):
                words = [re.escape(word) for word in _pieces(text)]
                if (slop + 1) ** max(0, len(words) - 1) > _MOST_WAYS:
                    yield from (word + _ENDS for word in words)
                elif words:
                    yield _between(slop).join(words) + _ENDS
            case Prefix(text=text) if words := [re.escape(w) for w in _pieces(text)]:
                yield _APART.join(words) + _REST
            case Term(text=text) if is_language(text):
                yield re.escape(text.lower()) + _ENDS
            case Term(text=text) if has_cjk(text):
                yield from map(re.escape, _pieces(text))
            case Term(text=text):
                parts = [self._part(word) for word in _pieces(text)]
                if len(parts) > 1:
                    yield _APART.join(parts) + _ENDS

    def _part(self, word: str) -> str:
        """Return what matches the forms of a compound's part, nearly."""
        stems = self._stem(word)
        start = _shared(word, stems[0]) if stems else word
        return re.escape(start) + (_REST if len(word) > 3 else "")  # noqa: PLR2004  short words have no forms


class Fold(dict[int, int]):
    """Folds letters to small ones without accents, one for one, so that places stay."""

    def __missing__(self, code: int) -> int:
        """Fold a letter, and remember it; all are forgotten when they are REMEMBERED."""
        letters = unicodedata.normalize("NFKD", chr(code).lower())
        is_one = all(map(unicodedata.combining, letters[1:]))
        folded = ord(fold_character(letters[0] if is_one else chr(code)))
        if len(self) >= REMEMBERED:
            self.clear()
        self[code] = folded
        return folded


_FOLDED = Fold()


def _fold(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def _hyphenated(text: str) -> Iterator[Range]:
    """Yield what stands between two spaces around each hyphen."""
    end = 0
    for hyphen in _HYPHEN.finditer(text):
        if hyphen.start() >= end:
            start = text.rfind(" ", end, hyphen.start()) + 1 or end
            end = text.find(" ", hyphen.end())
            end = len(text) if end < 0 else end
            yield start, end


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum() or has_cjk(text[at])


def _shared(form: str, stem: str) -> str:
    """Return how all forms of a word begin: what a form and its stem share.

    A stem's last i may be a y (study, studi), so it does not count.
    """
    length = next(
        (n for n, (a, b) in enumerate(zip(form, stem, strict=False)) if a != b),
        min(len(form), len(stem)),
    )
    shared = form[:length]
    return (shared.removesuffix("i") if len(shared) > 2 else shared) or form  # noqa: PLR2004  keep two letters


def _pieces(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return _WORD.findall(_fold(text))


def _between(slop: int) -> str:
    return _APART if not slop else rf"{_APART}(?:[^\W_]++{_APART}){{0,{slop}}}?"


def _closed(text: str) -> list[Range]:
    """Return where nothing is marked: formulas and HTML entities."""
    spans = [(formula.start, formula.end) for formula in find_formulas(text)]
    if "&" in text:
        spans += [match.span() for match in _ENTITY.finditer(text)]
    return sorted(spans)


def _disjoint(found: list[Range], closed: list[Range], text: str) -> Iterator[Range]:
    """Yield ranges without overlaps, around what is closed, combining marks included.

    Both lists are in order and are gone through once: a long text may have many of both.
    """
    end, past = 0, 0  # what is marked so far, and the closed ranges that lie before
    for start, after in found:
        begin, stop = max(start, end), _with_marks(text, after)
        while past < len(closed) and closed[past][0] < stop:
            shut, open_ = closed[past]
            if shut > begin:
                yield begin, shut
            begin = max(begin, open_)
            if open_ > stop:
                break  # it may close what follows, too
            past += 1
        if begin < stop:
            yield begin, stop
        end = max(end, stop, begin)


def _with_marks(text: str, at: int) -> int:
    while at < len(text) and not text[at].isascii() and unicodedata.combining(text[at]):
        at += 1
    return at

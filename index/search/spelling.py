"""What a word that no paper has was meant to be: did-you-mean from the corpus itself.

Candidates are the corpus' own words as they are written, with the number of papers each
is in. The nearest by optimal string alignment distance (Damerau-Levenshtein without
edits between transposed letters) wins, then the most frequent.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.errors import BrokenSnapshot
from index.search.query.tree import All, AnyOf, Field, Node, Phrase, Query, Term, Without
from index.search.terms.author_keys import fold_name

MIN_LETTERS = 4
"""Letters of a word from which on one of them may be wrong."""

MIN_LETTERS_OF_TWO = 8
"""Letters of a word from which on two of them may be wrong."""

RARE = 5
"""A word in fewer papers may be a slip, if a near one is FAR times as frequent."""

FAR = 200
_WELL_KNOWN = 50  # papers that both halves of a run-together word are in
_CORRECTED = (Field.ANY, Field.TITLE, Field.ABSTRACT, Field.AUTHOR)

Pairs = tuple[tuple[str, str], ...]


def write_words(words: Iterable[tuple[str, int]], file: Path) -> None:
    """Write words of letters with their numbers of papers, in order."""
    kept = sorted((word, count) for word, count in words if word.isalpha())
    text = "".join(f"{word} {count}\n" for word, count in kept)
    file.write_text(text, encoding="utf-8")


def read_words(file: Path) -> dict[str, int]:
    """Return what `write_words` wrote. Raises BrokenSnapshot."""
    try:
        pairs = map(str.split, file.read_text(encoding="utf-8").splitlines())
        return {word: int(count) for word, count in pairs}
    except (OSError, ValueError) as error:
        raise BrokenSnapshot(f"cannot read {file}: {error}") from error


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


def correct_query(
    query: Query, speller: Speller, frequency: Callable[[str], int]
) -> tuple[Query, Pairs] | None:
    """Return a query with its unknown words corrected, and the pairs; or None.

    `frequency` tells in how many papers a folded word is. Phrases are meant as they
    are written, and what is excluded cannot be missing.
    """
    if query.tree is None:
        return None
    pairs = {}
    for term in _correctable(query.tree):
        word = fold_name(term.text)
        if term.text not in pairs and (right := _correction(word, speller, frequency)):
            pairs[term.text] = right
    if not pairs:
        return None
    title = " ".join(_replaced(word, pairs) for word in query.title.split())
    tree = _corrected(query.tree, pairs)
    return replace(query, tree=tree, title=title), tuple(pairs.items())


def verbatim(query: Query) -> str:
    """Return a query's text with its plain words in quotes, which are never corrected."""

    def quoted(node: Node) -> Node:
        match node:
            case Term(field=where, text=text) if where in _CORRECTED:
                return Phrase(where, text) if where is not Field.AUTHOR else node
            case All(nodes=nodes):
                return All(tuple(map(quoted, nodes)))
            case AnyOf(nodes=nodes):
                return AnyOf(tuple(map(quoted, nodes)))
        return node

    tree = query.tree and quoted(query.tree)
    return replace(query, tree=tree).understood


def _correctable(node: Node) -> Iterator[Term]:
    match node:
        case Term(field=where, text=text) if where in _CORRECTED and text.isalpha():
            yield node
        case All(nodes=nodes) | AnyOf(nodes=nodes):
            for part in nodes:
                yield from _correctable(part)


def _correction(word: str, speller: Speller, frequency: Callable[[str], int]) -> str | None:
    count = frequency(word)
    if count >= RARE:
        return None
    right = speller.correct(word)
    if right and count and speller.count(right) < FAR * count:
        return None
    return right


def _corrected(node: Node, pairs: Mapping[str, str]) -> Node:
    match node:
        case Term(field=where, text=text) if where in _CORRECTED and text in pairs:
            terms = tuple(Term(where, word) for word in pairs[text].split())
            return terms[0] if len(terms) == 1 else All(terms)
        case All(nodes=nodes):
            return _joined(All, [_corrected(part, pairs) for part in nodes])
        case AnyOf(nodes=nodes):
            return _joined(AnyOf, [_corrected(part, pairs) for part in nodes])
    return node


def _joined(kind: type[All] | type[AnyOf], parts: Sequence[Node]) -> Node:
    """Join parts again, flat and without repetitions."""
    nodes: dict[Node, None] = {}
    for part in parts:
        nodes |= dict.fromkeys(part.nodes if isinstance(part, kind) else (part,))
    only = next(iter(nodes))
    return kind(tuple(nodes)) if len(nodes) > 1 or isinstance(only, Without) else only


def _replaced(word: str, pairs: Mapping[str, str]) -> str:
    return next((right for wrong, right in pairs.items() if fold_name(wrong) == word), word)


def _edges(word: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (word[:2], ""), ("", word[-2:])


def _likelihood(word: str, near: str, count: int) -> float:
    """Prefer frequent words, and those that begin alike: first letters are rarely wrong."""
    return count * (_SAME_START if word[0] == near[0] else 1)


_SAME_START = 3


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

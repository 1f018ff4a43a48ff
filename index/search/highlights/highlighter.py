"""The highlighter: ranges of a title and an abstract that match, and a snippet.

Ranges are [start, end) in Unicode code points, in order and disjoint, and never touch a
formula or an HTML entity.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from index.lazy import lazy_property
from index.papers.mathtext import find_formulas
from index.search.highlights.marker import Marker, Range
from index.search.query.tree import Field, Fuzzy, Phrase, Prefix, Query, Term, walk_leaves

SNIPPET = 300
"""Characters of a snippet at most."""

_LEAD = 60  # characters before the first match in which a snippet may begin
_SENTENCE = re.compile(r"[.!?]\s+(?=[^\W_])")


class Highlighter:
    """Marks what one query matches. Made for a query, used for a page of papers."""

    def __init__(self, query: Query, stems: Callable[[str], Sequence[str]]) -> None:
        """Take the query, and what tells as which terms words are looked for."""
        self._query = query
        self._stem: Callable[[str], Sequence[str]] = cache(stems)

    def ranges(self, text: str, field: Field) -> tuple[Range, ...]:
        """Return where a title or an abstract matches."""
        marker = self._title if field is Field.TITLE else self._abstract
        return tuple(marker.ranges(text)) if marker.pattern else ()

    def snippet(self, abstract: str, ranges: Sequence[Range] | None = None) -> Range:
        """Return the part of an abstract with the most different matches.

        `ranges` are those of the abstract, where they are known.
        """
        if ranges is None:
            ranges = self.ranges(abstract, Field.ABSTRACT)
        return _snippet(abstract, ranges)

    @lazy_property
    def _title(self) -> Marker:
        return self._marker(Field.TITLE)

    @lazy_property
    def _abstract(self) -> Marker:
        return self._marker(Field.ABSTRACT)

    def _marker(self, field: Field) -> Marker:
        wanted = [
            leaf
            for leaf in walk_leaves(self._query.tree)
            if isinstance(leaf, Term | Phrase | Prefix | Fuzzy)
            and leaf.field in (Field.ANY, field)
        ]
        return Marker(wanted, self._stem)


def split_marked(text: str, ranges: Iterable[Range]) -> list[tuple[str, bool]]:
    """Return the pieces of a text in order, each with whether it is in a range."""
    pieces, end = [], 0
    for start, stop in ranges:
        if start > end:
            pieces.append((text[end:start], False))
        pieces.append((text[start:stop], True))
        end = stop
    if end < len(text) or not pieces:
        pieces.append((text[end:], False))
    return pieces


def _snippet(text: str, ranges: Sequence[Range]) -> Range:
    if len(text) <= SNIPPET:
        return 0, len(text)
    start = _best_start(text, ranges) if ranges else 0
    end = min(len(text), start + SNIPPET)
    if end < len(text):
        space = text.rfind(" ", start + SNIPPET // 2, end)
        end = space if space > 0 else end
    for formula in find_formulas(text):
        if formula.start < start < formula.end:
            start = formula.start
        if formula.start < end < formula.end:
            end = formula.start if formula.start > start else formula.end
    return start, end


def _best_start(text: str, ranges: Sequence[Range]) -> int:
    """Return where a snippet begins that holds the most different matched words."""

    def held(at: int) -> int:
        inside = (r for r in ranges[at:] if r[1] <= ranges[at][0] + SNIPPET - _LEAD)
        return len({text[a:b].lower() for a, b in inside})

    first = ranges[max(range(min(len(ranges), 50)), key=held)][0]
    if first < SNIPPET - _LEAD:
        return 0
    sentences = [m.end() for m in _SENTENCE.finditer(text, first - _LEAD, first)]
    space = text.find(" ", first - _LEAD, first)
    return sentences[-1] if sentences else space + 1 if space >= 0 else first

"""Reasons: which of the keywords that a listing is sorted by a paper has."""

import re
from collections.abc import Iterable, Mapping, Sequence

from index import Paper

_WORD = re.compile(r"\w+")
_PLURAL = 4
"""Letters from which on an s at the end of a word is taken for a plural's."""


def find_matched(
    papers: Iterable[Paper], keywords: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return the keywords that each paper has, by its id; papers without any are left out.

    A paper has a keyword if words of its title, abstract or own keywords begin like all
    of the keyword's words.
    """
    stems = {keyword: frozenset(_cut(keyword)) for keyword in keywords}
    every = frozenset().union(*stems.values())
    found = {}
    for paper in papers:
        text = " ".join((paper.title, paper.abstract, *paper.keywords))
        words = f" {' '.join(_WORD.findall(text.lower()))}"
        had = {stem for stem in every if f" {stem}" in words}
        matched = tuple(k for k, parts in stems.items() if parts and parts <= had)
        if matched:
            found[paper.id] = matched
    return found


def _cut(keyword: str) -> Iterable[str]:
    """Yield the words of a keyword, in the singular where that is the beginning."""
    for word in _WORD.findall(keyword.lower()):
        yield word[:-1] if len(word) >= _PLURAL and word.endswith("s") else word

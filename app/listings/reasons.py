"""Reasons: which of the keywords that a listing is sorted by a paper has."""

import re
from collections.abc import Iterable, Mapping, Sequence

from index import Paper

_PLURAL = 4
"""Letters from which on an s at the end of a word is taken for a plural's."""


def find_matched(
    papers: Iterable[Paper], keywords: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return the keywords that each paper has, by its id; papers without any are left out.

    A paper has a keyword if words of its title, abstract or own keywords begin like all
    of the keyword's words.
    """
    forms = {keyword: [*_write_forms(keyword)] for keyword in keywords}
    found = {}
    for paper in papers:
        text = " ".join((paper.title, paper.abstract, *paper.keywords))
        matched = tuple(k for k, words in forms.items() if words and _has(text, words))
        if matched:
            found[paper.id] = matched
    return found


def _write_forms(keyword: str) -> Iterable[re.Pattern[str]]:
    for word in re.findall(r"\w+", keyword):
        stem = word[:-1] if len(word) >= _PLURAL and word.endswith("s") else word
        yield re.compile(rf"\b{re.escape(stem)}", re.IGNORECASE)


def _has(text: str, words: Iterable[re.Pattern[str]]) -> bool:
    return all(word.search(text) for word in words)

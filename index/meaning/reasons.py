"""Why a paper is related to others: what they share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.meaning.byline import Byline
from index.meaning.keywords import folded
from index.papers.paper import Paper

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What a paper shares: keywords of the others that stand in it, authors, categories."""

    keywords: tuple[str, ...]
    authors: tuple[str, ...]
    categories: tuple[str, ...]


def reasons_for(paper: Paper, liked: Sequence[Paper]) -> Reasons:
    """Return what a paper shares with any of the papers asked about."""
    text = f" {_folded(paper.title)} {_folded(paper.abstract)} "
    phrases = dict.fromkeys(keyword for other in liked for keyword in other.keywords)
    people = Byline.of(liked)
    codes = {code for other in liked for code in other.categories}
    return Reasons(
        keywords=tuple(phrase for phrase in phrases if f" {_folded(phrase)} " in text),
        authors=tuple(a.name for a in paper.authors if people.has(a)),
        categories=tuple(code for code in paper.categories if code in codes),
    )


@lru_cache(1 << 12)
def _folded(text: str) -> str:
    return " ".join(map(folded, _WORD.findall(text.lower())))

"""Reasons why a paper is related to others: what they share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from index.meaning.keywords.extractor import fold_word
from index.meaning.related.byline import Bylines
from index.papers.paper import Paper

_WORD = re.compile(r"\w+")


NAMED = 20
"""Authors, keywords and categories that reasons name; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Keywords found in both papers, shared authors, shared categories.

    At most NAMED of each are named; `more_keywords` and `more_authors` count the rest.
    """

    keywords: tuple[str, ...]
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    more_keywords: int = 0
    more_authors: int = 0


@dataclass(frozen=True, slots=True)
class Sought:
    """The features of the papers asked about, to be found in others.

    `phrases` are their keywords, and these as they are looked for.
    """

    phrases: dict[str, str]
    people: Bylines
    codes: frozenset[str]

    @classmethod
    def of(cls, liked: Sequence[Paper], people: Bylines) -> Self:
        """Return what any of some papers has; `people` are their authors."""
        return cls(
            {k: _folded(k.lower()) for paper in liked for k in paper.keywords},
            people,
            frozenset(code for paper in liked for code in paper.categories),
        )

    def shared_with(self, paper: Paper) -> Reasons:
        """Return what of it a paper has too."""
        keywords = self._find_keywords(f"{paper.title} {paper.abstract}".lower())
        authors = [a for a in paper.authors if self.people.find(a)]
        codes = [code for code in paper.categories if code in self.codes]
        return Reasons(
            keywords=tuple(keywords[:NAMED]),
            authors=tuple(author.name for author in authors[:NAMED]),
            categories=tuple(codes[:NAMED]),
            more_keywords=max(0, len(keywords) - NAMED),
            more_authors=max(0, len(authors) - NAMED),
        )

    def _find_keywords(self, text: str) -> list[str]:
        """Return the keywords that are in a text in lower case.

        Words are folded only where the beginnings of a phrase's words are in the text.
        """
        near = {
            keyword: words
            for keyword, words in self.phrases.items()
            if all(word.removesuffix("y") in text for word in words.split())
        }
        if not near:
            return []
        folded = f" {_folded(text)} "
        return [keyword for keyword, words in near.items() if f" {words} " in folded]


def _folded(text: str) -> str:
    return " ".join(map(fold_word, _WORD.findall(text)))

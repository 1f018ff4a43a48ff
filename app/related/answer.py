"""The JSON shapes of related papers and keywords, and the code that fills them."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field

from app.cards.shape import PartialShape, shape_paper
from app.web.contract import NoticeShape
from index import Keyword, Method, RelatedPage, RelatedPaper


class RelationShape(BaseModel):
    """The relation of a paper: its score and its reasons."""

    score: float = Field(
        description="From 0 to 1. With method=hybrid, roughly the probability that one "
        "names the other; with keywords, the share of words found; with vectors, cosine."
    )
    similarity: float | None = Field(description="The cosine, if the library has vectors.")
    keywords: list[str] = Field(
        description="Keywords of the given papers that this one has too; at most 20."
    )
    authors: list[str] = Field(
        description="Shared authors, as this paper writes them; at most 20."
    )
    categories: list[str] = Field(description="Shared categories.")
    more_keywords: int = Field(description="How many more keywords are shared.")
    more_authors: int = Field(description="How many more authors are shared.")


class RelatedShape(PartialShape):
    """A related paper, or only the requested fields of it."""

    related: RelationShape


class RelatedMeta(BaseModel):
    """Facts about the search for related papers."""

    took_ms: float
    like: list[str]
    unlike: list[str]
    method: Method = Field(description="The method used; without vectors, keywords.")
    notices: list[NoticeShape]
    snapshot: str
    next_cursor: None = None


class RelatedAnswer(BaseModel):
    """Related papers in the requested order, on a single page."""

    total: int = Field(description="The number listed: at most `limit`.")
    offset: int
    next: None
    data: list[RelatedShape]
    meta: RelatedMeta


class KeywordShape(BaseModel):
    """A phrase, and a score that compares it with others of the same text."""

    keyword: str
    score: float


class KeywordsAnswer(BaseModel):
    """The keywords of a text, best first."""

    data: list[KeywordShape]


def shape_related(
    page: RelatedPage, snapshot: str, fields: tuple[str, ...]
) -> dict[str, Any]:
    """Return related papers as a RelatedAnswer with only the given fields."""
    return {
        "total": len(page.papers),
        "offset": 0,
        "next": None,
        "data": [
            shape_paper(one.paper, fields) | {"related": _shape_relation(one)}
            for one in page.papers
        ],
        "meta": {
            "took_ms": page.took_ms,
            "like": [paper.id for paper in page.like],
            "unlike": [paper.id for paper in page.unlike],
            "method": page.method,
            "notices": page.notices,
            "snapshot": snapshot,
            "next_cursor": None,
        },
    }


def shape_keywords(found: Sequence[Keyword]) -> dict[str, Any]:
    """Return keywords as a KeywordsAnswer."""
    return {"data": [{"keyword": k.text, "score": round(k.score, 3)} for k in found]}


def _shape_relation(one: RelatedPaper) -> dict[str, Any]:
    return {
        "score": one.score,
        "similarity": one.similarity,
        "keywords": one.reasons.keywords,
        "authors": one.reasons.authors,
        "categories": one.reasons.categories,
        "more_keywords": one.reasons.more_keywords,
        "more_authors": one.reasons.more_authors,
    }

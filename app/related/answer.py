"""Related papers and keywords as JSON: their shapes, and what fills them."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.cards.shape import PaperShape, paper_shape
from app.web.contract import NoticeShape
from index import Keyword, Method, RelatedPage, RelatedPaper


class RelationShape(BaseModel):
    """How a paper is related, and why."""

    score: float = Field(
        description="From 0 to 1. With method=hybrid a rough chance that one names the "
        "other, with keywords a share of the words looked for, with vectors the cosine."
    )
    similarity: float | None = Field(description="The cosine, where there are vectors.")
    keywords: list[str] = Field(
        description="Of what was asked about, found here too; at most 20."
    )
    authors: list[str] = Field(
        description="Shared ones, as this paper names them; at most 20."
    )
    categories: list[str] = Field(description="Shared ones.")
    more_keywords: int = Field(description="How many are left out above.")
    more_authors: int = Field(description="How many are left out above.")


class RelatedShape(PaperShape):
    """A related paper, or those of its fields that `fields` asks for."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.pop("required", None))

    related: RelationShape


class RelatedMeta(BaseModel):
    """How related papers came about."""

    took_ms: float
    like: list[str]
    unlike: list[str]
    method: Method = Field(description="What could be done; without vectors, keywords.")
    notices: list[NoticeShape]
    snapshot: str
    next_cursor: None = None


class RelatedAnswer(BaseModel):
    """Related papers in the order asked for; there is one page."""

    total: int = Field(description="Those that are listed: at most `limit`.")
    offset: int
    next: None
    data: list[RelatedShape]
    meta: RelatedMeta


class KeywordShape(BaseModel):
    """A phrase, and a score to compare it with the others of its text."""

    keyword: str
    score: float


class KeywordsAnswer(BaseModel):
    """The keywords of a text, best first."""

    data: list[KeywordShape]


def related_answer(
    page: RelatedPage, snapshot: str, fields: tuple[str, ...]
) -> dict[str, Any]:
    """Return related papers as a RelatedAnswer, with just those fields of each."""
    return {
        "total": len(page.papers),
        "offset": 0,
        "next": None,
        "data": [
            paper_shape(one.paper, fields) | {"related": _relation(one)}
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


def keywords_answer(found: Sequence[Keyword]) -> dict[str, Any]:
    """Return keywords as a KeywordsAnswer."""
    return {"data": [{"keyword": k.text, "score": round(k.score, 3)} for k in found]}


def _relation(one: RelatedPaper) -> dict[str, Any]:
    return {
        "score": one.score,
        "similarity": one.similarity,
        "keywords": one.reasons.keywords,
        "authors": one.reasons.authors,
        "categories": one.reasons.categories,
        "more_keywords": one.reasons.more_keywords,
        "more_authors": one.reasons.more_authors,
    }

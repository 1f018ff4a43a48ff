"""The shapes of the JSON contract."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from index import Paper, Suggestion


class AuthorShape(BaseModel):
    """A person or a collaboration."""

    name: str = Field(description="The whole name in reading order.")
    last: str
    first: str
    suffix: str


class VersionShape(BaseModel):
    """An announced version."""

    version: str = Field(examples=["v1"])
    created: str | None = Field(description="When it was submitted, UTC, ISO 8601.")


class PaperShape(BaseModel):
    """A paper. What is not known is null."""

    id: str = Field(examples=["1706.03762", "hep-th/9901001"])
    title: str = Field(description="Unicode, with formulas as TeX.")
    abstract: str = Field(description="Unicode, with formulas as TeX.")
    authors: list[AuthorShape]
    categories: list[str]
    primary_category: str | None
    submitted: date = Field(description="The day of the first version, UTC.")
    updated: date = Field(description="The day of the latest version, UTC.")
    versions: list[VersionShape]
    doi: str | None
    journal_ref: str | None
    comments: str | None
    keywords: list[str] = Field(description="Phrases that tell what it is about.")
    url: str = Field(description="The paper's page at arXiv.")


class SuggestionShape(BaseModel):
    """What a reader may be typing."""

    kind: Literal["title", "author", "category"]
    text: str
    query: str = Field(description="What finds it.")
    papers: int
    id: str | None = Field(description="The paper's id, of a title.")


class SuggestAnswer(BaseModel):
    """Completions, the likeliest first."""

    data: list[SuggestionShape]


class BatchAnswer(BaseModel):
    """The papers in the order asked for; null for an id that is not here."""

    data: list[PaperShape | None]


class CategoryShape(BaseModel):
    """A category of arXiv, with the number of papers here, cross-lists included."""

    code: str = Field(examples=["cs.LG"])
    name: str
    archive: str
    group: str
    successor: str | None = Field(description="What took over an ended archive.")
    papers: int


class CategoriesAnswer(BaseModel):
    """All categories, those without papers too."""

    data: list[CategoryShape]


class HealthAnswer(BaseModel):
    """The service answers queries."""

    status: Literal["ok"]
    snapshot: str
    papers: int


class ErrorShape(BaseModel):
    """What went wrong, and what to do about it."""

    error: str = Field(examples=["invalid_parameter"])
    message: str
    param: str | None
    hint: str | None


PAPER_FIELDS = tuple(PaperShape.model_fields)


def suggestion_shape(found: Suggestion) -> dict[str, Any]:
    """Return a completion as a SuggestionShape."""
    return {
        "kind": found.kind,
        "text": found.text,
        "query": found.query,
        "papers": found.papers,
        "id": found.id,
    }


def paper_shape(paper: Paper, fields: tuple[str, ...] = PAPER_FIELDS) -> dict[str, Any]:
    """Return a paper as a PaperShape, with just those fields."""
    shape = {
        "id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": _authors(paper),
        "categories": paper.categories,
        "primary_category": paper.primary_category,
        "submitted": paper.submitted,
        "updated": paper.updated,
        "versions": paper.versions,
        "doi": paper.doi,
        "journal_ref": paper.journal_ref,
        "comments": paper.comments,
        "keywords": paper.keywords,
        "url": paper.url,
    }
    return shape if fields is PAPER_FIELDS else {name: shape[name] for name in fields}


def _authors(paper: Paper) -> list[dict[str, str]]:
    return [
        {
            "name": author.name,
            "last": author.last,
            "first": author.first,
            "suffix": author.suffix,
        }
        for author in paper.authors
    ]

"""The shapes of the JSON contract."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from index import MAX_LENGTH, MAX_OFFSET, Page, Paper, Sort

MAX_LIMIT = 200
MAX_BATCH = 500


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
    url: str = Field(description="The paper's page at arXiv.")


class PartialPaperShape(PaperShape):
    """A paper, or those of its fields that `fields` asks for."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.pop("required", None))


class NoticeShape(BaseModel):
    """Something to know about an answer: a code, and its parameters."""

    code: str = Field(examples=["relaxed"])
    params: dict[str, str | int]


class SearchMeta(BaseModel):
    """How an answer came about."""

    took_ms: float
    query: str = Field(description="How the query was understood, in its language.")
    notices: list[NoticeShape]
    snapshot: str


class SearchAnswer(BaseModel):
    """One page of a result."""

    total: int = Field(description="How many papers were found, exactly.")
    offset: int
    next: int | None = Field(description="The next page's offset; null on the last.")
    data: list[PartialPaperShape]
    meta: SearchMeta


class BatchRequest(BaseModel):
    """The ids of papers, in any form."""

    model_config = ConfigDict(extra="forbid")

    ids: list[str] = Field(max_length=MAX_BATCH)


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


class SearchParams(BaseModel):
    """What a search may be asked with."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Field(min_length=1, max_length=MAX_LENGTH)]
    offset: Annotated[int, Field(ge=0, lt=MAX_OFFSET)] = 0
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 20
    sort: Sort = Sort.RELEVANCE
    fields: str | None = Field(
        default=None,
        description="Fields of each paper, by commas; all if left out.",
        examples=["id,title,authors"],
    )
    mode: Literal["lexical"] = "lexical"


class NoParams(BaseModel):
    """For routes that take no parameters."""

    model_config = ConfigDict(extra="forbid")


PAPER_FIELDS = tuple(PaperShape.model_fields)


def search_answer(
    page: Page, snapshot: str, fields: tuple[str, ...] = PAPER_FIELDS
) -> dict[str, Any]:
    """Return a page as a SearchAnswer, with just those fields of each paper."""
    return {
        "total": page.total,
        "offset": page.offset,
        "next": page.next,
        "data": [paper_shape(paper, fields) for paper in page.papers],
        "meta": {
            "took_ms": page.took_ms,
            "query": page.query.understood,
            "notices": page.query.notices,
            "snapshot": snapshot,
        },
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

"""The shape of a paper in JSON."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from index import Paper


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
    """A paper. Unknown values are null."""

    id: str = Field(examples=["1706.03762", "hep-th/9901001"])
    title: str = Field(description="Unicode, with formulas as TeX.")
    abstract: str = Field(description="Unicode, with formulas as TeX.")
    authors: list[AuthorShape]
    categories: list[str]
    primary_category: str | None
    submitted: date = Field(description="The day of the first version, UTC.")
    updated: date = Field(description="The day of the latest version, UTC.")
    versions: list[VersionShape]
    doi: str | None = Field(description="The first of `dois`.")
    dois: list[str] = Field(description="The journal's DOI, then those of errata.")
    journal_ref: str | None
    comments: str | None
    report_no: str | None
    license: str | None = Field(description="The address of its licence.")
    submitter: str | None
    withdrawn: bool = Field(description="Whether its comments or abstract say so.")
    keywords: list[str] = Field(description="Phrases that tell what it is about.")
    url: str = Field(description="The paper's page at arXiv.")


class PartialShape(PaperShape):
    """A paper, or those of its fields that `fields` asks for."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.pop("required", None))


PAPER_FIELDS = tuple(PaperShape.model_fields)


def shape_paper(paper: Paper, fields: tuple[str, ...] = PAPER_FIELDS) -> dict[str, Any]:
    """Return a paper as a PaperShape with only the given fields."""
    shape = {
        "id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": _shape_authors(paper),
        "categories": paper.categories,
        "primary_category": paper.primary_category,
        "submitted": paper.submitted,
        "updated": paper.updated,
        "versions": paper.versions,
        "doi": next(iter(paper.dois), None),
        "dois": paper.dois,
        "journal_ref": paper.journal_ref,
        "comments": paper.comments,
        "report_no": paper.report_no,
        "license": paper.license,
        "submitter": paper.submitter,
        "withdrawn": paper.withdrawn,
        "keywords": paper.keywords,
        "url": paper.url,
    }
    return shape if fields is PAPER_FIELDS else {name: shape[name] for name in fields}


def _shape_authors(paper: Paper) -> list[dict[str, str]]:
    return [
        {
            "name": author.name,
            "last": author.last,
            "first": author.first,
            "suffix": author.suffix,
        }
        for author in paper.authors
    ]

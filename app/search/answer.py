"""The answer of a search: a found part of a result, rendered as JSON."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, Field

from app.cards.shape import PAPER_FIELDS, PartialShape, shape_paper
from app.search.outline import outline
from app.search.params import SearchParams
from app.web.contract import NoticeShape
from index import CATEGORIES, Facets, Found, Highlighter, Library, Mode, Paper
from index import Field as In


class HighlightsShape(BaseModel):
    """Where a paper matches, as [start, end) in Unicode code points of each text."""

    title: list[list[int]]
    abstract: list[list[int]]
    snippet: list[int] = Field(
        description="The part of the abstract that matches best, of a few lines."
    )


class HitShape(PartialShape):
    """A paper that was found, or those of its fields that `fields` asks for."""

    highlights: HighlightsShape | None = Field(
        default=None, description="With `highlight` only."
    )
    found_by: Literal["words", "meaning", "both"] | None = Field(
        default=None,
        description="Where meaning has a part: what the paper was found by.",
    )
    similarity: float | None = Field(
        default=None, description="The cosine with the query, where it was compared."
    )
    scores: dict[str, float] | None = Field(
        default=None,
        description="With `explain` only, of the first 20 papers: what each index field "
        "added, and `score`.",
    )


class StepShape(BaseModel):
    """One attempt at finding a page of papers."""

    step: Literal["all", "corrected", "telling", "any"]
    query: str
    total: int = Field(description="How many it found, those of steps before left out.")
    words: list[str] = Field(description="The words of which each paper has one.")


class ExplanationShape(BaseModel):
    """How papers were found: the query as a tree, and what was tried."""

    tree: dict[str, Any] | None
    steps: list[StepShape]


class SearchMeta(BaseModel):
    """How an answer came about."""

    took_ms: float
    query: str = Field(description="How the query was understood, in its language.")
    notices: list[NoticeShape]
    mode: Mode = Field(description="What papers were found by.")
    snapshot: str
    next_cursor: str | None = Field(
        description="Leads to the next page, beyond the reach of offsets too."
    )
    explanation: ExplanationShape | None = Field(description="With `explain` only.")


class CategoryCountShape(BaseModel):
    """How many papers of a result a category has."""

    code: str
    name: str
    papers: int


class YearCountShape(BaseModel):
    """How many papers of a result are of a year."""

    year: int
    papers: int


class FacetsShape(BaseModel):
    """The whole result counted by category, most first, and by year."""

    categories: list[CategoryCountShape]
    years: list[YearCountShape]


class SearchAnswer(BaseModel):
    """A part of a result."""

    total: int = Field(description="How many papers were found, exactly.")
    offset: int
    next: int | None = Field(
        description="The next page's offset; null on the last that offsets reach."
    )
    data: list[HitShape]
    facets: FacetsShape | None = Field(
        description="With `facets` only; null where nothing but meaning found papers."
    )
    meta: SearchMeta


def answer_search(
    library: Library, asked: SearchParams, fields: tuple[str, ...]
) -> dict[str, Any]:
    """Return what a search finds as a SearchAnswer. Raises BadQuery."""
    found = library.finder.find(asked.search, asked.window)
    is_counted = asked.facets and found.mode is not Mode.SEMANTIC
    if is_counted:
        found.begin_facets()
    answer = render_found(found, library.manifest.name, fields)
    if asked.highlight:
        for shape, paper in zip(answer["data"], found.papers, strict=True):
            shape["highlights"] = render_highlights(found.highlights, paper)
    if asked.explain:
        answer["meta"]["explanation"] = render_explanation(found)
        for shape, scores in zip(answer["data"], found.scores, strict=False):
            shape["scores"] = scores
    if is_counted:
        answer["facets"] = render_facets(found.facets)
    return answer


def render_highlights(marks: Highlighter, paper: Paper) -> dict[str, Any]:
    """Return where a paper matches as a HighlightsShape."""
    abstract = marks.ranges(paper.abstract, In.ABSTRACT)
    return {
        "title": marks.ranges(paper.title, In.TITLE),
        "abstract": abstract,
        "snippet": marks.snippet(paper.abstract, abstract),
    }


def render_explanation(found: Found) -> dict[str, Any]:
    """Return how papers were found as an ExplanationShape."""
    return {
        "tree": outline(found.query.tree) if found.query.tree else None,
        "steps": [
            {
                "step": step.name,
                "query": step.query.understood,
                "total": step.total,
                "words": step.words,
            }
            for step in found.steps
        ],
    }


def render_found(
    found: Found, snapshot: str, fields: tuple[str, ...] = PAPER_FIELDS
) -> dict[str, Any]:
    """Return found papers as a SearchAnswer, with just those fields of each paper."""
    return {
        "total": found.total,
        "offset": found.offset,
        "next": found.next,
        "data": list(_render_hits(found, fields)),
        "facets": None,
        "meta": {
            "took_ms": found.took_ms,
            "query": found.query.understood,
            "notices": found.query.notices,
            "mode": found.mode,
            "snapshot": snapshot,
            "next_cursor": found.cursor,
            "explanation": None,
        },
    }


def _render_hits(found: Found, fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    shapes = (shape_paper(paper, fields) for paper in found.papers)
    if found.mode is Mode.LEXICAL:
        yield from shapes
        return
    for shape, key, similarity in zip(shapes, found.keys, found.similarities, strict=True):
        yield shape | {"found_by": found.found_by(key), "similarity": similarity}


def render_facets(facets: Facets) -> dict[str, Any]:
    """Return counts as a FacetsShape."""
    return {
        "categories": [
            {
                "code": code,
                "name": CATEGORIES[code].name if code in CATEGORIES else code,
                "papers": papers,
            }
            for code, papers in facets.categories.items()
        ],
        "years": [{"year": year, "papers": n} for year, n in facets.years.items()],
    }

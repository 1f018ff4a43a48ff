"""The answer of a search as JSON: its shapes, and what fills them."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.cards.shape import PAPER_FIELDS, PaperShape, shape_paper
from app.search.outline import outline
from app.search.params import SearchParams
from app.web.contract import NoticeShape
from index import CATEGORIES, Facets, Highlighter, Library, Mode, Page, Paper
from index import Field as In


class HighlightsShape(BaseModel):
    """Where a paper matches, as [start, end) in Unicode code points of each text."""

    title: list[list[int]]
    abstract: list[list[int]]
    snippet: list[int] = Field(
        description="The part of the abstract that matches best, of a few lines."
    )


class HitShape(PaperShape):
    """A paper that was found, or those of its fields that `fields` asks for."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.pop("required", None))

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
        description="With `explain` only: what each index field added, and `score`.",
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
    """One page of a result."""

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


def found_answer(
    library: Library, asked: SearchParams, fields: tuple[str, ...]
) -> dict[str, Any]:
    """Return what a search finds as a SearchAnswer. Raises BadQuery."""
    finder = library.finder
    page = finder.find(
        asked.q or "",
        limit=asked.limit,
        offset=asked.offset,
        sort=asked.sort,
        filters=asked.filters,
        cursor=asked.cursor,
        mode=asked.mode,
    )
    is_counted = asked.facets and page.mode is not Mode.SEMANTIC
    counts = finder.counting(page) if is_counted else None
    answer = search_answer(page, library.manifest.name, fields)
    if asked.highlight:
        marks = finder.highlighter(page)
        for shape, paper in zip(answer["data"], page.papers, strict=True):
            shape["highlights"] = highlights_shape(marks, paper)
    if asked.explain:
        answer["meta"]["explanation"] = explanation_shape(page)
        for shape, scores in zip(answer["data"], finder.scores(page), strict=True):
            shape["scores"] = scores
    if counts:
        answer["facets"] = facets_shape(counts.result())
    return answer


def highlights_shape(marks: Highlighter, paper: Paper) -> dict[str, Any]:
    """Return where a paper matches as a HighlightsShape."""
    abstract = marks.ranges(paper.abstract, In.ABSTRACT)
    return {
        "title": marks.ranges(paper.title, In.TITLE),
        "abstract": abstract,
        "snippet": marks.snippet(paper.abstract, abstract),
    }


def explanation_shape(page: Page) -> dict[str, Any]:
    """Return how a page was found as an ExplanationShape."""
    return {
        "tree": outline(page.query.tree) if page.query.tree else None,
        "steps": [
            {
                "step": step.name,
                "query": step.query.understood,
                "total": step.total,
                "words": step.words,
            }
            for step in page.steps
        ],
    }


def search_answer(
    page: Page, snapshot: str, fields: tuple[str, ...] = PAPER_FIELDS
) -> dict[str, Any]:
    """Return a page as a SearchAnswer, with just those fields of each paper."""
    return {
        "total": page.total,
        "offset": page.offset,
        "next": page.next,
        "data": list(_hits(page, fields)),
        "facets": None,
        "meta": {
            "took_ms": page.took_ms,
            "query": page.query.understood,
            "notices": page.query.notices,
            "mode": page.mode,
            "snapshot": snapshot,
            "next_cursor": page.cursor,
            "explanation": None,
        },
    }


def _hits(page: Page, fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    shapes = (shape_paper(paper, fields) for paper in page.papers)
    if page.mode is Mode.LEXICAL:
        yield from shapes
        return
    for shape, key, similarity in zip(shapes, page.keys, page.similarities, strict=True):
        yield shape | {"found_by": page.found_by(key), "similarity": similarity}


def facets_shape(facets: Facets) -> dict[str, Any]:
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

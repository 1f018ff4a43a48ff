"""The pages a reader sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.deps import TemplatesDep, live_library
from app.pager import PAGE_SIZE, Pager
from app.templating import local_url
from index import (
    CATEGORIES,
    MAX_OFFSET,
    ArxivId,
    Category,
    Manifest,
    Sort,
)

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

EXAMPLES = (
    "attention is all you need",
    "au:perelman ricci flow",
    '"dark matter" cat:astro-ph.CO',
    "hep-th/9711200",
)
"""Queries to try, shown on the home page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCount:
    """A category with the number of its papers."""

    code: str
    name: str
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of categories, those without papers left out."""

    name: str
    categories: tuple[CategoryCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What is in the index, as the home page tells it."""

    papers: int
    first_day: date | None
    last_day: date | None
    categories: tuple[Group, ...]


@router.get("/")
def home(request: Request, templates: TemplatesDep) -> Response:
    """Show a search box and what is in the index."""
    library = live_library(request)
    return templates.page(
        request,
        "home.html",
        info=_holdings(library.manifest),
        examples=EXAMPLES,
        snapshot=library.manifest.name,
    )


@router.get("/search")
def search(
    request: Request,
    templates: TemplatesDep,
    q: str = "",
    sort: Sort = Sort.RELEVANCE,
    page: Annotated[int, Query(ge=1, le=MAX_OFFSET // PAGE_SIZE)] = 1,
) -> Response:
    """Show the papers that match, a page at a time; an id alone goes to its paper."""
    library = live_library(request)
    context: dict[str, Any] = {
        "q": q,
        "sort": sort.value,
        "snapshot": library.manifest.name,
    }
    if not q.strip():
        return templates.page(request, "search.html", results=None, **context)
    found = library.finder.find(
        q, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE, sort=sort
    )
    if len(found.query.ids) == 1 and found.total == 1:
        return _redirect(request, f"/paper/{found.query.ids[0].id}", 303)
    pager = Pager(request, page, found.total)
    if page > max(1, pager.count):
        return RedirectResponse(pager.url(max(1, pager.count)), 303)
    return templates.page(
        request,
        "search.html",
        results=found,
        pages=pager,
        truncated=pager.is_truncated,
        **context,
    )


@router.get("/paper/{paper_id:path}")
def paper(request: Request, templates: TemplatesDep, paper_id: str) -> Response:
    """Show a paper; any other form of its id leads to the canonical address."""
    canonical = ArxivId.parse(paper_id).id
    if paper_id != canonical:
        return _redirect(request, f"/paper/{canonical}", 301)
    library = live_library(request)
    return templates.page(
        request,
        "paper.html",
        paper=library.catalog.by_id(canonical),
        snapshot=library.manifest.name,
    )


@router.get("/api/docs")
async def api_docs(request: Request, templates: TemplatesDep) -> Response:
    """Show the interactive description of the API."""
    openapi_url = request.app.openapi_url
    return templates.page(request, "api-docs.html", openapi_url=openapi_url)


def _redirect(request: Request, path: str, status: int) -> Response:
    return RedirectResponse(local_url(request, path), status)


def _holdings(manifest: Manifest) -> Holdings:
    return Holdings(
        papers=manifest.papers,
        first_day=manifest.first_day,
        last_day=manifest.last_day,
        categories=tuple(_groups(manifest.categories)),
    )


def _groups(counts: dict[str, int]) -> Iterator[Group]:
    held = (category for category in CATEGORIES.values() if category.code in counts)
    for name, categories in groupby(held, lambda category: category.group):
        yield Group(name=name, categories=tuple(_counted(c, counts) for c in categories))


def _counted(category: Category, counts: dict[str, int]) -> CategoryCount:
    return CategoryCount(
        code=category.code, name=category.name, papers=counts[category.code]
    )

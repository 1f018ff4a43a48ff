"""The pages a reader sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.cards.card import cards, chips, names
from app.cards.notes import noted, stars_of
from app.related.page import panel
from app.search.facets import Address, narrowing
from app.search.outline import outline
from app.search.pager import Pager
from app.search.params import PAGE_SIZE, PageParams
from app.summaries.shown import documents, markdown_of, wants_markdown
from app.web.deps import TemplatesDep, live_library
from app.web.params import read_params
from app.web.templates import local_url
from index import CATEGORIES, ArxivId, Category, Library, Manifest, Page

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

EXAMPLES = (
    "attention is all you need",
    "au:perelman ricci flow",
    '"dark matter" cat:astro-ph.CO',
    "hep-th/9711200",
)
"""Queries to try, shown on the home page."""

SHOWN_ON_PAPER = 100
"""Authors of a paper's own page before the fold."""


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
def search(request: Request, templates: TemplatesDep) -> Response:
    """Show the papers that match, a page at a time; an id alone goes to its paper."""
    asked = read_params(request, PageParams)
    library = live_library(request)
    context: dict[str, Any] = {
        "q": asked.q,
        "sort": asked.sort.value,
        "snapshot": library.manifest.name,
    }
    if not (asked.q.strip() or asked.filters):
        return templates.page(request, "search.html", results=None, **context)
    offset = (asked.page - 1) * PAGE_SIZE
    found = library.finder.find(
        asked.q,
        limit=PAGE_SIZE,
        offset=offset,
        sort=asked.sort,
        filters=asked.filters,
        mode=asked.mode,
    )
    if len(found.query.ids) == 1 and found.total == 1:
        return _redirect(request, f"/paper/{found.query.ids[0].id}", 303)
    pager = Pager(request, asked.page, found.total)
    if asked.page > max(1, pager.count):
        return RedirectResponse(pager.url(max(1, pager.count)), 303)
    context |= _result(request, library, asked, found)
    return templates.page(request, "search.html", pages=pager, **context)


def _result(
    request: Request, library: Library, asked: PageParams, found: Page
) -> dict[str, Any]:
    """Return what search.html shows of a result."""
    finder = library.finder
    counts = finder.counting(found)
    scores = finder.scores(found) if asked.explain else ()
    marks = finder.highlighter(found)
    address = Address(request, asked)
    return {
        "results": found,
        "cards": list(
            cards(
                request,
                found.papers,
                marks,
                found.offset + 1,
                scores,
                [key in found.added for key in found.keys],
                noted=noted(request, found.papers),
            )
        ),
        "narrow": narrowing(address, asked, counts.result()),
        "asked": asked,
        "address": address.url,
        "has_vectors": library.relater.vectors is not None,
        "tree": outline(found.query.tree) if found.query.tree else None,
    }


@router.get("/paper/{paper_id:path}")
def paper(request: Request, templates: TemplatesDep, paper_id: str) -> Response:
    """Show a paper; any other form of its id leads to the canonical address."""
    canonical = ArxivId.parse(paper_id).id
    if paper_id != canonical:
        return _redirect(request, f"/paper/{canonical}", 301)
    library = live_library(request)
    shown = library.catalog.by_id(canonical)
    if wants_markdown(request):
        return Response(
            markdown_of(request, shown),
            media_type="text/markdown",
            headers={"Cache-Control": "no-cache", "Vary": "Accept"},
        )
    return templates.page(
        request,
        "paper.html",
        paper=shown,
        documents=documents(request, shown),
        stars_count=stars_of(request, [canonical]).get(canonical, 0),
        authors=names(request, shown.authors, SHOWN_ON_PAPER),
        keywords=chips(request, shown.keywords),
        **panel(request, library, shown),
        snapshot=library.manifest.name,
    )


@router.get("/api/docs")
async def api_docs(request: Request, templates: TemplatesDep) -> Response:
    """Show the interactive description of the API."""
    openapi_url = request.app.openapi_url
    return templates.page(
        request,
        "api-docs.html",
        trusted_types=False,  # Swagger UI writes markup itself
        openapi_url=openapi_url,
    )


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

"""The start page: a search box, and the holdings of the library."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.web.deps import LibraryDep, TemplatesDep
from index import CATEGORIES, Category, Library

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

EXAMPLES = (
    "attention is all you need",
    "au:perelman ricci flow",
    '"dark matter" cat:astro-ph.CO',
    "hep-th/9711200",
)
"""Example queries, shown on the start page."""


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
    """The contents of the library, as the start page shows them."""

    papers: int
    first_day: date | None
    last_day: date | None
    categories: tuple[Group, ...]


@router.get("/")
def show_home(request: Request, templates: TemplatesDep, library: LibraryDep) -> Response:
    """Show a search box and the contents of the library."""
    return templates.render(
        request,
        "home.html",
        latest=library.manifest.last_day,
        info=_describe_holdings(library),
        examples=EXAMPLES,
        snapshot=library.manifest.name,
    )


def _describe_holdings(library: Library) -> Holdings:
    manifest, years = library.manifest, library.counts.by_year
    known = [code for code in manifest.categories if code in years]
    counts = {code: sum(years[code].values()) for code in known}
    return Holdings(
        papers=manifest.papers,
        first_day=manifest.first_day,
        last_day=manifest.last_day,
        categories=tuple(_make_groups(counts)),
    )


def _make_groups(counts: dict[str, int]) -> Iterator[Group]:
    held = (category for category in CATEGORIES.values() if category.code in counts)
    for name, categories in groupby(held, lambda category: category.group):
        yield Group(
            name=name, categories=tuple(_count_category(c, counts) for c in categories)
        )


def _count_category(category: Category, counts: dict[str, int]) -> CategoryCount:
    return CategoryCount(
        code=category.code, name=category.name, papers=counts[category.code]
    )

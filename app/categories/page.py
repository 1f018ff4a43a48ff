"""The page of all categories: how large they are, how they grow, and which to follow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import sqrt

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.categories.trend import Trend, compute_trend
from app.web.addresses import bind_urls
from app.web.deps import LibraryDep, TemplatesDep
from index import ALIASES, CATEGORIES, Category, Library

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_WIDE = 100.0  # units of the largest bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A category or a whole archive; the bar's length grows as the root of its papers."""

    category: Category
    url: str
    papers: int
    bar: float
    trend: Trend
    is_archive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of archives: its rows, and its part of the picture on top."""

    name: str
    anchor: str
    rows: tuple[Row, ...]
    papers: int
    x: float
    width: float


@router.get("/categories")
def show_categories(
    request: Request, templates: TemplatesDep, library: LibraryDep
) -> Response:
    """Show all categories with their numbers and trends, to choose from."""
    return templates.render(
        request,
        "categories.html",
        groups=list(_make_groups(request, library)),
        last_year=_find_last_full_year(library),
        snapshot=library.manifest.name,
    )


def _make_groups(request: Request, library: Library) -> Iterator[Group]:
    trends = library.lister.trends()
    counts = {code: sum(years.values()) for code, years in trends.items()}
    most = max(counts.values(), default=0) or 1
    last, url = _find_last_full_year(library), bind_urls(request)
    divided = {c.archive for c in CATEGORIES.values() if c.code != c.archive}

    def row(category: Category) -> Row:
        papers = counts[category.code]
        return Row(
            category=category,
            url=url(f"/arxiv/{category.code}"),
            papers=papers,
            bar=round(_WIDE * sqrt(papers / most), 1),
            trend=compute_trend(trends[category.code], last),
            is_archive=category.code in divided,
        )

    shown = [
        c
        for c in CATEGORIES.values()
        if c.code not in ALIASES and not (c.successor and not counts[c.code])
    ]
    sizes = _count_groups(shown, counts)
    whole, x = sum(sizes.values()) or 1, 0.0
    for number, (name, held) in enumerate(groupby(shown, lambda c: c.group), 1):
        width = _WIDE * sizes[name] / whole
        yield Group(
            name=name,
            anchor=f"group-{number}",
            rows=tuple(map(row, sorted(held, key=_has_ended))),
            papers=sizes[name],
            x=round(x, 2),
            width=round(width, 2),
        )
        x += width


def _has_ended(category: Category) -> bool:
    return category.successor is not None


def _count_groups(shown: list[Category], counts: Mapping[str, int]) -> dict[str, int]:
    """Return the papers of each group, those of two archives in one group twice."""
    sizes: dict[str, int] = {}
    for category in shown:
        if category.code == category.archive:
            sizes[category.group] = sizes.get(category.group, 0) + counts[category.code]
    return sizes


def _find_last_full_year(library: Library) -> int:
    """Return the last year that the library has to its end, or the one before its last."""
    last = library.manifest.last_day
    if last is None:
        return date.min.year
    return last.year if (last.month, last.day) >= (12, 24) else last.year - 1

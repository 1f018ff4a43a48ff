"""The page of all categories, with their sizes, trends and follow boxes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import sqrt

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.categories.trend import YEARS, Trend, compute_trend
from app.web.addresses import bind_urls
from app.web.deps import LibraryDep, TemplatesDep
from index import ALIASES, CATEGORIES, Category, Library

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_WIDE = 100.0  # width of the largest bar, in SVG units


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A category or an archive; the bar grows with the square root of its papers."""

    category: Category
    url: str
    papers: int
    bar: float
    trend: Trend
    is_archive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of archives: its rows, and its part of the bar at the top of the page."""

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
    """Show all categories with their numbers of papers and trends."""
    return templates.render(
        request,
        "categories.html",
        groups=list(_make_groups(request, library)),
        last_year=_find_last_full_year(library),
        first_year=_find_first_year(library),
        snapshot=library.manifest.name,
    )


def _make_groups(request: Request, library: Library) -> Iterator[Group]:
    trends = library.counts.by_year
    counts = {code: sum(years.values()) for code, years in trends.items()}
    all_papers = _count_years(trends)
    most = max(counts.values(), default=0) or 1
    last, url = _find_last_full_year(library), bind_urls(request)
    divided = {c.archive for c in CATEGORIES.values() if c.code != c.archive}

    def make_row(category: Category) -> Row:
        papers = counts[category.code]
        return Row(
            category=category,
            url=url(f"/arxiv/{category.code}"),
            papers=papers,
            bar=round(_WIDE * sqrt(papers / most), 1),
            trend=compute_trend(trends[category.code], all_papers, last),
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
            rows=tuple(map(make_row, sorted(held, key=_has_ended))),
            papers=sizes[name],
            x=round(x, 2),
            width=round(width, 2),
        )
        x += width


def _has_ended(category: Category) -> bool:
    return category.successor is not None


def _count_groups(shown: list[Category], counts: Mapping[str, int]) -> dict[str, int]:
    """Count the papers of each group; one in two archives of a group counts twice."""
    sizes: dict[str, int] = {}
    for category in shown:
        if category.code == category.archive:
            sizes[category.group] = sizes.get(category.group, 0) + counts[category.code]
    return sizes


def _count_years(trends: Mapping[str, Mapping[int, int]]) -> dict[int, int]:
    """Count the papers of each year; one in two archives counts twice."""
    years: dict[int, int] = {}
    archives = {category.archive for category in CATEGORIES.values()}
    for code, papers in trends.items():
        if code in archives:
            for year, count in papers.items():
                years[year] = years.get(year, 0) + count
    return years


def _find_first_year(library: Library) -> int:
    """Return the first year of the trends."""
    last, first = _find_last_full_year(library), library.manifest.first_day
    return max(first.year if first else last, last - YEARS + 1)


def _find_last_full_year(library: Library) -> int:
    """Return the last year that the library covers completely."""
    last = library.manifest.last_day
    if last is None:
        return date.min.year
    return last.year if (last.month, last.day) >= (12, 24) else last.year - 1

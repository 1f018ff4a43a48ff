"""Pictures drawn on the server: bars for years and for categories.

What is the same many times over is written here, not by a template
(docs/decisions/pages.md).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

WIDTH = 300.0
HEIGHT = 72.0
"""Units of the drawing of years, labels not counted."""

_GAP = 0.15  # of a bar's place
_LEAST = 1.0  # units of height, so that a year with one paper is seen
_LABELS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A year, its papers, and where its bar stands; y grows downwards."""

    year: int
    papers: int
    left: float
    place: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Bars for all years from the first to the last, and the years to be labelled."""

    bars: tuple[Bar, ...]
    labels: tuple[Bar, ...]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryBar:
    """How many papers of a result a category has; the bar is so wide, of 100."""

    code: str
    name: str
    papers: int
    width: float
    url: str
    is_chosen: bool


def histogram(years: Mapping[int, int]) -> Histogram | None:
    """Return the picture of papers by year, empty years between too; None without any."""
    if not years:
        return None
    first, last, most = min(years), max(years), max(years.values())
    span = range(first, last + 1)
    place = WIDTH / len(span)
    bars = tuple(_bar(year, years.get(year, 0), most, first, place) for year in span)
    return Histogram(bars=bars, labels=_labelled(bars), most=most)


def year_links(
    histogram: Histogram, urls: Iterable[str], number: Callable[[int], str]
) -> Markup:
    """Write a link with a bar in it for each year, as SVG; `number` prints a count."""
    return Markup(  # noqa: S704  numbers, and addresses escaped here
        "".join(
            f'<a href="{escape(url)}" data-year="{bar.year}" '
            f'aria-label="{bar.year}: {number(bar.papers)}">'
            f"<title>{bar.year}: {number(bar.papers)}</title>"
            f'<rect class="place" x="{bar.left}" width="{bar.place}" height="{HEIGHT}"/>'
            f'<rect class="tower" x="{bar.x}" y="{bar.y}" width="{bar.width}" '
            f'height="{bar.height}"/></a>'
            for bar, url in zip(histogram.bars, urls, strict=True)
        )
    )


def share_links(
    bars: Iterable[CategoryBar], number: Callable[[int], str], name: Callable[[str], str]
) -> Markup:
    """Write a list item with a link and a bar for each category; `name` translates."""
    return Markup("".join(_share_link(bar, number, name) for bar in bars))  # noqa: S704  escaped there


def _share_link(
    bar: CategoryBar, number: Callable[[int], str], name: Callable[[str], str]
) -> str:
    current = ' aria-current="true"' if bar.is_chosen else ""
    return (
        f'<li><a href="{escape(bar.url)}"{current}>'
        f'<span class="name">{escape(name(bar.name))} '
        f'<span class="code">{escape(bar.code)}</span></span> '
        f'<span class="papers">{number(bar.papers)}</span>'
        '<svg viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false"><rect width="{bar.width}" height="3"/></svg></a></li>'
    )


def _bar(year: int, papers: int, most: int, first: int, place: float) -> Bar:
    height = max(_LEAST, HEIGHT * papers / most) if papers else 0.0
    left = (year - first) * place
    return Bar(
        year=year,
        papers=papers,
        left=round(left, 2),
        place=round(place, 2),
        x=round(left + place * _GAP / 2, 2),
        y=round(HEIGHT - height, 2),
        width=round(place * (1 - _GAP), 2),
        height=round(height, 2),
    )


def _labelled(bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    """Return the first bar, the last, and some evenly between them."""
    if len(bars) <= _LABELS:
        return bars
    step = (len(bars) - 1) / (_LABELS - 1)
    return tuple(bars[round(n * step)] for n in range(_LABELS))

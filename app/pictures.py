"""Pictures drawn on the server: their geometry, which templates write as SVG."""

from collections.abc import Mapping
from dataclasses import dataclass

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


def histogram(years: Mapping[int, int]) -> Histogram | None:
    """Return the picture of papers by year, empty years between too; None without any."""
    if not years:
        return None
    first, last, most = min(years), max(years), max(years.values())
    span = range(first, last + 1)
    place = WIDTH / len(span)
    bars = tuple(_bar(year, years.get(year, 0), most, first, place) for year in span)
    return Histogram(bars=bars, labels=_labelled(bars), most=most)


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

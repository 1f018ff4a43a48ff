"""The trend of a category: papers per year, drawn as a line within text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

YEARS = 15
"""Complete years that a trend shows."""

WIDTH, HEIGHT = 90.0, 22.0
_MARGIN = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Papers of the last complete years, oldest first, and the change of the last one.

    `change` is in percent of the year before; None if that year had no papers.
    """

    years: tuple[tuple[int, int], ...]
    change: int | None


def compute_trend(papers: Mapping[int, int], last: int) -> Trend:
    """Return the trend up to the year `last`: at most YEARS, from the first with papers."""
    first = min(papers, default=last + 1)
    span = range(max(first, last - YEARS + 1), last + 1)
    years = tuple((year, papers.get(year, 0)) for year in span)
    before = years[-2][1] if len(years) > 1 else 0
    change = round(100 * (years[-1][1] - before) / before) if before else None
    return Trend(years=years, change=change)


def draw_sparkline(trend: Trend, number: Callable[[int], str]) -> Markup:
    """Draw a trend as SVG with a text label; empty for fewer than two years."""
    if len(trend.years) < 2:  # noqa: PLR2004  a line needs two points
        return Markup()
    most = max(papers for _, papers in trend.years) or 1
    step = (WIDTH - 2 * _MARGIN) / (len(trend.years) - 1)
    points = [
        (_MARGIN + n * step, HEIGHT - _MARGIN - (HEIGHT - 2 * _MARGIN) * papers / most)
        for n, (_, papers) in enumerate(trend.years)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    label = ", ".join(f"{year}: {number(papers)}" for year, papers in trend.years[::-1][:5])
    x, y = points[-1]
    return Markup(  # noqa: S704  numbers, and an escaped label
        f'<svg class="spark" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" '
        f'aria-label="{escape(label)}"><title>{escape(label)}</title>'
        f'<polyline points="{line}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="1.8"/></svg>'
    )

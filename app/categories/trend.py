"""The trend of a category: papers per year, drawn as a line within text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

YEARS = 15
"""Complete years that a trend shows."""

_FEW = 10  # papers of a year, with fewer of which another is not compared
_PART = 3  # times as many papers in the next year: the library has a part of this one

WIDTH, HEIGHT = 90.0, 22.0
_MARGIN = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Papers of the last complete years, oldest first, and the change of the last one.

    `change` is in percent of the year before; None where the two do not compare.
    """

    years: tuple[tuple[int, int], ...]
    change: int | None

    @property
    def most(self) -> int:
        """The papers of the year that has most."""
        return max((papers for _, papers in self.years), default=0)


def compute_trend(
    papers: Mapping[int, int], all_papers: Mapping[int, int], last: int
) -> Trend:
    """Return the trend up to the year `last`: YEARS, or from the library's first on.

    Years do not compare if one had few papers, or if `all_papers` of the library say
    that it has only a part of one.
    """
    first = max(min(all_papers, default=last + 1), last - YEARS + 1)
    years = tuple((year, papers.get(year, 0)) for year in range(first, last + 1))
    before, now = papers.get(last - 1, 0), papers.get(last, 0)
    whole = sorted(all_papers.get(year, 0) for year in (last - 1, last))
    if before < _FEW or _PART * whole[0] < whole[1]:
        return Trend(years=years, change=None)
    return Trend(years=years, change=round(100 * (now - before) / before))


def draw_sparkline(trend: Trend, number: Callable[[int], str]) -> Markup:
    """Draw a trend as SVG with a text label; empty for fewer than two years."""
    if len(trend.years) < 2:  # noqa: PLR2004  a line needs two points
        return Markup()
    most = trend.most or 1
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
        f'<span class="peak" aria-hidden="true">{number(trend.most)}</span>'
    )

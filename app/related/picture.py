"""The map of a paper's neighbourhood: each point is a related paper and links to it.

The map shows one title at a time: that of the point under the pointer or with the
focus. It needs no script; a list beside it shows the same papers.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

WIDTH, HEIGHT = 360, 250
"""Units of the drawing, without the strip for the title."""

STRIP = 44
"""Units of the strip below the drawing: two lines of a title."""

_EDGE = 16  # units kept free around the points
_RADIUS, _SOURCE_RADIUS = 5.5, 8.0
_TOUCH = 12.0  # radius of the area that reacts to the pointer
_LINE, _LINES = 54, 2  # characters of a line of a title, and lines
_FIRST_LINE, _LINE_HEIGHT = HEIGHT + 16, 17


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint:
    """A paper on the map: its place in the unit square, and its nearness (0 to 1)."""

    title: str
    url: str
    x: float
    y: float
    nearness: float
    is_source: bool = False


def draw_map(points: Sequence[MapPoint]) -> Markup:
    """Draw a map as the inside of an SVG element of WIDTH and HEIGHT + STRIP."""
    centre = next((point for point in points if point.is_source), None)
    drawn = [_draw_ray(centre, one) for one in points if centre and one is not centre]
    drawn += [_draw_point(one) for one in sorted(points, key=lambda one: one.nearness)]
    return Markup("".join(drawn))  # noqa: S704  numbers, and titles escaped here


def _locate(point: MapPoint) -> tuple[float, float]:
    x = _EDGE + point.x * (WIDTH - 2 * _EDGE)
    y = _EDGE + point.y * (HEIGHT - 2 * _EDGE)
    return round(x, 1), round(y, 1)


def _draw_ray(centre: MapPoint, point: MapPoint) -> str:
    (x1, y1), (x2, y2) = _locate(centre), _locate(point)
    shade = round(0.15 + 0.6 * point.nearness, 2)
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke-opacity="{shade}"/>'


def _draw_point(point: MapPoint) -> str:
    x, y = _locate(point)
    name, radius = ("source", _SOURCE_RADIUS) if point.is_source else ("star", _RADIUS)
    shade = 1.0 if point.is_source else round(0.35 + 0.65 * point.nearness, 2)
    title, lines = escape(point.title), "".join(_wrap_title(point.title))
    return (
        f'<a class="{name}" href="{escape(point.url)}" aria-label="{title}">'
        f'<circle class="place" cx="{x}" cy="{y}" r="{_TOUCH}"/>'
        f'<circle class="point" cx="{x}" cy="{y}" r="{radius}" fill-opacity="{shade}"/>'
        f'<text class="label" aria-hidden="true">{lines}</text></a>'
    )


def _wrap_title(title: str) -> Iterable[str]:
    lines = textwrap.wrap(title, _LINE, max_lines=_LINES, placeholder=" …")
    for number, line in enumerate(lines):
        y = _FIRST_LINE + number * _LINE_HEIGHT
        yield f'<tspan x="{WIDTH / 2}" y="{y}">{escape(line)}</tspan>'

"""The neighbourhood of a paper as a small map: each point is a paper and leads to it.

The titles stand in the picture, one at a time: the one under the pointer, or with the
focus. Nothing of it needs a script; the same papers stand beside it as a list.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

WIDTH, HEIGHT = 360, 250
"""Units of the drawing, the strip with the title not counted."""

STRIP = 44
"""Units of the strip under it: two lines of a title."""

_EDGE = 16  # units kept free around the points
_RADIUS, _SOURCE_RADIUS = 5.5, 8.0
_TOUCH = 12.0  # units around a point that count as it
_LINE, _LINES = 54, 2  # characters of a line of a title, and lines
_FIRST_LINE, _LINE_HEIGHT = HEIGHT + 16, 17


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint:
    """A paper of a map: where it stands in the unit square, and how near it is (0 to 1)."""

    title: str
    url: str
    x: float
    y: float
    nearness: float
    is_source: bool = False


def draw_map(stars: Sequence[MapPoint]) -> Markup:
    """Draw a map as the inside of an SVG element of WIDTH and HEIGHT + STRIP."""
    centre = next((star for star in stars if star.is_source), None)
    drawn = [_draw_ray(centre, star) for star in stars if centre and star is not centre]
    drawn += [_draw_point(star) for star in sorted(stars, key=lambda star: star.nearness)]
    return Markup("".join(drawn))  # noqa: S704  numbers, and what is escaped here


def _locate(star: MapPoint) -> tuple[float, float]:
    x = _EDGE + star.x * (WIDTH - 2 * _EDGE)
    y = _EDGE + star.y * (HEIGHT - 2 * _EDGE)
    return round(x, 1), round(y, 1)


def _draw_ray(centre: MapPoint, star: MapPoint) -> str:
    (x1, y1), (x2, y2) = _locate(centre), _locate(star)
    shade = round(0.15 + 0.6 * star.nearness, 2)
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke-opacity="{shade}"/>'


def _draw_point(star: MapPoint) -> str:
    x, y = _locate(star)
    name, radius = ("source", _SOURCE_RADIUS) if star.is_source else ("star", _RADIUS)
    shade = 1.0 if star.is_source else round(0.35 + 0.65 * star.nearness, 2)
    title = escape(star.title)
    return (
        f'<a class="{name}" href="{escape(star.url)}" aria-label="{title}">'
        f'<circle class="place" cx="{x}" cy="{y}" r="{_TOUCH}"/>'
        f'<circle class="point" cx="{x}" cy="{y}" r="{radius}" fill-opacity="{shade}"/>'
        f'<text class="label" aria-hidden="true">{"".join(_wrap_title(star.title))}</text></a>'
    )


def _wrap_title(title: str) -> Iterable[str]:
    lines = textwrap.wrap(title, _LINE, max_lines=_LINES, placeholder=" …")
    for number, line in enumerate(lines):
        y = _FIRST_LINE + number * _LINE_HEIGHT
        yield f'<tspan x="{WIDTH / 2}" y="{y}">{escape(line)}</tspan>'

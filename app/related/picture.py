"""The map of a paper's neighbourhood: each point is a related paper and links to it.

The paper is in the centre. The more alike another is, the nearer it lies; papers in one
direction are alike. Points have the numbers of the list beside the map, so that it
needs no pointer; the title of the point under the pointer or with the focus is shown.
"""

import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from markupsafe import Markup

SIDE = 320
"""Units of the drawing on each side, without the strip for the title."""

STRIP = 44
"""Units of the strip below the drawing: two lines of a title."""

_NEAREST, _FURTHEST = 34.0, 146.0  # units from the centre
_RINGS = (_NEAREST, (_NEAREST + _FURTHEST) / 2, _FURTHEST)
_RADIUS, _SOURCE_RADIUS = 9.5, 8.0
_TOUCH = 12.0  # radius of the area that reacts to the pointer
_APART = 24.0  # units between the middles of two points
_TURNS = [sign * math.radians(4 * n) for n in range(46) for sign in (1, -1)]
_LINE, _LINES = 48, 2  # characters of a line of a title, and lines
_FIRST_LINE, _LINE_HEIGHT = SIDE + 16, 17
_CENTRE = SIDE / 2


Place: TypeAlias = tuple[float, float]
"""A point of the drawing, in units: across and down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint:
    """A paper on the map: its number in the list, and its direction in radians."""

    title: str
    url: str
    number: int
    direction: float


def draw_map(source: str, points: Sequence[MapPoint]) -> Markup:
    """Draw a map as the inside of an SVG element of SIDE and SIDE + STRIP.

    `source` is the title of the paper in the centre; the points come in the order of
    their similarity, the most alike first.
    """
    drawn = [
        f'<circle class="ring" cx="{_CENTRE}" cy="{_CENTRE}" r="{r}"/>' for r in _RINGS
    ]
    drawn.append(
        f'<circle class="source" cx="{_CENTRE}" cy="{_CENTRE}" r="{_SOURCE_RADIUS}">'
        f"<title>{escape(source)}</title></circle>"
    )
    places = locate([point.direction for point in points])
    drawn += [_draw_point(*pair) for pair in zip(points, places, strict=True)]
    return Markup("".join(drawn))  # noqa: S704  numbers, and titles escaped here


def locate(directions: Sequence[float]) -> list[Place]:
    """Return the places of points, each further from the centre than the one before.

    A point that would lie on another is turned around the centre, as little as needed.
    """
    step = (_FURTHEST - _NEAREST) / max(1, len(directions) - 1)
    places: list[Place] = []
    for number, direction in enumerate(directions):
        radius = _NEAREST + step * number
        turned = (_place(radius, direction + turn) for turn in _TURNS)
        free = (place for place in turned if _is_free(place, places))
        places.append(next(free, _place(radius, direction)))
    return places


def _place(radius: float, angle: float) -> Place:
    return _CENTRE + radius * math.cos(angle), _CENTRE + radius * math.sin(angle)


def _is_free(place: Place, others: Iterable[Place]) -> bool:
    return all(math.dist(place, other) >= _APART for other in others)


def _draw_point(point: MapPoint, place: Place) -> str:
    x, y = (round(value, 2) for value in place)
    title, lines = escape(point.title), "".join(_wrap_title(point.title))
    return (
        f'<a class="star" href="{escape(point.url)}" aria-label="{point.number}. {title}">'
        f'<circle class="place" cx="{x}" cy="{y}" r="{_TOUCH}"/>'
        f'<circle class="point" cx="{x}" cy="{y}" r="{_RADIUS}"/>'
        f'<text class="rank" x="{x}" y="{y}" aria-hidden="true">{point.number}</text>'
        f'<text class="label" aria-hidden="true">{lines}</text></a>'
    )


def _wrap_title(title: str) -> Iterable[str]:
    lines = textwrap.wrap(title, _LINE, max_lines=_LINES, placeholder=" …")
    for number, line in enumerate(lines):
        y = _FIRST_LINE + number * _LINE_HEIGHT
        yield f'<tspan x="{_CENTRE}" y="{y}">{escape(line)}</tspan>'

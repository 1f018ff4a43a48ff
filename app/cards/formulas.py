"""Formulas and marks: titles and abstracts as HTML, ready for the typesetter.

Scripts make a formula's element too (static/js/math/element.js), without the classes that
keep room for it (static/css/room.css).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import TypeAlias

from markupsafe import Markup

from app.cards.links import render_linked
from app.cards.widths import estimate_width
from index import Range, find_formulas, split_marked

MOST_WIDE = 40
"""In em. Any wider formula breaks into lines, whose number nobody can tell."""

_TALL = re.compile(
    r"\\(?:[dtc]?frac|sum|prod|coprod|int|oint|lim|max|min|sup|inf|binom|big[a-z]+|left)(?![a-z])"
)
_ROW_END = re.compile(r"\\\\|\\(?:cr|newline)(?![A-Za-z])")
_MOST_ROWS = 9
_MARKUP = re.compile(r"[\\{}^_]")


def render_text(text: str, ranges: Iterable[Range] = ()) -> Markup:
    """Render plain text, not Markdown, as HTML. No range may touch a formula."""
    return _render(text, list(ranges), _render_marks)


def render_prose(text: str, ranges: Iterable[Range] = ()) -> Markup:
    """Render an abstract or comments: plain text with links (app/cards/links.py)."""
    return _render(text, list(ranges), render_linked)


_Renderer: TypeAlias = Callable[[str, Sequence[Range]], str]


def _render(text: str, ranges: Sequence[Range], render: _Renderer) -> Markup:
    if "$" not in text and "\\" not in text:
        return Markup(render(text, ranges))  # noqa: S704  every piece is escaped
    return Markup("".join(_render_pieces(text, ranges, render)))  # noqa: S704  here too


def _render_pieces(text: str, ranges: Sequence[Range], render: _Renderer) -> Iterator[str]:
    end = 0
    for formula in find_formulas(text):
        yield render(text[end : formula.start], _move(ranges, end, formula.start))
        tex = formula.tex
        room = _reserve_block(tex) if formula.display else _reserve(tex)
        yield f'<span class="tex notranslate{room}" translate="no">{escape(tex)}</span>'
        end = formula.end
    yield render(text[end:], _move(ranges, end, len(text)))


def _move(ranges: Sequence[Range], start: int, end: int) -> list[Range]:
    """Return the ranges within a part of a text, counted from its start."""
    return [(a - start, b - start) for a, b in ranges if start <= a and b <= end]


def _render_marks(text: str, ranges: Sequence[Range]) -> str:
    pieces = split_marked(text, ranges)
    return "".join(f"<mark>{escape(p)}</mark>" if on else escape(p) for p, on in pieces)


def _reserve(tex: str) -> str:
    """Return the classes that keep room for a formula in a line, in tenths of an em.

    TeX with markup has no place in it: a veil says so.
    """
    whole, tenths = divmod(round(10 * estimate_width(tex)), 10)
    if whole >= MOST_WIDE:
        return ""
    return f" em-{whole} tenth-{tenths}{' veil' if _MARKUP.search(tex) else ''}"


def _reserve_block(tex: str) -> str:
    """Return the classes of a formula on a line of its own: how many rows, how tall."""
    rows = min(_MOST_ROWS, 1 + len(_ROW_END.findall(tex)))
    return f" tex-display rows-{rows}{' tall' if _TALL.search(tex) else ''}"

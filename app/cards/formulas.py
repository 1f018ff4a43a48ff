"""Formulas and marks: titles and abstracts as HTML, ready for the typesetter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import TypeAlias

from markupsafe import Markup

from app.cards.links import render_linked
from index import Range, find_formulas, split_marked

_OPENS = {
    False: '<span class="tex notranslate" translate="no">',
    True: '<span class="tex notranslate tex-display" translate="no">',
}
"""A formula's element, which scripts make too (static/js/math/element.js)."""


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
        yield f"{_OPENS[formula.display]}{escape(formula.tex)}</span>"
        end = formula.end
    yield render(text[end:], _move(ranges, end, len(text)))


def _move(ranges: Sequence[Range], start: int, end: int) -> list[Range]:
    """Return the ranges within a part of a text, counted from its start."""
    return [(a - start, b - start) for a, b in ranges if start <= a and b <= end]


def _render_marks(text: str, ranges: Sequence[Range]) -> str:
    pieces = split_marked(text, ranges)
    return "".join(f"<mark>{escape(p)}</mark>" if on else escape(p) for p, on in pieces)

"""Formulas and marks: titles and abstracts as HTML, ready for the typesetter."""

from collections.abc import Iterable, Iterator
from html import escape

from markupsafe import Markup

from index import Range, find_formulas, split_marked

_OPENS = {
    False: '<span class="tex notranslate" translate="no">',
    True: '<span class="tex notranslate tex-display" translate="no">',
}
"""A formula's element, which scripts make too (static/js/math/element.js)."""


def render_text(text: str, ranges: Iterable[Range] = ()) -> Markup:
    """Render plain text, not Markdown, as HTML. No range may touch a formula."""
    if "$" not in text and "\\" not in text:
        return Markup(_render_marks(text, ranges))  # noqa: S704  every piece is escaped
    return Markup("".join(_render_pieces(text, list(ranges))))  # noqa: S704  here too


def _render_pieces(text: str, ranges: list[Range]) -> Iterator[str]:
    end = 0
    for formula in find_formulas(text):
        yield _render_prose(text, end, formula.start, ranges)
        yield f"{_OPENS[formula.display]}{escape(formula.tex)}</span>"
        end = formula.end
    yield _render_prose(text, end, len(text), ranges)


def _render_prose(text: str, start: int, end: int, ranges: list[Range]) -> str:
    inside = [(a - start, b - start) for a, b in ranges if start <= a and b <= end]
    return _render_marks(text[start:end], inside)


def _render_marks(text: str, ranges: Iterable[Range]) -> str:
    pieces = split_marked(text, ranges)
    return "".join(f"<mark>{escape(p)}</mark>" if on else escape(p) for p, on in pieces)

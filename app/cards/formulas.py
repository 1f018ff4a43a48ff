"""Titles and abstracts as HTML: matches marked, formulas where a typesetter finds them."""

from collections.abc import Iterable, Iterator
from html import escape

from markupsafe import Markup

from index import Range, formulas, split_marked

_OPENS = {
    False: '<span class="tex notranslate" translate="no">',
    True: '<span class="tex notranslate tex-display" translate="no">',
}
"""A formula's element, which scripts make too (static/js/math/element.js)."""


def written(text: str, ranges: Iterable[Range] = ()) -> Markup:
    """Write a text that is not Markdown. No range may touch a formula."""
    if "$" not in text and "\\" not in text:
        return Markup(_marked(text, ranges))  # noqa: S704  every piece is escaped there
    return Markup("".join(_pieces(text, list(ranges))))  # noqa: S704  and here


def _pieces(text: str, ranges: list[Range]) -> Iterator[str]:
    end = 0
    for formula in formulas(text):
        yield _stretch(text, end, formula.start, ranges)
        yield f"{_OPENS[formula.display]}{escape(formula.tex)}</span>"
        end = formula.end
    yield _stretch(text, end, len(text), ranges)


def _stretch(text: str, start: int, end: int, ranges: list[Range]) -> str:
    inside = [(a - start, b - start) for a, b in ranges if start <= a and b <= end]
    return _marked(text[start:end], inside)


def _marked(text: str, ranges: Iterable[Range]) -> str:
    pieces = split_marked(text, ranges)
    return "".join(f"<mark>{escape(p)}</mark>" if on else escape(p) for p, on in pieces)

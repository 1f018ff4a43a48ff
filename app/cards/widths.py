r"""Widths of formulas, estimated from their TeX before anything draws them.

A page keeps so much room for a formula that its lines stay where they are once the
formula is drawn (static/css/room.css). The estimate knows TeX's grammar as far as width
goes: `\frac` is as wide as the wider of two, scripts are smaller, most commands are one
sign. Cost is linear: at most 1,000 characters are read, groups to a depth of 24.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from app.cards.glyphs import (
    FUNCTIONS,
    OPERATIONS,
    RELATIONS,
    measure_sign,
    measure_upright,
)

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\[^A-Za-z]|[^\s\\]|\s+")
_LONGEST, _DEEPEST = 1_000, 24
_DRAWN_AT = 1.075  # MathJax draws letters as high as those of Source Serif around them
_SCRIPT = 0.73
_RELATION_GAP, _OPERATION_GAP, _COMMA_GAP, _NAME_GAP = 28, 22, 17, 17
_BLANK, _ROOT, _BAR, _EMPTY, _BESIDE = 28, 85, 41, 12, 5
_BINARY = RELATIONS | OPERATIONS
_OPENING = frozenset(("", "(", "[", ",", "\\{", "\\left")) | _BINARY
_ENDS = ("", "}")
_NESTING: Final[Mapping[str, int]] = {"{": 1, "}": -1}


@lru_cache(maxsize=65_536)
def estimate_width(tex: str) -> float:
    """Return how wide a formula within a line is drawn, in em of the text around it."""
    return max(0.0, _Measure(tex[:_LONGEST]).measure()) / 100 * _DRAWN_AT


class _Measure:
    """One pass over the tokens of a formula; widths are hundredths of an em."""

    def __init__(self, tex: str) -> None:
        self._tokens = _TOKEN.findall(tex)
        self._at = 0
        self._depth = 0

    def measure(self) -> float:
        width = 0.0
        while self._at < len(self._tokens):
            width += self._measure_row(small=False)
            self._at += 1  # a brace that closes nothing
        return width

    def _peek(self) -> str:
        while self._at < len(self._tokens) and self._tokens[self._at].isspace():
            self._at += 1
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _measure_row(self, *, small: bool) -> float:
        width, before = 0.0, ""
        measure: Callable[[str], int] = measure_sign
        while (token := self._peek()) not in _ENDS:
            if token in ("^", "_"):
                width += self._measure_scripts()
                before = "a"
                continue
            self._at += 1
            if token in _UPRIGHT_NOW:
                measure = measure_upright
                continue
            width += self._measure_gap(before, token, small=small)
            if token.isalnum():
                width += measure(token)
            else:
                width += self._measure_token(token, small=small)
            before = token
        return width

    def _measure_gap(self, before: str, token: str, *, small: bool) -> float:
        """Return the space that TeX leaves before a sign, and after a relation."""
        after = self._peek()
        if (before in FUNCTIONS and _is_name(token)) or (
            token in FUNCTIONS and (_is_name(before) or before in (")", "}"))
        ):
            return _NAME_GAP
        if small:
            return 0
        if token in RELATIONS:
            sides = before not in RELATIONS | {""}, after not in RELATIONS | {*_ENDS}
            return _RELATION_GAP * sum(sides)
        if token in OPERATIONS:
            is_between = before not in _OPENING and after not in (*_ENDS, "^")
            return 2 * _OPERATION_GAP if is_between else 0
        return _COMMA_GAP if token in (",", ";") and after not in _ENDS else 0

    def _measure_token(self, token: str, *, small: bool) -> float:
        if self._depth > _DEEPEST:
            return measure_sign(token)
        self._depth += 1
        read = _READERS.get(token)
        width = read(self, small=small) if read else measure_sign(token)
        self._depth -= 1
        return width

    def _measure_argument(self, *, small: bool) -> float:
        token = self._peek()
        if token in _ENDS:
            return 0
        self._at += 1
        return self._measure_token(token, small=small)

    def _measure_scripts(self) -> float:
        """Return the width of a lower and an upper script, which stand in one place."""
        widest = 0.0
        for _ in range(2):
            if self._peek() in ("^", "_"):
                self._at += 1
                widest = max(widest, self._measure_argument(small=True))
        return widest * _SCRIPT + _BESIDE

    def measure_group(self, *, small: bool) -> float:
        width = self._measure_row(small=small)
        self._at += 1
        return width

    def measure_wider(self, by: float, *, small: bool) -> float:
        return by * self._measure_argument(small=small)

    def measure_fraction(self, share: float, *, small: bool) -> float:
        del small
        both = self._measure_argument(small=True), self._measure_argument(small=True)
        return max(both) * share + _BAR

    def measure_stack(self, *, small: bool) -> float:
        raised = self._measure_argument(small=True) * _SCRIPT
        return max(raised, self._measure_argument(small=small))

    def measure_root(self, *, small: bool) -> float:
        if self._peek() == "[":
            while self._take() not in ("]", ""):
                pass
        return _ROOT + self._measure_argument(small=small)

    def measure_second(self, *, small: bool) -> float:
        self._measure_argument(small=small)
        return self._measure_argument(small=small)

    def measure_silent(self, *, small: bool) -> float:
        self._measure_argument(small=small)
        return 0

    def measure_delimiter(self, *, small: bool) -> float:
        del small
        if self._peek() != ".":
            return measure_sign("\\left")
        self._at += 1
        return _EMPTY

    def measure_text(self, blank: float, by: float = 1.0, *, small: bool) -> float:
        r"""Return the width of `\text{for all}`: upright, with its blanks."""
        del small
        if self._peek() != "{":
            token = self._take()
            return measure_upright(token) if len(token) == 1 else measure_sign(token or " ")
        width, groups = 0.0, 0
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token in ("^", "_"):
                width += self._measure_scripts()
                continue
            self._at += 1
            groups += _NESTING.get(token, 0)
            if not groups:
                break
            width += blank if token.isspace() else _measure_upright_sign(token)
        return by * width


def _is_name(token: str) -> bool:
    is_command = token[:1] == "\\" and token[1:].isalpha()
    return token.isalnum() or (is_command and token not in _BINARY)


def _measure_upright_sign(token: str) -> float:
    if token in _NESTING:
        return 0
    return measure_upright(token) if len(token) == 1 else measure_sign(token)


_UPRIGHT_NOW = frozenset(("\\rm", "\\sf", "\\tt"))
_Reader: TypeAlias = Callable[..., float]


def _name(names: str, reader: _Reader, *given: float) -> dict[str, _Reader]:
    def read(measure: _Measure, *, small: bool) -> float:
        return reader(measure, *given, small=small)

    return {f"\\{name}": read for name in names.split()}


_READERS: Final[Mapping[str, _Reader]] = {
    "{": _Measure.measure_group,
    **_name("sqrt", _Measure.measure_root),
    **_name("dfrac", _Measure.measure_fraction, 1),
    **_name("frac tfrac cfrac binom", _Measure.measure_fraction, _SCRIPT),
    **_name("overset underset stackrel", _Measure.measure_stack),
    **_name("left right", _Measure.measure_delimiter),
    **_name("mathbb Bbb mathds mathbbm", _Measure.measure_wider, 0.98),
    **_name("mathcal mathscr cal EuScript", _Measure.measure_wider, 1.02),
    **_name("mathfrak frak", _Measure.measure_wider, 0.94),
    **_name("mathbf boldsymbol bm bf pmb", _Measure.measure_wider, 1.12),
    **_name("href textcolor class cssId", _Measure.measure_second),
    **_name("hspace vspace label color begin end phantom", _Measure.measure_silent),
    **_name("mathrm mathit mathsf mathtt", _Measure.measure_text, 0),
    **_name(
        "operatorname operatorname* mathop mathbin mathrel mathord",
        _Measure.measure_text,
        0,
    ),
    **_name("text textrm mbox hbox textit textsf texttt", _Measure.measure_text, _BLANK),
    **_name("textsc emph textnormal", _Measure.measure_text, _BLANK),
    **_name("textbf", _Measure.measure_text, _BLANK, 1.16),
}

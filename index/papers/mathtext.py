r"""Formulas in a text: splits plain text, not Markdown, into prose and TeX math.

The only Python code that finds math; names, highlights, keywords and pages all use it.
It matches the plain mode of the browser's Markdown scanner; the test vectors in
`tests/vectors/mathtext.json` bind both. The dialect:

    $…$  \(…\)  \\(…\\)  $`…`$                  inline
    $$…$$  \[…\]  \\[…\\]  \begin{env}…\end{env}  display (environments of ENVIRONMENTS)

A formula ends within its paragraph, an inline one after at most MAX_INLINE
characters, a display one after MAX_DISPLAY. `\$` is a dollar sign. A pair of dollars
around prose or prices (`$5 or $10`) is not a formula. The scan is one forward pass;
the limits above bound each attempt, and after MAX_FAILURES single dollars that open
nothing, the remaining single dollars of a text are literal. So are other openings after
as many times 200 characters that they looked through in vain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.papers.dollars import TEXISH, is_math

MAX_INLINE = 1_000
MAX_DISPLAY = 20_000
MAX_FAILURES = 1_000
_FAILURE = 200  # characters
ENVIRONMENTS = frozenset(
    "equation align gather multline flalign alignat eqnarray displaymath math split "
    "aligned gathered alignedat cases matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix "
    "array dcases CD subequations".split()
)

_OPENING = re.compile(r"\$|\\[(\[]|\\begin\{")
_START = re.compile(r"[\\$]")
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?:\n|$)")
_DOLLARS = re.compile(r"\$+")
_BEGIN = re.compile(r"\\begin\{([A-Za-z]+\*?)\}")
_SIMPLE_INLINE = re.compile(  # most formulas; the others are scanned step by step
    r"(?:[^$\\{}]|\\.|\{(?:[^$\\{}]|\\.|\{(?:[^$\\{}]|\\.)*+\})*+\})*+\$", re.DOTALL
)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_SIGN = re.compile(r"[\\{}$]")
_PERCENT = re.compile(r"(^|[^\\])((?:\\\\)*)%")
_ENTITY = re.compile(r"&(lt|gt|amp);")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&"}
_PAIRS = {
    "\\(": ("\\)", False),
    "\\[": ("\\]", True),
    "\\\\(": ("\\\\)", False),
    "\\\\[": ("\\\\]", True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula at text[start:end], delimiters included, in Unicode code points.

    `tex` is ready for a typesetter: without delimiters, `&lt; &gt; &amp;` decoded, and
    a bare `%` in a one-line inline formula escaped, since it is a percent sign there.
    """

    start: int
    end: int
    tex: str
    display: bool


def find_formulas(text: str) -> list[Formula]:
    """Return the formulas of a text, in order and disjoint."""
    if not _OPENING.search(text):
        return []
    return list(_Scan(text).run())


def split(text: str) -> Iterator[str | Formula]:
    """Split a text in order: prose as str, formulas as Formula."""
    end = 0
    for formula in find_formulas(text):
        if formula.start > end:
            yield text[end : formula.start]
        yield formula
        end = formula.end
    if end < len(text):
        yield text[end:]


class _Scan:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paragraph_end = 0
        self._failures = self._vain = 0
        self._next: dict[str, int] = {}  # the next place of each closer

    def run(self) -> Iterator[Formula]:
        position = 0
        while start := _START.search(self._text, position):
            position = start.start()
            if position >= self._paragraph_end:
                end = _PARAGRAPH_END.search(self._text, position)
                self._paragraph_end = end.start() if end else len(self._text)
            formula = self._read_at(position)
            if formula:
                yield formula
                position = formula.end
            else:
                position += self._skip(position)

    def _skip(self, position: int) -> int:
        """Return the number of characters to skip where no formula starts."""
        if dollars := _DOLLARS.match(self._text, position):
            return len(dollars[0])
        return 1 if self._text.startswith("\n", position + 1) else 2

    def _read_at(self, position: int) -> Formula | None:
        text = self._text
        if dollars := _DOLLARS.match(text, position):
            count = len(dollars[0])
            if count == 1:
                ticked = text.startswith("`", position + 1) and self._read_ticked(position)
                return ticked or self._read_single(position)
            if count > 2:  # noqa: PLR2004  three dollars open nothing
                return None
            return self._read_between(position, "$$", "$$", display=True)
        for opening, (closing, display) in _PAIRS.items():
            if text.startswith(opening, position):
                return self._read_bracketed(position, opening, closing, display=display)
        begin = _BEGIN.match(text, position)
        if begin and begin[1].removesuffix("*") in ENVIRONMENTS:
            return self._read_environment(begin)
        return None

    def _read_between(
        self, position: int, opening: str, closing: str, *, display: bool
    ) -> Formula | None:
        inside = position + len(opening)
        reach = MAX_DISPLAY if display else MAX_INLINE
        limit = min(self._paragraph_end, position + reach)
        end = self._find_closing(inside, limit, closing, braces=not display)
        if end < 0:
            return None
        return self._make_formula(
            position, end + len(closing), (inside, end), display=display
        )

    def _read_bracketed(
        self, position: int, opening: str, closing: str, *, display: bool
    ) -> Formula | None:
        found = self._read_between(position, opening, closing, display=display)
        if not found:
            return None
        body = self._text[position + len(opening) : found.end - len(closing)]
        if not _LETTER_OR_DIGIT.search(body):
            return None
        is_link = self._text.startswith("(", found.end) and opening.endswith("[")
        return None if is_link and not TEXISH.search(body) else found

    def _read_ticked(self, position: int) -> Formula | None:
        inside = position + 2
        limit = min(self._paragraph_end, position + MAX_INLINE)
        end = self._text.find("`$", inside, limit)
        if end <= inside or "`" in self._text[inside:end]:
            return None
        return self._make_formula(position, end + 2, (inside, end), display=False)

    def _read_single(self, position: int) -> Formula | None:
        inside = position + 1
        limit = min(self._paragraph_end, position + MAX_INLINE)
        if self._failures > MAX_FAILURES:
            return None
        end = self._find_closing(inside, limit, "$", braces=True)
        if end <= inside:
            self._failures += 1
            return None
        body, following = self._text[inside:end], self._text[end + 1 : end + 2]
        if body[0] == body[-1] == "`" and body[1:-1].isspace():
            return None  # a pair of ticks around nothing
        if not is_math(body, followed_by_digit=following in set("0123456789")):
            return None
        return self._make_formula(position, end + 1, (inside, end), display=False)

    def _read_environment(self, begin: re.Match[str]) -> Formula | None:
        name = re.escape(begin[1])
        limit = min(self._paragraph_end, begin.start() + MAX_DISPLAY)
        is_absent = self._is_absent(f"\\end{{{begin[1]}}}", begin.end(), limit)
        if is_absent or self._vain > MAX_FAILURES:
            return None
        depth = 1
        edge = re.compile(rf"\\(begin|end)\{{{name}\}}")
        for match in edge.finditer(self._text, begin.end(), limit):
            depth += 1 if match[1] == "begin" else -1
            if not depth:
                span = (begin.start(), match.end())
                return self._make_formula(*span, span, display=begin[1] != "math")
        self._vain += max(1, (limit - begin.end()) // _FAILURE)
        return None

    def _make_formula(
        self, start: int, end: int, inside: tuple[int, int], *, display: bool
    ) -> Formula | None:
        tex = self._text[slice(*inside)]
        if not tex or tex.isspace():
            return None
        if "%" in tex and not display and "\n" not in tex:
            tex = _PERCENT.sub(r"\1\2\\%", tex)
        if "&" in tex:
            tex = _ENTITY.sub(lambda match: _ENTITIES[match[1]], tex)
        return Formula(start=start, end=end, tex=tex, display=display)

    def _find_closing(self, start: int, limit: int, closing: str, *, braces: bool) -> int:
        """Find a closer outside braces and escapes before `limit`, or return -1."""
        if self._is_absent(closing, start, limit):
            return -1
        if closing == "$":
            simple = _SIMPLE_INLINE.match(self._text, start, limit)
            return simple.end() - 1 if simple else self._seek(start, limit, closing, braces)
        found = -1
        if self._vain <= MAX_FAILURES:
            found = self._seek(start, limit, closing, braces)
            if found < 0:
                self._vain += max(1, (limit - start) // _FAILURE)
        return found

    def _seek(self, start: int, limit: int, closing: str, braces: bool) -> int:  # noqa: FBT001
        text, depth = self._text, 0
        deep = closing.startswith("\\\\")  # braces do not hide a doubled backslash
        for match in _SIGN.finditer(text, start, limit):
            at, character = match.start(), match[0]
            if at < start:
                continue  # the second half of an escape
            if character == "\\":
                if (depth == 0 or deep) and text.startswith(closing, at):
                    return at
                start = at + 2
            elif character == "$":
                if depth == 0 and text.startswith(closing, at):
                    return at
            elif braces:
                depth = max(0, depth + (1 if character == "{" else -1))
        return -1

    def _is_absent(self, closing: str, start: int, limit: int) -> bool:
        """Tell whether a closer does not occur before `limit`, in O(1) amortised."""
        at = self._next.get(closing, -1)
        if at < start:
            found = self._text.find(closing, start)
            at = self._next[closing] = found if found >= 0 else len(self._text)
        return at >= limit

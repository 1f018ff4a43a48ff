r"""Commands of TeX in prose: `\textbf{…}`, `\footnote{…}`, `\url{…}`, `\,`, `{\em …}`.

A command that is not known here stays as written, with its arguments: it may be anything.
"""

import re
from unicodedata import category

from index.papers.prose.groups import OPTION, Groups
from index.papers.prose.held import HELD, Held
from index.papers.prose.symbols import BROKEN, MARKS, SYMBOLS, eats_space, set_mark
from index.papers.prose.writers import WRITERS, Call

_MAX_DEPTH = 30
_SIGN = re.compile(r"\\(?:(?P<name>[A-Za-z]+)\*?|(?P<sign>[^A-Za-z]))|[{}]", re.DOTALL)
_SWITCHES = frozenset(
    "it em bf rm sc sl sf tt itshape bfseries scshape slshape sffamily ttfamily rmfamily "
    "upshape mdseries normalfont tiny scriptsize footnotesize small normalsize large Large "
    "LARGE huge Huge noindent centering protect xspace boldmath unboldmath displaystyle "
    "textstyle ds left right big Big bigl bigr Bigl Bigr limits nolimits raggedright "
    "maketitle relax allowbreak nobreak unskip ignorespaces leavevmode "
    "clearpage newpage selectfont footnotemark label".split()
)
"""Commands that print nothing; what follows looks other."""
_STYLES = frozenset(
    "textbf textit textrm textsc textsf texttt textsl textnormal text emph underline mbox "
    "mathrm mathbf mathcal cal frak mathfrak operatorname".split()
)
"""Commands whose argument may stand without braces."""
_VERBATIM = frozenset(("verb", "lstinline"))
_BETWEEN_MARKS = re.compile(r"(?P<mark>[|!+/@\"'=^~])(?P<inside>[^\n]{1,300}?)(?P=mark)")
_SPACING = frozenset(
    "quad qquad thinspace medspace thickspace enspace enskip space newline linebreak par "
    "smallskip medskip bigskip break hfill".split()
)
_BLOCKS = frozenset(
    "itemize enumerate description abstract center quote quotation flushleft flushright "
    "document small compactitem compactenum inparaenum".split()
)
_ACCENTS = frozenset("~^")
_PRINTED = {
    **dict.fromkeys("!-/@", ""),
    **dict.fromkeys(" ,;:~\n", " "),
    **{sign: sign for sign in "%&#_{}"},
    "|": "‖",
}
_WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[.,:;()'/+–— -])*")
_FUNCTION = re.compile(
    r"(?:sqrt|frac|bar|hat|tilde|vec|dot|over|sum|prod|int|exp|log|min|max)$"
)
_VALUES = frozenset("∞∂∇∅")
_ONE_PIECE = re.compile(f"[{HELD}]")
_CONTEXT = 80
"""Characters before a command that tell what it is in its sentence."""


def write_commands(text: str, held: Held) -> str:
    """Return prose with the commands that are known written out."""
    return _Reader(text, held).write(0, len(text), 0)


class _Reader:
    """Reads one text once, command by command."""

    def __init__(self, text: str, held: Held) -> None:
        self._text = text
        self._held = held
        self._groups = Groups(text)

    def write(self, start: int, end: int, depth: int) -> str:
        """Write out text[start:end]."""
        if depth > _MAX_DEPTH:
            return self._text[start:end]
        written: list[str] = []
        position = start
        while found := _SIGN.search(self._text, position, end):
            written.append(self._text[position : found.start()])
            piece, position = self._read(found, end, depth, written)
            written.append(piece)
        written.append(self._text[position:end])
        return "".join(written)

    def _read(
        self, found: re.Match[str], end: int, depth: int, before: list[str]
    ) -> tuple[str, int]:
        """Return one command or group written out, and where the text goes on."""
        if found["name"]:
            return self._read_command(found, end, depth, before)
        if found["sign"]:
            return self._read_sign(found, end)
        close = self._groups.ends.get(found.start(), end) if found[0] == "{" else end
        if close >= end:
            return found[0], found.end()
        return self._write_group(found.start(), close, depth), close + 1

    def _read_sign(self, found: re.Match[str], end: int) -> tuple[str, int]:
        sign, after = found["sign"], found.end()
        if sign in _ACCENTS and self._text.startswith("{}", after):
            return self._held.hold(sign), after + 2  # an accent above nothing is a sign
        if sign in _PRINTED:
            return _PRINTED[sign], after
        if sign == "\\" and (after >= end or self._text[after] in " \n[\\"):
            option = OPTION.match(self._text, after, end)
            return " ", option.end() if option else after
        return found[0], after

    def _write_group(self, start: int, close: int, depth: int) -> str:
        inner = self._text[start + 1 : close]
        shown = self.write(start + 1, close, depth + 1)
        before, after = self._text[start - 1 : start], self._text[close + 1 : close + 2]
        if (before and before in "^_") or _FUNCTION.search(self._text, start - 5, start):
            return f"{{{shown}}}"
        if inner.lstrip().startswith("\\"):
            return f"{{{shown}}}" if "\\" in shown else shown.rstrip()
        if inner in ("", ",", "-", "--", "~") or inner.startswith(("this http", "[")):
            return shown
        is_glued = before.isalpha() or after.isalpha()
        is_word = bool(_WORDS.fullmatch(shown)) and (is_glued or len(inner) > 1)
        is_list = ", " in shown or ("," in shown and not is_glued)
        is_template = '"' in self._text[max(0, start - _CONTEXT) : start]
        if _ONE_PIECE.fullmatch(shown) or (is_word and not (is_list or is_template)):
            return shown
        return f"{{{shown}}}"

    def _read_command(
        self, found: re.Match[str], end: int, depth: int, written: list[str]
    ) -> tuple[str, int]:
        name, after = found["name"], found.end()
        if name in _VERBATIM and (verbatim := self._read_verbatim(after, end)):
            return verbatim
        if broken := self._read_broken(name, after, end):
            return broken
        if name in WRITERS:
            most, write = WRITERS[name]
            spans, behind = self._groups.read_arguments(after, end, most)
            if spans and not (name == "sqrt" and OPTION.match(self._text, after, end)):
                call = Call(
                    name=name,
                    raw=[self._text[a:b] for a, b in spans],
                    shown=[self.write(a, b, depth + 1) for a, b in spans],
                    before="".join(written[-6:])[-_CONTEXT:],
                    held=self._held,
                )
                return write(call), behind
        return self._read_bare(found, end, depth, written)

    def _read_bare(
        self, found: re.Match[str], end: int, depth: int, written: list[str]
    ) -> tuple[str, int]:
        """Read a command without arguments."""
        name, after = found["name"], found.end()
        if name in SYMBOLS:
            return self._read_symbol(found, end, "".join(written[-2:])[-1:])
        if name in MARKS:
            return self._read_mark(found, end, depth)
        if name in _SWITCHES or name in _STYLES:
            return self._read_switch(found, end, depth)
        if name in ("begin", "end"):
            return self._read_edge(found, end, depth)
        if name == "item":
            return " • ", self._groups.skip_spaces(after, end)
        return (" ", after) if name in _SPACING else self._read_unknown(found, end, depth)

    def _read_verbatim(self, after: int, end: int) -> tuple[str, int] | None:
        r"""Read what `\verb|x|` or `\lstinline{x}` shows, sign by sign."""
        while option := OPTION.match(self._text, after, end):
            after = option.end()
        if (close := self._groups.ends.get(after, end)) < end:
            start, behind = after + 1, close + 1
        elif shown := _BETWEEN_MARKS.match(self._text, after, end):
            start, close, behind = *shown.span("inside"), shown.end()
        else:
            return None
        return self._held.hold(self._held.release(self._text[start:close])), behind

    def _read_switch(self, found: re.Match[str], end: int, depth: int) -> tuple[str, int]:
        name, after = found["name"], found.end()
        if self._text.startswith("{}", after):
            after += 2
        elif self._text.startswith("{", after):
            if (close := self._groups.ends.get(after, end)) >= end:
                return found[0], after  # a group that never ends
            return self.write(after + 1, close, depth + 1), close + 1
        elif name == "footnotemark":
            option = OPTION.match(self._text, after, end)
            return "", option.end() if option else after
        is_kept = name == "xspace"  # which is there to keep the space behind it
        return "", after if is_kept else self._groups.skip_spaces(after, end)

    def _read_unknown(self, found: re.Match[str], end: int, depth: int) -> tuple[str, int]:
        """Read a command that stays as written; its arguments keep their braces."""
        written, after = [found[0]], found.end()
        while argument := self._find_argument(after, end):
            start, close = argument
            inner = self.write(start + 1, close, depth + 1)
            written.append(f"{self._text[after:start]}{{{inner}}}")
            after = close + 1
        return "".join(written), after

    def _find_argument(self, after: int, end: int) -> tuple[int, int] | None:
        """Return where the next argument opens, behind options, and where it closes."""
        while option := OPTION.match(self._text, after, end):
            after = option.end()
        start = self._groups.skip_spaces(after, end)
        close = self._groups.ends.get(start, end)
        is_empty = start > after and close == start + 1  # it ends a command, or nothing
        return (start, close) if close < end and not is_empty else None

    def _read_mark(self, found: re.Match[str], end: int, depth: int) -> tuple[str, int]:
        r"""Read a mark above a letter without braces: `\hat G`, `\bar\theta`."""
        start = self._groups.skip_spaces(found.end(), end)
        symbol = _SIGN.match(self._text, start, end)
        sign = (
            SYMBOLS.get(symbol["name"] or "") if symbol else self._text[start : start + 1]
        )
        marked = set_mark(found["name"], sign or "")
        if not marked or start >= end:
            return self._read_unknown(found, end, depth)
        return marked, symbol.end() if symbol else start + 1

    def _read_symbol(self, found: re.Match[str], end: int, before: str) -> tuple[str, int]:
        """Read a symbol; `before` is the character before it, if there is one."""
        name, after = found["name"], found.end()
        sign = SYMBOLS[name]
        is_relation = len(sign) == 1 and category(sign) == "Sm" and sign not in _VALUES
        if self._text.startswith("{}", after) and after + 2 <= end:
            after += 2
        elif eats_space(name) or (is_relation and before.strip()):
            after = self._groups.skip_spaces(after, end)
        following = self._text[after : after + 1]
        if sign.endswith(".") and following == ".":
            sign = sign[:-1]
        elif sign.isascii() and sign[-1].isalnum():
            sign += " " if following.isalnum() else ""
            sign = f" {sign}" if before.isalnum() else sign
        return sign, after

    def _read_broken(self, name: str, after: int, end: int) -> tuple[str, int] | None:
        if len(name) != 1 or not self._text.startswith("{", after):
            return None
        close = self._groups.ends.get(after, end)
        sign = BROKEN.get((name, self._text[after + 1 : close])) if close < end else None
        return (sign, close + 1) if sign else None

    def _read_edge(self, found: re.Match[str], end: int, depth: int) -> tuple[str, int]:
        spans, behind = self._groups.read_arguments(found.end(), end, 1)
        if not spans or self._text[slice(*spans[0])].rstrip("*") not in _BLOCKS:
            return self._read_unknown(found, end, depth)
        option = OPTION.match(self._text, behind, end)
        return " ", option.end() if option else behind

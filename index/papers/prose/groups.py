"""Groups of a text: where each brace closes, and where a command's arguments stand."""

import re

OPTION = re.compile(r"[ \n]*\[[^\[\]{}]{0,300}\]")
"""An argument in brackets, which may be left out."""

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_SPACES = re.compile(r"[ \n]*")


class Groups:
    """The groups of one text; `ends` says where each closes, by where it opens."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.ends: dict[int, int] = {}
        opened: list[int] = []
        for brace in _BRACE.finditer(text):
            if brace[0] == "{":
                opened.append(brace.start())
            elif brace[0] == "}" and opened:
                self.ends[opened.pop()] = brace.start()

    def read_arguments(
        self, position: int, end: int, most: int
    ) -> tuple[list[tuple[int, int]], int]:
        """Return where arguments stand, options left out, and where the text goes on."""
        spans: list[tuple[int, int]] = []
        while option := OPTION.match(self._text, position, end):
            position = option.end()
        while len(spans) < most:
            opening = self.skip_spaces(position, end)
            close = self.ends.get(opening, end)
            if close >= end:
                break
            spans.append((opening + 1, close))
            position = close + 1
        return spans, position

    def skip_spaces(self, position: int, end: int) -> int:
        """Return where a text goes on behind spaces."""
        spaces = _SPACES.match(self._text, position, end)
        return spaces.end() if spaces else position

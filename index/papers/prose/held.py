"""Held pieces: what cleaning must not touch stands in a text as one private character."""

import re

_FIRST = 0x100000
MAX_HELD = 0xFFFD
"""The most pieces that one text may have."""

HELD = "\U00100000-\U0010fffd"
"""The characters that stand for pieces, for use in a character class."""

GONE = "\U0010fffe"
"""Stands where a command left nothing, until the spaces around it are mended."""

_HELD = re.compile(f"[{HELD}]")

_PRIVATE = re.compile("[\U00100000-\U0010ffff]")


class Held:
    """The pieces of one text that are kept aside, and which of them are formulas."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.formulas: set[str] = set()

    def hold(self, piece: str, *, formula: bool = False) -> str:
        """Return the character that stands for a piece, or the piece after MAX_HELD."""
        if len(self._pieces) >= MAX_HELD:
            return piece
        sign = chr(_FIRST + len(self._pieces))
        self._pieces.append(piece)
        if formula:
            self.formulas.add(sign)
        return sign

    def release(self, text: str) -> str:
        """Return a text with all pieces back in their places."""
        return _HELD.sub(lambda sign: self._piece(sign[0]), text) if self._pieces else text

    def list_formulas(self, text: str) -> list[str]:
        """Return the formulas that a text holds, in order, as written."""
        return [self._piece(s) for s in _HELD.findall(text) if s in self.formulas]

    def _piece(self, sign: str) -> str:
        number = ord(sign) - _FIRST
        return self._pieces[number] if number < len(self._pieces) else ""


def forget_private(text: str) -> str:
    """Return a text without the characters that would stand for pieces."""
    return _PRIVATE.sub("", text) if max(text, default="") >= chr(_FIRST) else text

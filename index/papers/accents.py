r"""Accents and letters of TeX as Unicode, and a few text commands.

Formulas stay as they are. Only a certain accent or letter goes to pylatexenc, one at a
time and cached: passing a whole abstract through a TeX parser takes milliseconds and
damages prose.
"""

import re
import unicodedata
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text

from index.papers.mathtext import split

_LETTERS = "ss|SS|ae|AE|oe|OE|aa|AA|dh|DH|dj|DJ|ng|NG|th|TH|o|O|l|L|i|j"
_PIECE = (
    r"(?<!\\)\\(?:"  # two backslashes are a line break
    rf"""(?:["'`^~=.]\s*|[uvHcdbkr](?=[\s{{\\])\s*)"""  # an accent mark, then its letter
    r"(?:\{\s*(?:\\[ij](?![A-Za-z])|[A-Za-z])\s*\}|\\[ij](?![A-Za-z])(?:\s|\{\})?|[A-Za-z])"
    rf"|(?:{_LETTERS})(?![A-Za-z])(?:\{{\}}|\s)?"
    r")"
)
_ACCENT = re.compile(rf"\{{\s*({_PIECE})\s*\}}|({_PIECE})")
_STYLE = re.compile(
    r"\\(?:emph|textit|textbf|textrm|textsc|textsf|texttt|mbox|text)\{([^{}]*)\}"
    r"|\{\\(?:it|em|bf|rm|sc|sl|sf|tt)\s+([^{}]*)\}"
)
_ESCAPED = re.compile(r"\\([%&#_])")
_TIE = re.compile(r"(?<=[A-Za-z.])~(?=[A-Za-z0-9\\(\[])")
_CANDIDATE = re.compile(  # all begin with a backslash, which makes the search fast
    r"""\\(?:["'`^~=.%&#_]|[uvHcdbkr](?=[\s{\\])|emph|text|mbox"""
    rf"|(?:{_LETTERS})(?![A-Za-z])|(?<=\{{\\)[a-z]{{2}}\s)"
)
_TO_TEXT = LatexNodes2Text(math_mode="verbatim")


def decode_tex(text: str) -> str:
    """Return prose with TeX accents, letters and text commands as Unicode (NFC).

    Formulas, and everything that is not certainly one of these, stay unchanged.
    """
    if ("\\" in text and _CANDIDATE.search(text)) or "~" in text or "``" in text:
        text = "".join(
            _decode_prose(piece)
            if isinstance(piece, str)
            else text[piece.start : piece.end]
            for piece in split(text)
        )
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def decode_accents(prose: str) -> str:
    """Return prose without formulas, its TeX accents and letters as Unicode."""
    return _ACCENT.sub(lambda match: _decode_accent(match[0], match[1] or match[2]), prose)


def _decode_prose(text: str) -> str:
    if "\\" in text:
        text = decode_accents(text)
        text = _STYLE.sub(lambda match: match[1] or match[2] or "", text)
        text = _ESCAPED.sub(r"\1", text)
    text = text.replace("``", "“").replace("''", "”") if "``" in text else text
    return _TIE.sub(" ", text) if "~" in text else text


@lru_cache(maxsize=4_096)
def _decode_accent(written: str, bare: str) -> str:
    """Return one letter, or the text as written if there is no such letter."""
    letter = unicodedata.normalize("NFC", _TO_TEXT.latex_to_text(bare).strip())
    return letter if len(letter) == 1 and letter.isalpha() else written

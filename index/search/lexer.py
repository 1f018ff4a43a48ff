"""Which tokens a query's text is made of: words, phrases, operators, parentheses."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from index.papers.accents import tex_to_unicode
from index.search.tree import FIELD, OPERATORS, Field

FIELD_NAMES = {
    **{str(known): known for known in Field},
    "title": Field.TITLE,
    "abstract": Field.ABSTRACT,
    "author": Field.AUTHOR,
    "category": Field.CATEGORY,
}
"""Every field name of the query language, short and long."""


class Notify(Protocol):
    """Takes note of something a reader should know."""

    def __call__(self, code: str, **params: str | int) -> None:
        """Note a code with parameters."""
        ...


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query; `field` is set where it names one."""

    kind: str  # open close phrase word and or not
    text: str
    field: Field | None = None


def plain(text: str) -> str:
    """Return a text with TeX accents as Unicode and full-width marks as the plain ones.

    The result is NFC, as the papers are.
    """
    text = tex_to_unicode(text).translate(_FULL_WIDTH)
    return unicodedata.normalize("NFC", text)


def read_tokens(text: str, notice: Notify) -> Iterator[Token]:
    """Yield the tokens of a text that `plain` has returned; report what is odd."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "end":
            if not match["end"]:
                notice("unclosed_quote")
            yield Token("phrase", match["phrase"])
        elif kind == "word":
            yield from _word(match["word"], text[match.end() :][:1], notice)
        elif kind == "minus":
            yield Token("not", "-")
        elif kind:
            yield Token(kind, match[0])


_FULL_WIDTH = str.maketrans(
    {
        "（": "(",
        "）": ")",
        "：": ":",
        "｜": "|",
        "－": "-",
        "＂": '"',
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "「": '"',
        "」": '"',
        "\u3000": " ",
        "\x00": " ",
    }
)

_TOKEN = re.compile(
    r"""\s+
    | (?P<open>\() | (?P<close>\))
    | "(?P<phrase>[^"]*)(?P<end>"|$)
    | (?P<minus>(?<![^\s(])-(?=[^\s\-]))
    | (?P<word>[^\s"()]+)""",
    re.VERBOSE,
)


def _word(word: str, following: str, notice: Notify) -> Iterator[Token]:
    if operator := OPERATORS.get(word):
        yield Token(operator, word)
        return
    if match := FIELD.fullmatch(word):
        known = FIELD_NAMES.get(match[1].lower())
        if known and (match[2] or following in ('"', "(")):
            yield Token("field", word, known)
            if match[2]:
                yield Token("word", match[2])
            return
        if not known and match[2]:
            notice("unknown_field", field=match[1])
    yield Token("word", word)

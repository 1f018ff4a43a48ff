r"""Words of prose: which strings are words, with everything that is tied to them.

A word goes on through hyphens, points, plus signs, stars, sub- and superscripts, short
groups in parentheses and formulas that stand directly beside it: `spin-1/2`, `U_q(Lg)`,
`OMNeT++`, `(2+1)-dimensional`. Addresses, ids of papers and commands are no words, and
neither is the rest of a word whose beginning could not be read: never half a word.

Each expression takes time in proportion to the text: what may be tied is bounded.
"""

import re
from collections.abc import Iterator
from typing import Final

PRIVATE: Final = "\ue000-\uf8ff"
"""The characters that stand for formulas, for use in a character class."""

_DASH = r"\-‐‑–"
_LETTER = rf"(?:[^\W_]|[\u0300-\u036f⁺⁻₊₋′{PRIVATE}])"
_SCRIPT = (
    r"[_^](?:\{(?:[^{}]|\{[^{}]{0,12}\}){1,24}\}|\\[A-Za-z]{1,12}|\([^\s()]{1,12}\)|[-+*±']?"
    rf"(?={_LETTER})|[-+*±'])|/su[bp]\s[^\s/]{{1,12}}/"
)
_GROUP = (
    r"\((?!(?:s|es|ies)\))(?:(?<![^\W_]{4}\()|(?<![^\W_]{9}\()(?=[^\s()]{0,12}\d))"
    r"(?:[^\s()]|,\s|\([^\s()]{0,8}\)){1,12}\)"
)
_POINT = (
    rf"\.(?:(?<=\d\.)(?=\d)|(?<=\b\w\.)(?={_LETTER})|(?=[a-z])"
    r"|(?=[A-Z]{2,8}\b|[A-Z]\b)|(?<=\.\w\.)(?=\s[a-z]))"
)
_SLASH = (
    rf"/(?:(?=\d)|(?={_LETTER})(?:(?<=\d/)|(?<=\b\w/)|(?=\w\b))"
    r"|(?<=[A-Z]/)(?=[A-Z])|(?=[A-Z][a-z]?[A-Z\d]))"
)
_BEFORE = (
    rf"(?:\([^\s()]{{1,12}}\)[{_DASH}]?|[\[{{\"“][^\s\[\]{{}}\"“”]{{1,12}}[\]}}\"”][{_DASH}]"
    r"|(?<![\w*])\*-|\#(?=[A-Z])|(?<![^\s(/])\.(?=[A-Za-z]))"
)
_WORD = rf"""
    (?:{_BEFORE}(?={_LETTER}))?+ {_LETTER}++
    (?: {_LETTER}++ | [{_DASH}](?={_LETTER}|\([^\s()]{{1,12}}\){_LETTER})
      | {_POINT} | {_SCRIPT} | {_SLASH} | {_GROUP}
      | ['’](?!s\b)(?={_LETTER}) | [&@](?={_LETTER}) | \++ | \*{{1,2}} | \#(?!\w)
      | %(?=[{_DASH}]{_LETTER}) )*+
"""
_REST = (  # of a word that a line's end has parted: `hyphen- ated`, not `pre- and post-`
    r"(?:\s{1,3}(?!(?:and|or|nor|to|but|as|versus|vs|than|through)\b)[a-z]{1,30}+(?![\w‐‑–-]))?"
)
_TOKEN = re.compile(
    rf"""
    (?P<plain>(?!this\ http)[^\W\d_]{{2,}}+)(?:\s|(?=[,;]|[.:)](?:\s|$)|$))
    | [,.;:]\s
    | \{{?\bthis\ https?\ URL\b\}}?                                      # no words
    | (?:https?://|www\.)\S+
    | (?:[\w-]{{1,40}}\.){{1,4}}(?:com|org|net|io|edu|gov)\b(?:/\S*)?
    | [\w.+-]{{1,40}}@[\w-]{{1,40}}\.[\w.-]{{1,40}}
    | \b[a-z]{{2,8}}(?:-[a-z]{{2,4}})?(?:\.[A-Z]{{2}}|(?=/\d{{7}}))(?:/\d{{7}}(?:v\d+)?|\b)
    | \b10\.\d{{4,9}}/\S+
    | (?:(?<=[^\s{_DASH}])[{_DASH}]|[_^@$]){_WORD}
    | \\(?:cite|ref|eqref|label|url|footnote)[a-z]*\*?(?:\[[^\]]{{0,200}}\])*\{{[^{{}}]*\}}
    | \\[A-Za-z]+\*? | \[[\d,\s–-]+\]
    | (?P<word>{_WORD})(?P<open>[{_DASH}](?![^\s,;.)]){_REST})?
    | (?P<joint>['’]s\b)
    | \d++ | \S
    """,
    re.VERBOSE,
)
_HAS_LETTER = re.compile(r"[^\W\d_]")
_ALONE = re.compile(rf"(?<![^\W_{PRIVATE}])[{PRIVATE}]+(?![^\W_{PRIVATE}])")
_FORMULAS = re.compile(f"[{PRIVATE}]+")
_EMPHASIS = re.compile(
    rf"(?<![\w*])(\*{{1,3}})(?=[^\W_]|[{PRIVATE}])([^*\n]{{1,300}}?)(?<=\S)\1(?!\*)"
)


def find_words(prose: str) -> Iterator[str]:
    """Yield the words of prose in order, and an empty text where a phrase must end.

    The joint of a genitive (`Shor's`) is passed over. A string without a letter is no word.
    """
    if "*" in prose:
        prose = strip_emphasis(prose)
    for plain, word, is_open, joint in _TOKEN.findall(prose):
        if plain:
            yield plain
        elif not joint:
            yield word if word and not is_open and _HAS_LETTER.search(word) else ""


def strip_emphasis(prose: str) -> str:
    """Return prose without the pairs of stars that Markdown reads as emphasis."""
    return _EMPHASIS.sub(r"\2", prose)


def read_bare(word: str) -> str:
    """Return a word as its class is told: without formulas and the points at its end.

    A formula that a hyphen ties stands for a letter.
    """
    if not word.isascii():
        word = _ALONE.sub("x", word)
        word = _FORMULAS.sub("", word)
    return word.rstrip(".")

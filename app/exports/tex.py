r"""Values of BibTeX fields: special characters escaped, capitals and formulas kept.

BibTeX counts braces whether or not a backslash precedes them, so no unbalanced brace
may remain in a value, not even in a formula: there `\{` becomes `\lbrace`.
A formula that is a program (`\input`) is written as plain text.
"""

import re

from app.exports.citation import clean_line
from app.exports.inline import make_inline
from index import Author, find_formulas

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    '"': "{''}",
}
_BEFORE_OPENING = ("", " ", "(", "[", "{", "-", "/")
_SIGN = re.compile("|".join(map(re.escape, _ESCAPED)))
_MATH_SIGN = re.compile(r"\\.|[%#]")  # an escape is read whole: `\\{` contains no brace
_MATH_SIGNS = {r"\{": r"\lbrace ", r"\}": r"\rbrace ", "%": r"\%", "#": r"\#"}
_PROGRAM = re.compile(  # commands that read, write or redefine do not belong in a title
    r"\\(?:\w*input\w*|include\w*|openin|openout|read|readline|write|immediate|special"
    r"|csname|catcode|[egx]?def|let|futurelet|(?:re)?new\w+|provide\w+|usepackage"
    r"|expandafter|scantokens|directlua|latelua|loop|everypar|aftergroup"
    r"|afterassignment|pdf[a-z]+)(?![A-Za-z])|\^\^"
)
_NO_URL_SIGN = re.compile(r"[\\{}]")
_SEPARATING = re.compile(r"(?<!\S)(?:and|others)(?!\S)", re.IGNORECASE)
_WORD = re.compile(r"[^\s]+")
_SENTENCE_ENDS = (":", ".", "?", "!", "—")
UNTELLING = frozenset(
    "a an and are as at by can do does for from how in into is it its of on or the to "
    "via what when where which why with".split()
)
_LETTERED = re.compile(r"[^\W\d_]{3,}")


def write_title(text: str) -> str:
    """Write a title; keep its formulas, and brace the capitals that must stay."""
    lowers = _is_title_case(text)
    pieces: list[str] = []
    end, is_first = 0, True
    for formula in find_formulas(text):
        prose = text[end : formula.start]
        pieces += [
            _keep_capitals(prose, lowers, is_first=is_first),
            _write_math(formula.tex),
        ]
        is_first, end = is_first and not prose.strip(), formula.end
    pieces.append(_keep_capitals(text[end:], lowers, is_first=is_first))
    return " ".join("".join(pieces).split())


def _is_title_case(text: str) -> bool:
    """Tell whether most longer words are capitalised, so that a style may lower them."""
    words: list[str] = [
        word for word in _LETTERED.findall(text)[1:] if word.lower() not in UNTELLING
    ]
    return sum(word[0].isupper() for word in words) * 2 > len(words)


def _keep_capitals(prose: str, lowers: bool, *, is_first: bool) -> str:  # noqa: FBT001
    """Brace words whose capitals must stay: BERT always, Euler unless in title case."""

    def keep(match: re.Match[str]) -> str:
        nonlocal is_first
        word, begins = match[0], is_first
        is_first = word.endswith(_SENTENCE_ENDS)
        first, *others = [letter for letter in word if letter.isalpha()] or [""]
        is_name = first.isupper() and not (begins or lowers)
        escaped = escape(word)
        if is_name or any(letter.isupper() for letter in others):
            return f"{{{escaped}}}"
        return escaped

    return _WORD.sub(keep, prose)


def _write_math(tex: str) -> str:
    if _PROGRAM.search(tex):
        return escape(f"${tex}$")
    named = _MATH_SIGN.sub(lambda sign: _MATH_SIGNS.get(sign[0], sign[0]), make_inline(tex))
    return f"{{${_balance_braces(clean_line(named))}$}}"


def _balance_braces(text: str) -> str:
    """Drop unbalanced braces."""
    opened: list[int] = []
    dropped: set[int] = set()
    for place, sign in enumerate(text):
        if sign == "{":
            opened.append(place)
        elif sign == "}":
            if opened:
                opened.pop()
            else:
                dropped.add(place)
    dropped.update(opened)
    return "".join(sign for place, sign in enumerate(text) if place not in dropped)


def write_name(author: Author) -> str:
    """Write a name as BibTeX splits it: last, suffix, first; a group's in braces."""
    if not author.first:
        name = escape(author.name)
        is_whole = re.search(r"\s|,", name) or _SEPARATING.search(name)
        return f"{{{name}}}" if is_whole else name
    parts = (author.last, author.suffix, author.first)
    return ", ".join(_write_name_part(part) for part in parts if part)


def _write_name_part(text: str) -> str:
    """Write a part of a name so that BibTeX splits it at no `and` and no comma."""
    part = escape(text)
    return f"{{{part}}}" if _SEPARATING.search(part) else part.replace(",", "{,}")


def write_doi(text: str) -> str:
    """Write a DOI as styles expect it: verbatim, with braces and backslashes encoded."""
    return _NO_URL_SIGN.sub(lambda sign: f"%{ord(sign[0]):02X}", clean_line(text))


def escape(text: str) -> str:
    """Return a text whose special characters are TeX's for them."""
    return _SIGN.sub(_escape_sign, clean_line(text))


def _escape_sign(sign: re.Match[str]) -> str:
    """Return TeX's for a sign; a quotation mark opens where a word begins."""
    opens = sign[0] == '"' and sign.string[: sign.start()][-1:] in _BEFORE_OPENING
    return "{``}" if opens else _ESCAPED[sign[0]]

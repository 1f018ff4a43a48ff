"""An expression: the categories of a listing, a text such as `cs.AI+cs.LG-cs.CY`.

A plus joins, and so does a comma, a semicolon, a bar, `or`, `and` or white space; a minus
leaves out.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from index.errors import BadQuery
from index.papers.categories import ALIASES, CATEGORIES, canonicalize_code
from index.search.query.tree import AnyOf, Field, Node, Term, Without

MAX_EXPRESSION = 2_000
"""Characters of a category expression."""

_JOIN, _LEAVE = "+,; \t", "-"
_LONGEST_FIRST = sorted((*CATEGORIES, *ALIASES), key=len, reverse=True)
_CODE = re.compile(
    rf"({'|'.join(map(re.escape, _LONGEST_FIRST))})(?:\.\*)?(?=[{_JOIN}{_LEAVE}]|$)",
    re.IGNORECASE,
)


_LIKE_CODE = re.compile(r"[A-Za-z]{1,10}(?:-[A-Za-z]{1,8})?(?:\.[A-Za-z*-]{0,20})?")
_NAMED = re.compile(r"(?P<name>[A-Za-z][^()]{1,80}) \((?P<code>[A-Za-z.-]{2,20})\)")
_AROUND = re.compile(r"[\[\](){}<>\"'“”‘’]|(?<=[\w)\]}\"'”’])[.:?!](?=[\s,;+\])}\"'”’]|$)")
_SLASH = re.compile(
    r"(?<![\w/])([A-Za-z]{2,8}(?:-[A-Za-z]{2,5})?)/([A-Za-z]{2,6}(?:-[A-Za-z]{2,5})?)(?![\w/])"
)
_HYPHEN = re.compile(
    r"(?<![\w.])([A-Za-z]{1,8}(?:-[A-Za-z]{2,5})?)-([A-Za-z]{2,6}(?:-[A-Za-z]{2,5})?)(?![\w.-])"
)
_LED = re.compile(r"\s*arxiv:\s*(?=[a-z])", re.IGNORECASE)
_JOINT = re.compile(r" ?[|&] ?| (?:OR|or|and) ")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.|export\.|rss\.)?(?:arxiv\.org/(?:list|archive|rss|atom)"
    r"|papers\.cool/arxiv)/(?P<codes>[A-Za-z.+-]{2,200})(?:/[\w.-]{0,20}){0,3}(?:\?\S{0,200})?",
    re.ASCII | re.IGNORECASE,
)
_TELLING = re.compile(r"[.-]")


def read_listing(text: str) -> "Expression | None":
    """Return the categories that a text is nothing but, or None.

    One of them has a dot or a hyphen: `cs.LG`, `hep-th`, but `math` is a word. The
    address of arXiv's listing is one, and so is what follows `arXiv:`, whatever its code.
    """
    if address := _ADDRESS.fullmatch(text.strip()):
        return _try_parse(address["codes"])
    is_told = _LED.match(text) or _TELLING.search(_tidy(text))
    return _try_parse(text) if is_told else None


def find_unknown_code(text: str) -> str | None:
    """Return the first part of an expression that looks like a category and is none."""
    parts = [part for part in re.split(r"[+,;\s]+", text) if part]
    if not all(map(_LIKE_CODE.fullmatch, parts)):
        return None
    return next((part for part in parts if _try_parse(part) is None), None)


def _tidy(text: str) -> str:
    """Return an expression without brackets and full stops: `[cs.LG].`, `cs/LG`, `cs-LG`.

    What arXiv writes of a category, `Machine Learning (cs.LG)`, is its code.
    """
    text = " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
    text = _LED.sub("", text, count=1) if _LED.match(text) else text
    named = _NAMED.fullmatch(text)
    if named and (code := canonicalize_code(named["code"])):
        name = " ".join(named["name"].split()).casefold()
        return code if CATEGORIES[code].name.casefold() == name else text
    bare = _SLASH.sub(_join_code, _AROUND.sub("", text))
    return _JOINT.sub("+", _HYPHEN.sub(_join_code, bare))


def _join_code(parted: re.Match[str]) -> str:
    """Return a code with a dot in place of its slash or hyphen, if there is one."""
    code = canonicalize_code(f"{parted[1]}.{parted[2]}")
    return code or parted[0]


def _try_parse(text: str) -> "Expression | None":
    try:
        return Expression.parse(text)
    except BadQuery:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """Categories that a paper may have one of, and such that it may not have."""

    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an expression; the longest code at a place wins. Raises BadQuery."""
        if len(text) > MAX_EXPRESSION:
            raise BadQuery("the categories are too many", param="categories")
        include: dict[str, None] = {}
        exclude: dict[str, None] = {}
        position, wanted = 0, include
        text = _tidy(text).strip(_JOIN)
        while position < len(text):
            sign = text[position]
            if sign in _JOIN or sign == _LEAVE:
                wanted = exclude if sign == _LEAVE else include
                position += 1
                continue
            match = _CODE.match(text, position)
            code = canonicalize_code(match[1]) if match else None
            if match is None or code is None:
                raise BadQuery(
                    f"{text[position : position + 40]!r} does not begin with a category of "
                    "arXiv; write codes such as cs.LG or archives such as cs, joined by + "
                    "and left out by -",
                    param="categories",
                )
            wanted[code] = None
            position = match.end()
        if not include:
            raise BadQuery(
                "no category is named; write one such as cs.LG", param="categories"
            )
        return cls(include=tuple(include), exclude=tuple(exclude))

    def __str__(self) -> str:
        """Print the expression so that it parses back."""
        return "+".join(self.include) + "".join(f"-{code}" for code in self.exclude)

    def names(self, code: str) -> bool:
        """Tell whether a category is one that is included, or of such an archive."""
        category = CATEGORIES.get(code)
        return code in self.include or (
            category is not None and category.archive in self.include
        )

    def nodes(self) -> tuple[Node, ...]:
        """Return what a paper must fulfil, as filters of a query."""
        terms = tuple(Term(Field.CATEGORY, code) for code in self.include)
        joined: Node = terms[0] if len(terms) == 1 else AnyOf(terms)
        left = (Without(Term(Field.CATEGORY, code)) for code in self.exclude)
        return (joined, *left)

"""Names of authors: splits an author line into names, and names into parts.

The rules follow arXiv's own `authors_parsed` field: authors are separated
by commas, semicolons, ampersands and "and"; parentheses hold affiliations; lower-case
particles belong to the last name; collaborations are one name.
"""

import re
from functools import lru_cache

from index.papers.accents import decode_tex
from index.papers.paper import Author

_SEPARATOR = re.compile(r"\s*(?:[,;:&]|\b(?:and|for the|on behalf of the)\b)\s*")
_INNER_PARENTHESES = re.compile(r"\([^()]*\)")
_MAX_NESTING = 4
_ET_AL = re.compile(r"\bet\.? al\b\.?")
_SUFFIXES = frozenset("Jr Jr. Sr Sr. II III IV".split())
_UNUSUAL = (";", ":", "&", " for ", " behalf ")
_GROUP = re.compile(
    r"\b(?:[Cc]ollaborations?|[Cc]onsortium|Team|Group|Project|Network|Experiments?"
    r"|Task Force|Survey|COLLABORATION)\b"
)
_ARTICLE = re.compile(r"(?:for |with )?(?:the )(?=\S)", re.IGNORECASE)
_PARTICLES = frozenset(
    "van von der den de del della dello di da das do dos du la le les lo ter ten te zu "
    "zum zur af av bin ibn ben el al st vom op 't y e De Del Della Di Von Du Der Den "
    "Ter".split()
)


def read_authors(line: str) -> tuple[Author, ...]:
    """Split an author line, TeX or Unicode, into authors, in order."""
    line = decode_tex(" ".join(line.split()))
    if "(" in line or ")" in line:
        line = _remove_affiliations(line)
    if "et al" in line or "et. al" in line:
        line = _ET_AL.sub(",", line)
    if any(sign in line for sign in _UNUSUAL):
        names = _SEPARATOR.split(line)
    else:
        names = line.removesuffix(" and").replace(" and ", ",").split(",")
    authors: list[Author] = []
    for name in names:
        author = _split_name(name.strip())
        if author.last in _SUFFIXES and not author.first and authors:
            last = authors.pop()
            author = Author(last=last.last, first=last.first, suffix=author.last)
        if author.last:
            authors.append(author)
    return tuple(authors)


def _remove_affiliations(line: str) -> str:
    for _ in range(_MAX_NESTING):
        line, changed = _INNER_PARENTHESES.subn(" ", line)
        if not changed:
            break
    return " ".join(line.replace("(", " ").replace(")", " ").split())


@lru_cache(maxsize=65_536)
def _split_name(name: str) -> Author:
    """Split one name; the last name is empty if it is not a name."""
    if _GROUP.search(name):
        return Author(last=_ARTICLE.sub("", name, count=1))
    words = name.split()
    if not any(map(str.isalnum, name)) or words == ["and"]:
        return Author(last="")
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""  # noqa: PLR2004  first, last, suffix
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    if start == 1 and words[0] in _PARTICLES and words[0].islower():
        start = 0
    elif 1 < start < len(words) - 1 and words[start - 1] == "Van":
        start -= 1
    return Author(
        last=" ".join(words[start:]), first=" ".join(words[:start]), suffix=suffix
    )

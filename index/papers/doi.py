"""DOIs: reads the DOI field of a paper, whatever its authors have written there.

A field may hold several (a paper and its errata), addresses of a resolver, `doi:` and
entities of HTML. A DOI may hold any sign but white space: `<`, `>` and quotation marks
too. Handles of other registries than DOI's (`21.11130/…`) resolve alike and count.
"""

import re
from html import unescape
from urllib.parse import quote, unquote

_RESOLVER = re.compile(
    r"(?:https?://)?(?:dx\.|www\.)?doi\.org/(?:doi:)?|https?://hdl\.handle\.net/",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:doi|hdl)\s*[:=]?\s*(?=(?:https?://|doi\.org|dx\.|\d))", re.IGNORECASE
)
_BREAK = re.compile(
    r"\s+|[,;|]+(?=\s|$|(?:https?://|doi:|(?:dx\.)?doi\.org/)?\d\d\.\d{4,9}/)"
)
_DOI = re.compile(r"\d\d\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_TAIL = ".,;"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


def read_dois(text: str) -> tuple[str, ...]:
    """Return the DOIs of a field, each once, in order; nothing for what is none."""
    plain = _LABEL.sub("", unescape(text))
    found: dict[str, str] = {}
    for doi in filter(None, map(_read_doi, _BREAK.split(plain))):
        found.setdefault(doi.casefold(), doi)
    return tuple(found.values())


def make_doi_url(doi: str) -> str:
    """Return the address of a DOI: every sign that an address has not is encoded."""
    return f"https://doi.org/{quote(doi, safe='/:;().-_')}"


def _read_doi(text: str) -> str | None:
    text = text.lstrip("([{\"'<")
    if match := _RESOLVER.match(text):
        text = unquote(text[match.end() :])
    text = text.rstrip(_TAIL)
    while (
        text and text[-1] in _PAIRS and text.count(_PAIRS[text[-1]]) < text.count(text[-1])
    ):
        text = text[:-1].rstrip(_TAIL)
    return text if _DOI.fullmatch(text) else None

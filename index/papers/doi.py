"""DOIs: reads the DOI field of a paper, whatever its authors have written there.

A field may hold several (a paper and its errata), addresses of a resolver, `doi:` and
entities of HTML. A DOI may hold any sign but white space: `<`, `>` and quotation marks
too. Handles of other registries than DOI's (`21.11130/…`) resolve alike and count.
"""

import re
from collections.abc import Mapping
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
    r"\s+|(?<![,;|])[,;|]++(?=\s|$|(?:https?://|doi:|(?:dx\.)?doi\.org/)?\d\d\.\d{4,9}/)"
)
_DOI = re.compile(r"\d\d\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_TAIL = ".,;"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


def read_dois(text: str) -> tuple[str, ...]:
    """Return the DOIs of a field, each once, in order; nothing for what is none."""
    plain = _LABEL.sub("", " ".join(unescape(text).split()))
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
    text = cut_tail(text, _TAIL, _PAIRS)
    return text if _DOI.fullmatch(text) else None


def cut_tail(text: str, signs: str, pairs: Mapping[str, str]) -> str:
    """Return a text without the signs behind it, and closing brackets without a partner.

    `pairs` has the opening bracket of each closing one. The time is linear.
    """
    spare = {sign: text.count(sign) - text.count(pairs[sign]) for sign in pairs}
    end = len(text)
    while end and (text[end - 1] in signs or spare.get(text[end - 1], 0) > 0):
        end -= 1
        if text[end] in spare:
            spare[text[end]] -= 1
    return text[:end]

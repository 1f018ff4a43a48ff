r"""Leftovers in names: marks, degrees and scraps that no person is called.

Author lists hold footnote marks (`Ali Karimoddini1`), degrees (`Ph.D.`), what is left of
`et al.`, and braces of TeX (`Ren{é}`).
"""

import re
from typing import Literal

from index.bounded_cache import remember_short

Reason = Literal[
    "mark",
    "degree",
    "scrap",
    "et_al",
    "affiliation",
    "unreadable",
    "orcid",
    "email",
    "role",
]
"""Why a part of an author list is left out; templates of messages name them."""

_ODD = re.compile(  # most names have none of these, and pass at once
    r"[^\w\s.'’-]|[\d_¹²³⁰-⁹]|\bet\b|\bal\b|^\W|-$"
    r"|\b(?:Ph\.?\s?-?D\b|M\.?\s?(?:D|Sc)\b|B\.?Sc\b|MBBS|Dr|Prof|Mrs?\b|Ms\.|Author|[Bb]y\b)"
)
_UMLAUT = re.compile(r'(?<=[A-Za-z])"([aouAOU])(?=[a-z])')
_UMLAUTS = dict(zip("aouAOU", "äöüÄÖÜ", strict=True))
_BRACES = re.compile(r"[{}]|\\[,;: ]|\\+(?=[A-Z])|~")
_RAISED = re.compile(r"\^\{?[\d,*\s]{1,12}\}?")
_MARKS = re.compile(r"[*†‡§¶#^$|=¹²³⁰-⁹]|\[[^\[\]]*\]|\\[a-z]*$|(?<!\S)\d{1,3}(?!\S)")
_NUMBER = re.compile(  # Chen1, but 1Ada Chen too
    r"(?<=[A-Za-zà-ÿ][a-zà-ÿ])\d{1,2}(?!\w)|(?<!\S)\d{1,2}(?=[A-Z][a-zà-ÿ]{0,20}+\.?\s)"
)
_DEGREE = re.compile(
    r"(?:^|[\s,]+)(?:Ph\.?\s?-?D\b\.?|M\.\s?D\.|M\.?Sc\b\.?|B\.?Sc\b\.?|MBBS|Dr\.\s?rer\.\s?nat\.)"
    r"(?=\s|,|$)|(?<=\w\s)(?<=\S\s)(?:MD|Dr\.?)$"
)
_TITLE = re.compile(
    r"^(?:(?:Authors?\b\s*:?|Dr\.?|Prof(?:essor|\.)?|Mrs?\.?|Ms\.|By:?|by)\s+)+"
)
_ET_AL = re.compile(r"\bet\.?\s+al\b\.?|\bet$")
_EDGES = " \t,;:-–—/&+"
_SCRAPS = frozenset(
    "and or the for by with al al. et et. others other author authors behalf of on "
    "und & dr dr. prof prof. in coauthors".split()
)


def clean_name(text: str) -> str:
    """Return one name without marks, degrees and scraps; empty if nothing else is there."""
    if _ODD.search(text):
        text = _UMLAUT.sub(lambda letter: _UMLAUTS[letter[1]], text)
        text = _MARKS.sub(" ", _BRACES.sub("", _RAISED.sub(" ", text)))
        text = _ET_AL.sub(" ", _TITLE.sub("", text.strip()))
        text = _DEGREE.sub("", _NUMBER.sub("", text))
        text = " ".join(text.split()).strip(_EDGES)
    elif text.lower() in _SCRAPS:
        return ""
    is_name = any(map(str.isalpha, text)) and text.lower() not in _SCRAPS
    return text if is_name else ""


@remember_short(65_536)
def find_stripped(text: str) -> tuple[Reason, ...]:
    """Return why parts of a name are left out of which something is left."""
    if not _ODD.search(text) or not clean_name(text):
        return ()
    found: list[Reason] = []
    if _RAISED.search(text) or _MARKS.search(text) or _NUMBER.search(text):
        found.append("mark")
    if _DEGREE.search(text):
        found.append("degree")
    if _ET_AL.search(text):
        found.append("et_al")
    if _TITLE.search(text.strip()):
        found.append("scrap")
    return tuple(found)


def tell_reason(text: str) -> Reason:
    """Tell why nothing is left of a text that `clean_name` empties."""
    if _DEGREE.search(text):
        return "degree"
    if _ET_AL.search(text) or text.strip(" .").lower() in ("al", "et"):
        return "et_al"
    return "scrap" if any(map(str.isalpha, text)) else "mark"

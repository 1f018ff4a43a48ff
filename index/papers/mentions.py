"""Mentions: the ids of papers in a text, whatever stands around them.

A PDF's stamp, a reference, an address of another site, brackets, quotation marks.
"""

import re
from dataclasses import dataclass

from index.errors import BadId
from index.papers.arxiv_id import MAX_IDS, ArxivId
from index.papers.categories import ARCHIVES

_NUMBER = r"(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z-]+)?/\d{7})"
_ID = re.compile(
    r"(?<![\w.])(?:(?:oai:)?arxiv(?:\.org)?[.:_]|10\.48550/arxiv\.)?"
    rf"(?P<id>{_NUMBER}(?:v\d{{1,3}})?)(?:\.pdf)?"
    rf"(?!\w|\.\d|(?!.(?:arxiv:)?{_NUMBER}(?!\d))[/-]\d)",
    re.ASCII | re.IGNORECASE,
)
_CODED = re.compile(  # 2025arXiv250806595Z at ADS, corr/abs-2508-06595 at DBLP
    r"\b(?:19|20)\d\darXiv(?P<year>\d{4})\.?(?P<number>\d{4,5})[A-Z]\b"
    r"|(?:\bDBLP:)?\bjournals/corr/abs-(?P<year_>\d{4})-(?P<number_>\d{4,5})(?:\.html)?\b",
    re.ASCII,
)
_VERSION = r"(?:\s?(?P<version>v\d{1,3}))?"
_PARTED = re.compile(
    r"(?P<lead>\barxiv\s?[:.]?\s?)(?P<month>\d{4})\s?\.\s?(?P<number>\d{4,5})"
    rf"{_VERSION}(?![\w.])",
    re.ASCII | re.IGNORECASE,
)
_PARTED_ALONE = re.compile(  # `2012. 2013` are years
    r"(?:(?P<month>\d{4})\s?\.\s?(?P<number>\d{5})"
    rf"|(?P<month_>(?:0[7-9]|1[0-4])\d\d)\s?\.\s?(?P<number_>\d{{4}})){_VERSION}",
    re.ASCII | re.IGNORECASE,
)
_PARTED_OLD = re.compile(
    r"(?<![\w.-])(?P<archive>[a-z]{2,8}(?:\s?-\s?[a-z]{2,4})?)\s?/\s?(?P<number>\d{7})"
    rf"{_VERSION}(?!\w)",
    re.ASCII | re.IGNORECASE,
)
_PIECES = re.compile(r"[\s,;]+")
_ADDRESS = re.compile(r"[a-z]+://|^(?:[\w-]+\.)+[a-z]{2,}/", re.IGNORECASE)
_STAMP = re.compile(r"\[[a-z-]+(?:\.[A-Za-z-]+)?\]|\b\d{1,2}\s*[A-Z][a-z]{2}\s*\d{4}\b")
_NOISE = frozenset(
    "arxiv arxiv.org preprint eprint e-print preprints abs pdf and und et & see cf in id "
    "doi cite citep citet available at online url http https paper link ref reference "
    "identifier".split()
)
_SIGNS = re.compile(r"[\s()\[\]{}<>/\\\"'“”‘’«»„.,:;!?|*_`~+&-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """The ids of a text in order, each once, and the words that are no part of them."""

    ids: tuple[ArxivId, ...] = ()
    rest: str = ""


def find_mentions(text: str) -> Mentions:
    """Return the ids that a text mentions, at most MAX_IDS, and what else it says."""
    found: dict[str, ArxivId] = {}
    rest: list[str] = []
    text = _CODED.sub(_write_id, _STAMP.sub(_keep_bracket, text))
    for piece in _PIECES.split(text):
        end, beside = 0, []
        for match in _ID.finditer(piece):
            known = _read(match["id"])
            if known is None or len(found) >= MAX_IDS:
                continue
            found.setdefault(known.id, known)
            beside.append(piece[end : match.start()])
            end = match.end()
        if not beside or not _ADDRESS.search(piece):
            rest.append(" ".join((*beside, piece[end:])))
    if not found:
        return Mentions()
    words = [word for word in _SIGNS.split(" ".join(rest)) if word.lower() not in _NOISE]
    told = " ".join(rest) if any(words) else ""
    return Mentions(ids=tuple(found.values()), rest=" ".join(told.split()))


def join_blanks(text: str) -> str:
    """Return a text without the blanks that a scan has left in its ids.

    A new id is one where `arXiv` stands before it or nothing beside it, an old one by its
    archive.
    """
    if " " not in text or not ("." in text or "/" in text):
        return text
    if alone := _PARTED_ALONE.fullmatch(text.strip()):
        month, number = (
            alone["month"] or alone["month_"],
            alone["number"] or alone["number_"],
        )
        return f"{month}.{number}{alone['version'] or ''}"
    text = _PARTED.sub(_join_new, text)
    return _PARTED_OLD.sub(_join_old, text) if "/" in text else text


def _join_new(parted: re.Match[str]) -> str:
    version = parted["version"] or ""
    return f"{parted['lead']}{parted['month']}.{parted['number']}{version}"


def _join_old(parted: re.Match[str]) -> str:
    archive = "".join(parted["archive"].split())
    if archive.lower() not in ARCHIVES:
        return parted[0]
    return f"{archive}/{parted['number']}{parted['version'] or ''}"


def _write_id(code: re.Match[str]) -> str:
    """Return the id that another library's code holds."""
    year, number = code["year"] or code["year_"], code["number"] or code["number_"]
    return f"{year}.{number}"


def _keep_bracket(stamp: re.Match[str]) -> str:
    """Leave out a stamp's category and day, but not an old id in brackets."""
    return " " if "/" not in stamp[0] else stamp[0]


def _read(text: str) -> ArxivId | None:
    try:
        return ArxivId.parse(text)
    except BadId:
        return None

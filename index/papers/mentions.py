"""Mentions: the ids of papers in a text, whatever stands around them.

A PDF's stamp, a reference, an address of another site, brackets, quotation marks.
"""

import re
from dataclasses import dataclass

from index.errors import BadId
from index.papers.arxiv_id import MAX_IDS, ArxivId

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

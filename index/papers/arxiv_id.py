"""The arXiv id of a paper: reads every form and makes it canonical.

Canonical forms: `2401.00001`, `1406.2661` (four digits to 1412, five from 1501)
and `hep-th/9901001`, without subject class. The numbering scheme is arXiv's
(https://info.arxiv.org/help/arxiv_identifier.html). Old archives share numbers,
so the archive is part of the id: `cmp-lg/9808001` is not `cs/9808001`.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from index.errors import BadId
from index.papers.categories import ARCHIVES

MAX_LENGTH = 300  # characters of an id in any form, URLs included
MAX_IDS = 500  # ids read from one text

_NEW = re.compile(r"(\d\d)(\d\d)\.(\d{4,5})(?:v(\d{1,3}))?", re.ASCII | re.IGNORECASE)
_OLD = re.compile(
    r"([a-z]+(?:-[a-z]+)?)(?:\.[a-z-]+)?/(\d\d)(\d\d)(\d{3})(?:v(\d{1,3}))?",
    re.ASCII | re.IGNORECASE,
)
_MISFILED = re.compile(r"[a-z-]+(?:\.[a-z-]+)?/(?=\d{4}\.\d)", re.ASCII | re.IGNORECASE)
_SITE = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*"
    r"(?:arxiv\.org|alphaxiv\.org|papers\.cool|huggingface\.co|ar5iv\.org)"
    r"/(?:abs|pdf|html|format|ps|e-print|src|overview|arxiv|papers)/",
    re.ASCII | re.IGNORECASE,
)
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.",
    re.ASCII | re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:oai:arxiv\.org:|arxiv:)\s*", re.ASCII | re.IGNORECASE)
_TAIL = re.compile(r"[?#]")
_MONTHS = range(1, 13)
_FIRST_OLD, _FIRST_NEW, _FIRST_LONG = 1991, (2007, 4), 2015


@dataclass(frozen=True, slots=True, kw_only=True)
class ArxivId:
    """A canonical id and, where the text named one, a version number (from 1)."""

    id: str
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> "ArxivId":
        """Read one id in any form: bare, `arXiv:`, URL, DOI, with or without version.

        Raises BadId, quoting the text.
        """
        text = text.strip()
        if len(text) > MAX_LENGTH:
            raise BadId(f"{text[:80]!r}… is too long for an arXiv id")
        found = _parse_new(text) or _parse_old(text)
        if found is None and (bare := _strip(text)) != text:
            found = _parse_new(bare) or _parse_old(bare)
        if found is None:
            raise BadId(f"{text[:80]!r} is not an arXiv id")
        return found


def read_ids(text: str) -> list[ArxivId]:
    """Return the ids of a text, in order; none if it contains anything else.

    Ids are separated by white space, commas or semicolons; at most MAX_IDS are read.
    """
    text = re.sub(r"(?i)\b(arxiv|doi):\s+", r"\1:", text)
    pieces = [piece for piece in re.split(r"[\s,;]+", text) if piece]
    try:
        return [ArxivId.parse(piece) for piece in pieces[:MAX_IDS]]
    except BadId:
        return []


def find_first_day(canonical: str) -> date:
    """Return the first day of the month in which arXiv assigned a canonical id."""
    digits = canonical.partition("/")[2] or canonical
    return date(_read_year(int(digits[:2])), int(digits[2:4]), 1)


def _strip(text: str) -> str:
    for wrapper in (_SITE, _DOI, _PREFIX):
        if match := wrapper.match(text):
            text = _TAIL.split(unquote(text[match.end() :]), maxsplit=1)[0]
            text = text.removesuffix("/").removesuffix(".pdf")
            break
    if match := _MISFILED.match(text):
        text = text[match.end() :]
    return text


def _parse_new(text: str) -> ArxivId | None:
    match = _NEW.fullmatch(text)
    if not match:
        return None
    yy, mm, number, version = match.groups()
    year, month = 2000 + int(yy), int(mm)
    if month not in _MONTHS or (year, month) < _FIRST_NEW or not int(number):
        return None
    digits = 5 if year >= _FIRST_LONG else 4
    number = number.zfill(digits)
    if len(number) > digits:
        if number[0] != "0":
            return None
        number = number[1:]
    return _make_id(f"{yy}{mm}.{number}", version)


def _parse_old(text: str) -> ArxivId | None:
    match = _OLD.fullmatch(text)
    if not match:
        return None
    archive, yy, mm, number, version = match.groups()
    archive = archive.lower()
    year, month = _read_year(int(yy)), int(mm)
    if archive not in ARCHIVES or month not in _MONTHS or not int(number):
        return None
    if not (_FIRST_OLD, 1) <= (year, month) < _FIRST_NEW:
        return None
    return _make_id(f"{archive}/{yy}{mm}{number}", version)


def _make_id(canonical: str, version: str | None) -> ArxivId | None:
    if version is None:
        return ArxivId(id=canonical)
    return ArxivId(id=canonical, version=int(version)) if int(version) else None


def _read_year(yy: int) -> int:
    return 1900 + yy if yy >= _FIRST_OLD - 1900 else 2000 + yy

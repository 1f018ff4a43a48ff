"""Categories of arXiv: names, groups and canonical codes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from index.papers.taxonomy import TAXONOMY

ALIASES = {
    "cs.NA": "math.NA",
    "cs.SY": "eess.SY",
    "math.IT": "cs.IT",
    "math.MP": "math-ph",
    "q-fin.EC": "econ.GN",
    "stat.TH": "math.ST",
}
"""Second codes that arXiv has for a category, and its canonical code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category, or an archive from before it had categories.

    `successor` is the category that took over an ended archive, else None.
    """

    code: str
    name: str
    archive: str
    group: str
    successor: str | None = None


def _read(table: str) -> Iterator[Category]:
    group = archive = ""
    for line in table.splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "#":
            group = rest
        elif mark == "@":
            archive, _, name = rest.partition(" ")
            yield _read_archive(archive, name, group)
        else:
            yield Category(code=mark, name=rest, archive=archive, group=group)


def _read_archive(code: str, name: str, group: str) -> Category:
    successor = None
    if name.startswith("="):
        successor, _, name = name[1:].partition(" ")
    return Category(code=code, name=name, archive=code, group=group, successor=successor)


CATEGORIES = {category.code: category for category in _read(TAXONOMY)}
"""Every category and archive by code, in arXiv's order of groups."""

ARCHIVES = frozenset(category.archive for category in CATEGORIES.values())
"""The archives: the part before the slash of an old id."""

_CODE = re.compile(r"[A-Za-z][A-Za-z.-]{1,30}")
_NEAR = 0.6  # likeness of codes, from 0 to 1
_BY_FOLDED_CODE = {code.lower(): code for code in (*CATEGORIES, *ALIASES)}


def canonicalize_code(code: str) -> str | None:
    """Return the canonical code for a code in any case, or None if unknown."""
    known = _BY_FOLDED_CODE.get(code.lower())
    return ALIASES.get(known, known) if known else None


def find_near_codes(code: str, most: int = 5) -> tuple[str, ...]:
    """Return the codes most like one that is unknown, those of its archive first."""
    archive = code.partition(".")[0].lower()
    kin = [c.lower() for c in list_archive_codes(archive)] if archive in ARCHIVES else []
    near = get_close_matches(code.lower(), kin, most, cutoff=0)
    near += get_close_matches(code.lower(), _BY_FOLDED_CODE, most, cutoff=_NEAR)
    return tuple(dict.fromkeys(_BY_FOLDED_CODE[each] for each in near))[:most]


def merge_aliases(codes: Iterable[str]) -> tuple[str, ...]:
    """Make codes canonical; keep the order, drop duplicates.

    Unknown codes stay, for a dump may be newer than the table; strings that do not look
    like a code are dropped.
    """
    known = (canonicalize_code(code) or code for code in codes if _CODE.fullmatch(code))
    return tuple(dict.fromkeys(known))


def list_archive_codes(code: str) -> tuple[str, ...]:
    """Return the codes of an archive and its categories; for any other code, the code."""
    return _BY_ARCHIVE.get(code, (code,))


_BY_ARCHIVE = {
    archive: merge_aliases(c.code for c in CATEGORIES.values() if c.archive == archive)
    for archive in ARCHIVES
}

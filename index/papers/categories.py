"""Categories of arXiv: names, groups and canonical codes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
_FAR = 2  # letters that differ: another code, not a slip
_LONG = 6  # letters of a code in which two may be slips
_BY_FOLDED_CODE = {code.lower(): code for code in (*CATEGORIES, *ALIASES)}


def canonicalize_code(code: str) -> str | None:
    """Return the canonical code for a code in any case, or None if unknown."""
    known = _BY_FOLDED_CODE.get(code.lower())
    return ALIASES.get(known, known) if known else None


def find_near_codes(code: str, most: int = 5) -> tuple[str, ...]:
    """Return the codes that one may be a slip of, nearest first, then those of its archive.

    One letter of a short code may be wrong, missing, too many or in the other's place; or
    the archive before a subject is another. Where the archive is right, it comes last.
    """
    folded = code.lower()
    archive, _, subject = folded.partition(".")
    known = [c for c in _BY_FOLDED_CODE if abs(len(c) - len(folded)) <= _FAR]
    far = {c: count_slips(folded, c) for c in known}
    slips = _FAR if len(folded.partition(".")[0]) >= _LONG else 1
    nearest = min(far.values(), default=_FAR)
    near = [c for c in known if far[c] == nearest <= slips]
    near.sort(key=lambda c: (far[c], -_count_shared(c, folded), c))
    near = near[: most - 1]
    near += [c for c in _BY_FOLDED_CODE if subject and c.endswith(f".{subject}")]
    near += [archive] if archive in _BY_FOLDED_CODE else []
    return tuple(dict.fromkeys(_BY_FOLDED_CODE[each] for each in near))[:most]


def _count_shared(one: str, other: str) -> int:
    """Return with how many same letters two codes begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def count_slips(one: str, other: str) -> int:
    """Return how many letters differ: the optimal string alignment distance."""
    before, row = list[int](), list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        above, before, row = before, row, [at]
        for place, against in enumerate(other, start=1):
            cost = before[place - 1] + (letter != against)
            least = min(cost, before[place] + 1, row[-1] + 1)
            if (
                above
                and place > 1
                and letter == other[place - 2]
                and one[at - 2] == against
            ):
                least = min(least, above[place - 2] + 1)
            row.append(least)
    return row[-1]


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

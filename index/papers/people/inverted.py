"""Inverted names: lists in which the family name stands before the others, or initials."""

import re
from collections.abc import Iterable

from index.papers.people.groups import ParsedEntry, is_group

Entry = tuple[str, str, str]
"""Last name, first name, suffix."""

_INVERTED = re.compile(
    r",\s?(?:(?:[^\W\d_]{1,2}\.[\s-]?){1,5}|[A-Z](?:[\s-]?[A-Z]){0,3}\s?)(?:,|$|and\b)"
)
_INITIALS = re.compile(
    r"(?:[^\W\d_]{1,2}\.[\s-]{0,2}){1,5}|[^\W\d_](?:[\s-][^\W\d_]){0,3}|[A-Z]{2,3}"
)
_BEHIND = re.compile(
    r"(?P<last>.+?)\s(?P<first>[A-Z]{1,3})\.?(?:\s(?P<suffix>[JS]r\.?|II|III))?"
)
_SYLLABLE = re.compile(  # all of a short family name in capitals: XU, NG, CAI, LEE
    r"(?:[B-DF-HJ-NP-TV-Z]?H?)[AEIOUY]{1,2}(?:NG?|[KMR])?|NG"
)
_SUFFIX = re.compile(r"[JS]r\.?|I{2,3}|IV")
_PARTS = re.compile(r",?\s+and\s+|\s?[,&]\s?")
_BETWEEN = re.compile(r"\s*;\s*(?:and\s+)?")
_MOST_WORDS = 3  # of a last name


def read_inverted(line: str) -> list[Entry] | None:
    """Return the names of a line that has last names first, or None if it has not.

    `Smith, J., Doe, A. B.`; `Smith, John; Doe, Jane`; `Smith, John and Doe, Jane`.
    """
    if "," not in line:
        return None
    ways = [_BETWEEN.split(line)] if ";" in line else []
    if line.count(",") == line.count(" and ") + 1:
        ways.append(line.split(" and "))
    for parts in ways:
        if len(parts) > 1 and (entries := _pair(parts)):
            return entries
    if not _INVERTED.search(line):
        return None
    return _read_initials([part for part in _PARTS.split(line) if part])


def _pair(parts: list[str]) -> list[Entry] | None:
    """Return entries if each part is one name with its last name first."""
    entries: list[Entry] = []
    for part in filter(None, (part.strip(" ,") for part in parts)):
        last, comma, first = part.partition(",")
        if not comma and is_group(part):
            entries.append((part, "", ""))
        elif comma and _is_last(last) and _is_first(first.strip()):
            entries.append((last.strip(), first.strip(), ""))
        else:
            return None
    return entries if len(entries) > 1 else None


def _is_last(name: str) -> bool:
    words = name.split()
    return len(words) == 1 or (1 < len(words) <= _MOST_WORDS and words[0][:1].islower())


def _is_first(name: str) -> bool:
    words = name.split()
    return bool(words) and "," not in name and len(words) <= _MOST_WORDS


def _read_initials(parts: list[str]) -> list[Entry] | None:
    """Return entries if every last name is followed by initials, and by nothing else."""
    entries: list[Entry] = []
    waiting = ""
    for part in parts:
        if waiting:
            if not _INITIALS.fullmatch(part):
                return None
            entries.append((waiting, part, ""))
            waiting = ""
        elif entries and _SUFFIX.fullmatch(part):
            entries[-1] = (*entries[-1][:2], part)
        elif is_group(part):
            entries.append((part, "", ""))
        elif "." in part or not _is_last(part):
            return None
        else:
            waiting = part
    is_told = any("." in first or first.isupper() for _, first, _ in entries if first)
    return entries if is_told and not waiting else None


def read_behind(names: Iterable[str]) -> list[Entry] | None:
    """Return names with initials behind all of them, or None: `Smith J`, `Doe AB`.

    Half of the initials, at least, are no short family name in capitals: `Haihong XU`.
    """
    entries: list[Entry] = []
    told = persons = 0
    for name in names:
        if is_group(name):
            entries.append((name, "", ""))
            continue
        found = _BEHIND.fullmatch(name)
        if not found or not _is_family(found["last"]):
            return None
        entries.append((found["last"], found["first"], found["suffix"] or ""))
        persons += 1
        told += not _SYLLABLE.fullmatch(found["first"])
    return entries if persons > 1 and 2 * told >= persons else None


def turn_parsed(entries: list[ParsedEntry]) -> list[ParsedEntry]:
    """Return entries with the last names last, where initials stand in their place.

    arXiv takes the last word of a name for the last name: `Doe AB` is `["AB", "Doe", ""]`.
    """
    if not (entries and entries[0][0][-1:].isupper()):
        return entries
    told = read_behind(f"{first} {last}" for last, first, _, _ in entries)
    if not told:
        return entries
    return [
        (last, first, suffix, affiliations)
        for (last, first, _), (*_, suffix, affiliations) in zip(told, entries, strict=True)
    ]


def _is_family(name: str) -> bool:
    """Tell whether a name is written as family names are: no initials, not in capitals."""
    words = name.split()
    return len(words) <= _MOST_WORDS and all(
        len(word) > 1 and not word.isupper() and "." not in word for word in words
    )

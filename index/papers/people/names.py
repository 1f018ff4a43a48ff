"""Names of authors: splits an author line into names, and names into parts.

The rules follow arXiv's own `authors_parsed` field: authors are separated
by commas, semicolons, ampersands and "and"; parentheses hold affiliations; lower-case
particles belong to the last name; a group is one name. Groups that authors speak for
come last. What is left out, each time for a reason, is told.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from index.bounded_cache import remember_short
from index.papers.accents import decode_tex
from index.papers.paper import Author
from index.papers.people.groups import (
    ParsedEntry,
    find_groups,
    hold_joint_groups,
    is_group,
    join_entries,
    name_group,
    release,
    take_groups,
)
from index.papers.people.inverted import Entry, read_behind, read_inverted, turn_parsed
from index.papers.people.leftovers import Reason, clean_name, find_stripped, tell_reason
from index.papers.people.lines import clear_line, is_plain, names_role, part_names
from index.papers.people.native import join_native, join_parts, move_added, part_native

LeaveOut = Callable[[Reason], object]
"""Takes note of a part of an author list that is left out, and why."""

_INNER_PARENTHESES = re.compile(r"\(([^()]*)\)")
_MAX_NESTING = 4
_ET_AL = re.compile(r"\bet\.? al\b\.?")
_SUFFIXES = frozenset("Jr Jr. Sr Sr. II III IV".split())
_SPOKEN = re.compile(r"(?:for|behalf of|representing)\s", re.IGNORECASE)
_GLUED = re.compile(r"((?:[^\W\d_][a-z]?\.-?)+)([^\W\d_][^\W\d_]['’\w-]*\.?)")
_PARTICLES = frozenset(
    "van von der den de del della dello di da das do dos du la le les lo ter ten te zu "
    "zum zur af av bin ibn ben el al st vom op 't y e De Del Della Di Von Du Der Den "
    "Ter".split()
)
_LISTED = re.compile(r"[,;&]|\band\b")
_NAME_WORDS = 3  # of a last name that stands before a comma


def ignore(_: Reason) -> None:
    """Take no note of what is left out."""


def read_authors(line: str, leave_out: LeaveOut = ignore) -> tuple[Author, ...]:
    """Split an author line, TeX or Unicode, into authors, in order."""
    line = decode_tex(" ".join(line.split()))
    is_clear = is_plain(line)
    if not is_clear:
        line = clear_line(line, leave_out)
    spoken_for: list[str] = []
    if "(" in line or ")" in line:
        line = _take_parentheses(line, spoken_for, leave_out)
    if "et al" in line or "et. al" in line:
        line, ends = _ET_AL.subn(",", line)
        for _ in range(ends):
            leave_out("et_al")
    if (spoken := _SPOKEN.search(line)) and "ollab" in line[spoken.end() :].lower():
        line, groups = take_groups(line)
        spoken_for += groups
    found = _read_names(line, ignore if is_clear else leave_out)
    return _gather(found, spoken_for, leave_out)


def _read_names(line: str, leave_out: LeaveOut) -> list[Author | Reason]:
    """Read the names of a line that is clear of all else, in either order."""
    is_joint = "ollaborations" in line or "onsortia" in line or "eams" in line
    if is_joint:
        line = hold_joint_groups(line)
    if entries := read_inverted(line):
        told = [(release(last), first, suffix) for last, first, suffix in entries]
        return [_read_told(entry, leave_out) for entry in told]
    names = part_names(line)
    if is_joint:
        names = list(map(release, names))
    if len(names) > 1 and names[0][-1:].isupper() and (entries := read_behind(names)):
        return [_read_told(entry, leave_out) for entry in entries]
    if leave_out is not ignore:
        _tell_stripped(names, leave_out)
    return list(map(_split_name, names))


def read_parsed(
    entries: Iterable[ParsedEntry], leave_out: LeaveOut = ignore
) -> tuple[Author, ...]:
    """Read `authors_parsed`: last name, first name, suffix and affiliations, as Unicode."""
    found: list[Author | Reason] = []
    spoken_for: list[str] = []
    for last, first, suffix, affiliations in turn_parsed(join_entries(entries)):
        whole = f"{first} {last}"
        if is_plain(whole):
            found.append(_read_parts(last, first, suffix))
        elif moved := move_added(whole):
            found += read_authors(f"{moved} {suffix}", leave_out)
        elif names_role(whole):
            found += read_authors(f"{whole} {suffix}", leave_out)
        else:
            found.append(_read_told((last, first, suffix), leave_out))
        for affiliation in affiliations:
            if (native := join_native(affiliation)) and isinstance(found[-1], Author):
                found[-1] = replace(found[-1], native=native)
                continue
            groups = list(find_groups(affiliation))
            spoken_for += groups
            if not groups:
                leave_out("affiliation")
    return _gather(found, spoken_for, leave_out)


def read_listed(names: Iterable[str], leave_out: LeaveOut = ignore) -> tuple[Author, ...]:
    """Read a list of names, each in order or with the last name and a comma first."""
    names = list(names)
    if entries := read_behind(names):
        return read_parsed([(*entry, ()) for entry in entries], leave_out)
    authors: list[Author] = []
    for name in names:
        last, comma, first = decode_tex(" ".join(name.split())).partition(",")
        if comma and _is_inverted(last, first.strip()):
            read = read_parsed([(last, first.strip(), "", ())], leave_out)
        else:
            read = read_authors(name, leave_out)
        authors += read
    return _gather(authors, [], leave_out)


def _is_inverted(last: str, first: str) -> bool:
    """Tell whether a comma stands within one name, not between two."""
    if not first or _LISTED.search(first) or len(last.split()) > _NAME_WORDS:
        return False
    words = last.split()
    if len(words) > 1 and "." in words[0]:
        return False
    return len(words) == 1 or words[0] in _PARTICLES or " " not in first


def _gather(
    found: Iterable[Author | Reason], groups: Iterable[str], leave_out: LeaveOut
) -> tuple[Author, ...]:
    """Return the authors, suffixes joined to their names, and the groups, each once."""
    authors: list[Author] = []
    for each in found:
        if isinstance(each, str):
            leave_out(each)
        elif each.last in _SUFFIXES and not each.first and authors:
            named = authors.pop()
            authors.append(replace(named, suffix=each.last))
        else:
            authors.append(each)
    if groups:
        known = {author.last.casefold() for author in authors if not author.first}
        fresh = {name.casefold(): name for name in reversed(list(groups)) if name}
        spoken = [fresh[key] for key in dict.fromkeys(g.casefold() for g in groups if g)]
        authors += [Author(last=n) for n in spoken if n.casefold() not in known]
    return tuple(authors)


def _take_parentheses(line: str, groups: list[str], leave_out: LeaveOut) -> str:
    """Return a line without what stands in parentheses; keep the groups among that."""

    def take(inner: re.Match[str]) -> str:
        if native := join_native(inner[1]):
            return f" {native} "
        found = list(find_groups(inner[1]))
        groups.extend(found)
        if not found and inner[1].strip():
            leave_out("affiliation")
        return " "

    for _ in range(_MAX_NESTING):
        line, changed = _INNER_PARENTHESES.subn(take, line)
        if not changed:
            break
    return " ".join(line.replace("(", " ").replace(")", " ").split())


def _read_told(entry: Entry, leave_out: LeaveOut) -> Author | Reason:
    """Read an entry, and tell of what is left out of its parts."""
    last, first, suffix = (clear_line(part, leave_out) for part in entry)
    _tell_stripped([f"{first} {last}"], leave_out)
    return _read_parts(last.strip(), first.strip(), suffix)


def _tell_stripped(names: Iterable[str], leave_out: LeaveOut) -> None:
    """Tell of what is left out of names of which something is left."""
    for name in names:
        for reason in find_stripped(name):
            leave_out(reason)


@remember_short(65_536)
def _read_parts(last: str, first: str, suffix: str) -> Author | Reason:
    """Return an author in parts, each clean; one in no clean parts is split anew."""
    whole = f"{first} {last}".strip()
    if is_group(whole):
        return Author(last=name_group(whole))
    if not whole.isascii() and (native := join_parts(last, first)):
        return Author(last=native)
    if not clean_name(whole):
        return tell_reason(whole)
    family, given = clean_name(last).removesuffix(" and"), clean_name(first)
    if not family or (first and not given) or _GLUED.fullmatch(family):
        return _split_name(f"{whole} {suffix}".strip())
    return Author(last=family, first=given, suffix=suffix)


@remember_short(65_536)
def _split_name(name: str) -> Author | Reason:
    """Split one name, or tell why it is none."""
    if is_group(name):
        return Author(last=name_group(name) or name)
    if not name.isascii() and (read := _read_native(name)):
        return read
    words = clean_name(name).split()
    while len(words) > 1 and words[-1] == "and":
        words.pop()
    if not words:
        return tell_reason(name)
    if "." in words[-1] and (glued := _GLUED.fullmatch(words[-1])):
        words[-1:] = glued.groups()
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


def _read_native(name: str) -> Author | Reason | None:
    """Return who has a native name, or one beside another; None where there is none."""
    if native := join_native(name):
        return Author(last=native)
    if not (parted := part_native(name)):
        return None
    read = _split_name(parted[0])
    return read if isinstance(read, str) else replace(read, native=parted[1])

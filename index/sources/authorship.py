"""The authorship of a record: its authors, in whichever way the record names them.

`authors_parsed` comes first, then `authors`: a line, or a list of names or of objects
with a name, which may be written as a text. All are cleaned alike
(index/papers/people/names.py).
"""

import ast
from collections.abc import Iterable, Mapping
from functools import lru_cache

from index.papers.paper import Author
from index.papers.people.names import LeaveOut, read_authors, read_listed, read_parsed
from index.sources.bad_record import BadRecord
from index.sources.text import clean_line, remove_control

MAX_NAME = 2_000
MAX_AUTHORS = 10_000
"""A record beyond these limits is no paper; arXiv's largest has some 6,000 authors."""

MAX_LINE = 500_000
"""Characters of an author line, or of a list of names."""

_WHOLE = ("name", "full_name", "fullname", "author", "display_name")
_GIVEN = ("given", "first", "forenames", "first_name", "given_name", "firstname")
_FAMILY = ("family", "last", "keyname", "last_name", "family_name", "lastname", "surname")
_LISTS = ("['", '["')


def read_authorship(
    record: Mapping[str, object], leave_out: LeaveOut
) -> tuple[Author, ...]:
    """Return a record's authors; tell what is left out. Raises BadRecord."""
    parsed, line = record.get("authors_parsed"), record.get("authors")
    if isinstance(parsed, list) and parsed:
        entries = filter(None, (_read_parts(parts, leave_out) for parts in parsed))
        if authors := read_parsed(entries, leave_out):
            return authors
    if isinstance(line, str) and line.startswith(_LISTS):
        line = _read_list(line)
    if isinstance(line, str):
        return read_authors(remove_control(line), leave_out)
    listed = line if isinstance(line, list) else [line] if isinstance(line, dict) else []
    if sum(len(name) for name in listed if isinstance(name, str)) > MAX_LINE:
        raise BadRecord("too_long")
    return read_listed(filter(None, (_name_of(n, leave_out) for n in listed)), leave_out)


def _read_list(line: str) -> object:
    """Return the list that a text is, as Python or JSON writes it, or the text."""
    try:
        return ast.literal_eval(line[:MAX_LINE])
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return line


def _read_parts(
    parts: object, leave_out: LeaveOut
) -> tuple[str, str, str, tuple[str, ...]] | None:
    """Return last name, first name, suffix and affiliations, or None for no such list."""
    if not isinstance(parts, list):
        leave_out("unreadable")
        return None
    last, first, suffix, *more = (
        *(part if isinstance(part, str) else "" for part in parts),
        *("", "", ""),
    )
    if len(last) + len(first) + len(suffix) > MAX_NAME:
        raise BadRecord("too_long")
    affiliations = tuple(_clean_name(part) for part in more if part)
    return _clean_name(last), _clean_name(first), _clean_name(suffix), affiliations


def _name_of(entry: object, leave_out: LeaveOut) -> str:
    """Return the name in an entry of a list of authors: a text, or what has one in it."""
    if isinstance(entry, list):  # as in `authors_parsed`
        entry = dict(zip(("family", "given"), entry, strict=False))
    if isinstance(entry, dict):
        given, family = _find(entry, _GIVEN), _find(entry, _FAMILY)
        entry = _find(entry, _WHOLE) or f"{family}, {given}".strip(", ")
    if not isinstance(entry, str) or not entry.strip():
        leave_out("unreadable")
        return ""
    return remove_control(entry)


def _find(entry: Mapping[object, object], keys: Iterable[str]) -> object:
    """Return the first value that an object has under one of these keys, or no text."""
    return next((value for key in keys if (value := entry.get(key))), "")


_clean_name = lru_cache(maxsize=65_536)(clean_line)

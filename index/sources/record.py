"""A record of an arXiv dump: reads a JSON object as a Paper.

Field names are those of arXiv's public metadata snapshot. All but `id` and `title` may be
missing, null or of a wrong type; unusable values count as missing. Lists are joined.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

import orjson

from index.errors import BadId
from index.papers.arxiv_id import ArxivId, find_first_day
from index.papers.categories import merge_aliases
from index.papers.paper import Paper, Version
from index.papers.people.names import LeaveOut, ignore
from index.papers.withdrawn import is_withdrawn
from index.sources.authorship import MAX_AUTHORS, MAX_LINE, MAX_NAME, read_authorship
from index.sources.bad_record import BadRecord, explain_unreadable
from index.sources.text import clean_line, clean_paragraphs, clean_sentence

MAX_TITLE = 10_000  # characters
"""A record with a longer title is no paper."""

_LARGEST = {
    "title": MAX_TITLE,
    "abstract": 50_000,
    "authors": MAX_LINE,
    "authors_parsed": MAX_AUTHORS,
    "categories": 5_000,
    "comments": 10_000,
    "journal-ref": 10_000,
    "doi": 2_000,
    "report-no": 5_000,
    "license": 1_000,
    "submitter": 1_000,
    "versions": 1_000,
}
"""Characters of a text as it stands in a record, entries of a list: several times what
any of 688,227 records has. What searches and pages cost depends on these bounds."""

_EARLIEST = date(1986, 1, 1)
_AHEAD = timedelta(days=366)  # of today; a later day is a mistake
_BETWEEN_CODES = re.compile(r"[\s,;]+")

REASONS = (
    "not_utf8",
    "not_json",
    "not_an_object",
    "lone_surrogate",
    "no_id",
    "numeric_id",
    "bad_id",
    "no_title",
    "too_long",
)
"""Reasons for skipping a record, as the manifest and the messages name them."""


def read_record(
    line: bytes, leave_out: LeaveOut = ignore, see: Callable[[date], None] = lambda _: None
) -> Paper:
    """Read one line of a dump; tell what is left out of its authors. Raises BadRecord.

    `see` gets the day of the record's last change, if it tells one.
    """
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise BadRecord(explain_unreadable(line)) from None
    if not isinstance(record, dict):
        raise BadRecord("not_an_object")
    paper = _make_paper(record, leave_out)
    if changed := _read_day(record.get("update_date")):
        see(changed)
    return paper


def _make_paper(record: Mapping[str, object], leave_out: LeaveOut) -> Paper:
    paper_id = _read_id(record.get("id"))
    for name, most in _LARGEST.items():
        if _size(record.get(name)) > most:
            raise BadRecord("too_long")
    title = _read_sentence(record.get("title"))
    if not title:
        raise BadRecord("no_title")
    authors = read_authorship(record, leave_out)
    longest = max((len(author.name) for author in authors), default=0)
    if len(title) > MAX_TITLE or len(authors) > MAX_AUTHORS or longest > MAX_NAME:
        raise BadRecord("too_long")
    abstract = _read_paragraphs(record.get("abstract"))
    comments = _read_sentence(_join_texts(record, "comments"))
    versions = _read_versions(record.get("versions"))
    updated = _read_day(record.get("update_date"))
    created = [d for v in versions if v.created and (d := _parse_day(v.created[:10]))]
    submitted = created[0] if created else updated or find_first_day(paper_id)
    return Paper(
        id=paper_id,
        title=title,
        abstract=abstract,
        authors=authors,
        categories=_read_categories(_join_texts(record, "categories")),
        submitted=submitted,
        updated=max(submitted, created[-1] if created else updated or submitted),
        versions=versions,
        doi=_read_line(_join_texts(record, "doi")),
        journal_ref=_read_sentence(_join_texts(record, "journal-ref")),
        comments=comments,
        report_no=_read_line(_join_texts(record, "report-no")),
        license=_read_line(_join_texts(record, "license")),
        submitter=_read_line(record.get("submitter")),
        withdrawn=is_withdrawn(comments, abstract) or _is_ignored(record.get("versions")),
    )


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | list) else 0


def _join_texts(record: Mapping[str, object], name: str) -> object:
    """Return a field, the texts of a list joined by a blank. Raises BadRecord."""
    value = record.get(name)
    if not isinstance(value, list):
        return value
    text = " ".join(part for part in value if isinstance(part, str))
    if len(text) > _LARGEST[name]:
        raise BadRecord("too_long")
    return text


def _read_id(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        raise BadRecord("numeric_id" if is_number else "no_id")
    try:
        return ArxivId.parse(value).id
    except BadId:
        raise BadRecord("bad_id") from None


def _read_line(value: object) -> str | None:
    """Return a text as one line of Unicode, or None if there is none."""
    if not isinstance(value, str):
        return None
    return clean_line(value) or None


def _read_sentence(value: object) -> str | None:
    """Return prose as one line, or None if there is none."""
    if not isinstance(value, str):
        return None
    return clean_sentence(value) or None


def _read_paragraphs(value: object) -> str:
    return clean_paragraphs(value) if isinstance(value, str) else ""


def _read_categories(value: object) -> tuple[str, ...]:
    if not isinstance(value, str):
        return ()
    return merge_aliases(_BETWEEN_CODES.split(clean_line(value)))


def _read_versions(value: object) -> tuple[Version, ...]:
    if not isinstance(value, list):
        return ()
    found = (_read_version(entry, number) for number, entry in enumerate(value, start=1))
    return tuple(sorted((version for version in found if version), key=_number_of))


def _is_ignored(value: object) -> bool:
    """Tell whether the last version has the source type I, which withdrawn ones have."""
    versions = value if isinstance(value, list) else []
    kinds = {
        number: entry.get("source_type")
        for number, entry in enumerate(versions, start=1)
        if isinstance(entry, dict)
    }
    named = {_read_number(versions[n - 1], n): kind for n, kind in kinds.items()}
    return bool(named) and named[max(named)] == "I"


def _read_number(entry: Mapping[str, object], number: int) -> int:
    """Return the number in a version's name, or else its place in the list."""
    version = _read_version(entry, number)
    return _number_of(version) if version else number


def _number_of(version: Version) -> int:
    """Return a version's number, to sort by; 0 if its name has none."""
    return version.named_number or 0


def _read_version(entry: object, number: int) -> Version | None:
    if not isinstance(entry, dict):
        return None
    name, created = entry.get("version"), entry.get("created")
    return _make_version(
        name if isinstance(name, str) and name else f"v{number}",
        created if isinstance(created, str) else "",
    )


@lru_cache(maxsize=16_384)
def _make_version(name: str, created: str) -> Version:
    return Version(version=name, created=_read_moment(created))


def _read_moment(text: str) -> str | None:
    """Return an RFC 2822 or ISO 8601 date as ISO 8601 in UTC, or None if it is neither.

    Where no time is told, the day begins.
    """
    try:
        moment = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        timed = text if ":" in text else f"{text.replace('-', ' ')} 00:00"
        try:
            moment = parsedate_to_datetime(timed)
        except (ValueError, IndexError, OverflowError):
            return None
    try:
        utc = moment.astimezone(UTC) if moment.tzinfo else moment
    except OverflowError:
        return None
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ") if _is_possible(utc.date()) else None


def _is_possible(day: date) -> bool:
    """Tell whether a paper may be of a day: arXiv's first papers are of 1986."""
    return _EARLIEST <= day <= datetime.now(UTC).date() + _AHEAD


@lru_cache(maxsize=16_384)
def _parse_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        moment = _read_moment(text)
        return date.fromisoformat(moment[:10]) if moment else None
    return day if _is_possible(day) else None


def _read_day(value: object) -> date | None:
    return _parse_day(value) if isinstance(value, str) else None

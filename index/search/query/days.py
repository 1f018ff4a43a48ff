"""Days that a date in a query means: a year, a month, a day, or a range of them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time, timedelta

from index.search.query.tree import Days

_ONE = r"\d{4}(?:-?\d{2}(?:-?\d{2}(?:\d{4}(?:\d{2})?)?)?)?"
_DATE = re.compile(
    r"(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:(\d{2})(\d{2})(?:\d{2})?)?)?)?", re.ASCII
)
_RANGE = re.compile(rf"\[?\s*({_ONE}|\*)?\s*(?:\.\.|–|\s+TO\s+)\s*({_ONE}|\*)?\s*\]?")
_YEARS = re.compile(r"(\d{4})-(\d{4})")


def read_days(name: str, text: str) -> Days | None:
    """Return what a field of days asks for: `year:`, `submittedDate:`; or None.

    A date is YYYY, YYYY-MM or YYYY-MM-DD, hyphens optional, and stands for all of its
    days; YYYYMMDDhhmm is a minute, seconds behind it are not looked at. `after:` begins
    with the date's first day, `before:` ends the day before it; both are of whole days.
    A range has both ends in it; an end that is left out, or `*`, is open. The first may
    turn out later than the last: then no paper matches.
    """
    if name in ("after", "before"):
        span = _span(text)
        if span is None or span.first is None:
            return None
        if name == "after":
            return Days(span.first, None)
        is_first = span.first == date.min
        return None if is_first else Days(None, span.first - timedelta(days=1))
    if years := _YEARS.fullmatch(text):
        text = "..".join(years.groups())
    found = _RANGE.fullmatch(text)
    ends = found.groups() if found else (text, text)
    spans = [_span(end) if end and end != "*" else None for end in ends]
    is_bad = any(
        span is None and end and end != "*" for span, end in zip(spans, ends, strict=True)
    )
    if is_bad or not any(spans):
        return None
    first, last = (span or _OPEN for span in spans)
    return Days(first.first, last.last, first.since, last.until)


def find_end_of_month(day: date) -> date:
    """Return the last day of the month that a day is in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


@dataclass(frozen=True, slots=True)
class _Span:
    """The days of one date; times where it names a minute that is no edge of its day."""

    first: date | None = None
    last: date | None = None
    since: time | None = None
    until: time | None = None


_OPEN = _Span()
_LAST_MINUTE = time(23, 59)
_MIDNIGHT = ("24", "00")


def _span(text: str) -> _Span | None:
    """Return the days of a year, a month or a day, or a minute of a day."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    *days, hour, minute = found.groups()
    year, month, day = (int(part) if part else None for part in days)
    try:
        first = date(year or 0, month or 1, day or 1)
        last_day = day or monthrange(first.year, month or 12)[1]
        last = date(first.year, month or 12, last_day)
        if (hour, minute) == _MIDNIGHT:
            return _Span(first + timedelta(days=1), last)
        at = time(int(hour), int(minute)) if hour else None
    except (ValueError, OverflowError):
        return None
    since = None if at == time.min else at
    return _Span(first, last, since, None if at == _LAST_MINUTE else at)

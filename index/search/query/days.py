"""Days that a date in a query means: a year, a month, a day, or a range of them."""

import re
from calendar import monthrange
from datetime import date, timedelta

from index.search.query.tree import Days

_ONE = r"\d{4}(?:-?\d{2}(?:-?\d{2}(?:\d{4})?)?)?"
_DATE = re.compile(r"(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:\d{4})?)?)?")
_RANGE = re.compile(rf"\[?\s*({_ONE}|\*)?\s*(?:\.\.|–|\s+TO\s+)\s*({_ONE}|\*)?\s*\]?")
_YEARS = re.compile(r"(\d{4})-(\d{4})")


def read_days(name: str, text: str) -> Days | None:
    """Return what `year:`, `after:`, `before:` or `submittedDate:` asks for, or None.

    A date is YYYY, YYYY-MM or YYYY-MM-DD, hyphens optional, and stands for all of its
    days. `after:` begins with the date's first day, `before:` ends the day before it.
    A range has both ends in it; an end that is left out, or `*`, is open. The first may
    turn out later than the last: then no paper matches.
    """
    if name in ("after", "before"):
        span = _span(text)
        if span is None:
            return None
        if name == "after":
            return Days(span[0], None)
        return None if span[0] == date.min else Days(None, span[0] - timedelta(days=1))
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
    return Days(spans[0] and spans[0][0], spans[1] and spans[1][1])


def find_end_of_month(day: date) -> date:
    """Return the last day of the month that a day is in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _span(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of a year, a month or a day."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_day = day or monthrange(first.year, month or 12)[1]
        return first, date(first.year, month or 12, last_day)
    except ValueError:
        return None

"""A span: the days of a listing, which are a day, a week or a month."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from index.errors import BadQuery
from index.search.query.days import find_end_of_month
from index.search.query.tree import Days

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d\d)", re.ASCII | re.IGNORECASE)
_DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A day, a week from Monday on or a month; both ends included."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 2026-07-21, 2026-W30 or 2026-07. Raises BadQuery."""
        try:
            if match := _DAY.fullmatch(text):
                day = date(*map(int, match.groups()))
                return cls(first=day, last=day)
            if match := _WEEK.fullmatch(text):
                monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
                return cls(first=monday, last=monday + timedelta(days=6))
            if match := _MONTH.fullmatch(text):
                first = date(int(match[1]), int(match[2]), 1)
                return cls(first=first, last=find_end_of_month(first))
        except (ValueError, OverflowError):
            pass
        raise BadQuery(
            f"{text[:40]!r} is no day, week or month; write 2026-07-21, 2026-W30 or "
            "2026-07",
            param="date",
        )

    @classmethod
    def month_of(cls, day: date) -> Self:
        """Return the month that a day is in."""
        first = day.replace(day=1)
        return cls(first=first, last=find_end_of_month(first))

    @classmethod
    def week_of(cls, day: date) -> Self:
        """Return the week that a day is in, cut off at the calendar's ends."""
        try:
            monday = day - timedelta(days=day.weekday())
            return cls(first=monday, last=monday + timedelta(days=6))
        except OverflowError:
            return cls(first=day, last=day)

    @property
    def days(self) -> Days:
        """The span as a node of a query."""
        return Days(self.first, self.last)

    @property
    def is_day(self) -> bool:
        """True for a single day."""
        return self.first == self.last

    @property
    def is_week(self) -> bool:
        """True for a whole week."""
        return (self.last - self.first).days == _DAYS_OF_WEEK - 1

    def __str__(self) -> str:
        """Print the span so that it parses back."""
        if self.is_day:
            return self.first.isoformat()
        if self.is_week:
            year, week, _ = self.first.isocalendar()
            return f"{year:04}-W{week:02}"
        return f"{self.first.year:04}-{self.first.month:02}"

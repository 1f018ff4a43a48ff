"""A month as weeks of days, each with its number of papers."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

LEVELS = 4
"""Shades of a day, by how many papers it has."""

_WEEKS = calendar.Calendar(calendar.MONDAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of a month; without papers it has no address."""

    day: date
    papers: int
    level: int
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days from Monday on, None where they are another month's."""

    url: str | None
    days: tuple[Day | None, ...]


def weeks_of(
    month: date, counts: Mapping[date, int], url: Callable[[str], str]
) -> tuple[Week, ...]:
    """Return the weeks of a day's month; `url` gives the address of a day or week."""
    most = max(counts.values(), default=0)

    def cell(number: int) -> Day | None:
        if not number:
            return None
        day = month.replace(day=number)
        papers = counts.get(day, 0)
        return Day(
            day=day,
            papers=papers,
            level=-(-LEVELS * papers // most) if most else 0,
            url=url(day.isoformat()) if papers else None,
        )

    rows = _WEEKS.monthdayscalendar(month.year, month.month)
    return tuple(_week(tuple(map(cell, row)), url) for row in rows)


def _week(days: tuple[Day | None, ...], url: Callable[[str], str]) -> Week:
    held = [day for day in days if day and day.papers]
    if not held:
        return Week(url=None, days=days)
    year, number, _ = held[0].day.isocalendar()
    return Week(url=url(f"{year:04}-W{number:02}"), days=days)

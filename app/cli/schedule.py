"""A schedule: when a command that runs for ever does its work next."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import click

from index import LibraryError

_LENGTHS = {"m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=366)
_SATURDAY = 5
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 60, 3_600

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A length of time between two starts, or a time of day in UTC, Monday to Friday."""

    length: timedelta | None = None
    minute: int = 0  # of the day

    def find_next(self, start: datetime) -> datetime:
        """Return when to start after a start."""
        if self.length is not None:
            return start + self.length
        midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
        moment = midnight + timedelta(minutes=self.minute)
        while moment <= start or moment.weekday() >= _SATURDAY:
            moment += timedelta(days=1)
        return moment


def read_schedule(text: str) -> Schedule:
    """Read a schedule: 24h, 90m, 2d, or 04:30. Raises click.BadParameter."""
    if clock := re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text, re.ASCII):
        return Schedule(minute=60 * int(clock[1]) + int(clock[2]))
    if length := re.fullmatch(r"([1-9]\d{0,5})([mhd])", text, re.ASCII):
        span = timedelta(**{_LENGTHS[length[2]]: int(length[1])})
        if span <= _LONGEST:
            return Schedule(length=span)
    raise click.BadParameter(
        f"{text!r} is neither a length such as 24h, 90m or 2d nor a time such as 04:30"
    )


def repeat(
    schedule: Schedule,
    work: Callable[[], None],
    wait: Callable[[float], None],
    now: Now = lambda: datetime.now(UTC),
) -> None:
    """Do work at once and then by a schedule, for ever.

    What fails is said and tried again after a pause, which grows with every failure.
    """
    failures = 0
    while True:
        start = now()
        try:
            work()
        except (LibraryError, OSError) as error:
            pause_s = min(_FIRST_PAUSE_S * 2.0 ** min(failures, 10), _LONGEST_PAUSE_S)
            failures += 1
            click.echo(f"failed: {error}; again in {pause_s / 60:.0f} min", err=True)
        else:
            failures = 0
            moment = schedule.find_next(start)
            pause_s = max(0.0, (moment - now()).total_seconds())
            click.echo(f"next at {moment:%Y-%m-%d %H:%M} UTC", err=True)
        wait(pause_s)

"""The neighbours of a listing: the days before and after it, and their month."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.listings.address import Address
from app.listings.month import Week, weeks_of
from index import Expression, Library, Span

AROUND = timedelta(days=15)
"""Days on both sides of a month that are counted with it: one question for four."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The nearest days with papers: which, how many papers, and their address."""

    span: Span
    papers: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The days that are listed, the addresses of others, and a month to choose from.

    `before` and `after` are told where the days that are listed have no papers.
    `calendar` is the month's first day; of a week over two it is the one with most days.
    """

    span: Span
    kind: str
    previous: str | None
    next: str | None
    before: Step | None
    after: Step | None
    day: str
    week: str
    month: str
    calendar: date
    weeks: tuple[Week, ...]
    earlier: str | None
    later: str | None


def look_around(
    library: Library, expression: Expression, span: Span, address: Address
) -> Around:
    """Return what lies around some days; what is before and after has papers."""
    month = Span.month_of(span.first + (span.last - span.first) // 2)
    near = _widened(month)
    counts = library.lister.count_days(expression, near)
    neighbours = _Neighbours(library, expression, near, counts)
    kind = "day" if span.is_day else "week" if span.is_week else "month"

    def url(text: object) -> str:
        return address.url(date=text)

    def step(day: date | None, kind: str) -> str | None:
        return url(_span(day, kind)) if day else None

    def look(day: date | None) -> Step | None:
        if day is None or _within(counts, span):
            return None
        days = _span(day, kind)
        papers = sum(library.lister.count_days(expression, days).values())
        return Step(span=days, papers=papers, url=url(days))

    day_before, day_after = neighbours.before(span.first), neighbours.after(span.last)
    latest = max(_within(counts, span), default=span.last)
    return Around(
        span=span,
        kind=kind,
        previous=step(day_before, kind),
        next=step(day_after, kind),
        before=look(day_before),
        after=look(day_after),
        day=url(latest),
        week=url(Span.week_of(latest)),
        month=url(month),
        calendar=month.first,
        weeks=weeks_of(month.first, _within(counts, month), url),
        earlier=step(neighbours.before(month.first), "month"),
        later=step(neighbours.after(month.last), "month"),
    )


class _Neighbours:
    """Finds the nearest days with papers, among the days that are counted first."""

    def __init__(
        self,
        library: Library,
        expression: Expression,
        near: Span,
        counts: Mapping[date, int],
    ) -> None:
        self._lister = library.lister
        self._expression = expression
        self._near = near
        self._days = sorted(counts)

    def before(self, day: date) -> date | None:
        place = bisect_left(self._days, day)
        if place:
            return self._days[place - 1]
        return self._lister.find_day_before(self._expression, min(day, self._near.first))

    def after(self, day: date) -> date | None:
        place = bisect_right(self._days, day)
        if place < len(self._days):
            return self._days[place]
        return self._lister.find_day_after(self._expression, max(day, self._near.last))


def _widened(month: Span) -> Span:
    """Return a month with days on both sides, where the nearest with papers mostly are."""
    earlier, later = month.first - date.min, date.max - month.last
    return Span(
        first=month.first - min(AROUND, earlier), last=month.last + min(AROUND, later)
    )


def _within(counts: Mapping[date, int], span: Span) -> dict[date, int]:
    return {day: n for day, n in counts.items() if span.first <= day <= span.last}


def _span(day: date, kind: str) -> Span:
    match kind:
        case "day":
            return Span(first=day, last=day)
        case "week":
            return Span.week_of(day)
        case _:
            return Span.month_of(day)

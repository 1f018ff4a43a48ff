"""The papers of a feed: a listing's last days, a search's newest, related ones."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from app.listings.request import read_keywords
from index import (
    Expression,
    Kind,
    Library,
    Paper,
    Search,
    Selection,
    Sort,
    Span,
    Window,
    rank,
)

DAYS = 3
"""Of a listing, the last that have papers."""

MOST = 2_000
"""Entries of a feed."""

NEWEST = 100
"""Papers of a search or of related papers."""

_DAY = timedelta(days=1)
_COME, _REVISED = frozenset({Kind.NEW, Kind.CROSS}), frozenset({Kind.VERSION})


def list_days(
    library: Library, expression: Expression, keywords: str = "", days: int = DAYS
) -> Sequence[Paper]:
    """Return the papers of a listing's last days, the newest first, or by keywords.

    Those that came with the last builds are among them, whatever their days: a day's
    papers come with two harvests, and a paper may be listed there later.
    Raises BadParameter.
    """
    wanted = read_keywords(keywords, "sort")
    lister = library.lister
    last = first = find_last_day(library, expression)
    for _ in range(days - 1):
        before = first and lister.find_day_before(expression, first)
        first = before or first
    if last is None or first is None:
        return []
    selection = Selection(expression=expression, span=Span(first=first, last=last))
    came = library.arrivals.find(expression, _COME, days)
    listed = lister.list_by_day(selection, limit=MOST, sort=Sort.NEWEST).keys
    keys = tuple(dict.fromkeys((*listed, *came)))[:MOST]
    if wanted:
        worth = lister.rate(selection, keys, wanted)
        return library.catalog.by_keys(rank(keys, worth, limit=MOST).keys)
    papers = zip(library.catalog.by_keys(keys), keys, strict=True)
    newest = sorted(papers, key=lambda one: (one[0].submitted, one[1]), reverse=True)
    return [paper for paper, _ in newest]


def find_last_day(library: Library, expression: Expression) -> date | None:
    """Return the last day with a paper; of days that are yet to come only if all are."""
    coming = datetime.now(UTC).date() + 2 * _DAY  # clocks differ
    lister = library.lister
    return lister.find_day_before(expression, coming) or lister.find_latest_day(expression)


def list_replaced(library: Library, expression: Expression) -> Sequence[Paper]:
    """Return the papers with a new version since the day before a listing's latest.

    Later days count too, so that a reader misses none where a category has no new paper
    for some days; and versions that came with the last builds, whatever their days.
    """
    latest = find_last_day(library, expression)
    if latest is None:
        return []
    before = library.lister.find_day_before(expression, latest)
    span = Span(first=before + _DAY if before else latest, last=date.max)
    keys = library.lister.list_revised(Selection(expression=expression, span=span))
    came = library.arrivals.find(expression, _REVISED, 1)
    return library.catalog.by_keys(list(dict.fromkeys((*keys, *came)))[-MOST:])


def find_newest(library: Library, search: Search) -> Sequence[Paper]:
    """Return the newest papers that a search finds."""
    return library.finder.find(search, Window(limit=NEWEST)).papers


def find_alike(
    library: Library, like: Sequence[str], unlike: Sequence[str]
) -> Sequence[Paper]:
    """Return the papers most like some, the newest first."""
    found = library.relater.related(like, unlike, limit=NEWEST)
    papers = [one.paper for one in found.papers]
    return sorted(papers, key=lambda paper: (paper.submitted, paper.id), reverse=True)

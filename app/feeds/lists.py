"""The papers of a feed: a listing's last days, a search's newest, related ones."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.listings.request import read_keywords
from index import Expression, Library, Paper, Search, Selection, Sort, Span, Window, rank

DAYS = 3
"""Of a listing, the last that have papers."""

MOST = 2_000
"""Entries of a feed."""

NEWEST = 100
"""Papers of a search or of related papers."""

_DAY = timedelta(days=1)


def list_days(
    library: Library, expression: Expression, keywords: str = "", days: int = DAYS
) -> Sequence[Paper]:
    """Return the papers of a listing's last days, the newest first, or by keywords.

    Raises BadParameter.
    """
    wanted = read_keywords(keywords, "sort")
    lister = library.lister
    last = first = lister.find_latest_day(expression)
    for _ in range(days - 1):
        before = first and lister.find_day_before(expression, first)
        first = before or first
    if last is None or first is None:
        return []
    selection = Selection(expression=expression, span=Span(first=first, last=last))
    keys = lister.list_by_day(selection, limit=MOST, sort=Sort.NEWEST).keys
    if wanted:
        worth = lister.rate(selection, keys, wanted)
        keys = rank(keys, worth, limit=MOST).keys
    return library.catalog.by_keys(keys)


def list_replaced(library: Library, expression: Expression) -> Sequence[Paper]:
    """Return the papers with a new version since the day before a listing's latest.

    Later days count too, so that a reader misses none where a category has no new paper
    for some days.
    """
    latest = library.lister.find_latest_day(expression)
    if latest is None:
        return []
    before = library.lister.find_day_before(expression, latest)
    span = Span(first=before + _DAY if before else latest, last=date.max)
    keys = library.lister.list_revised(Selection(expression=expression, span=span))
    return library.catalog.by_keys(keys[-MOST:])


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

"""Fetching: the way from a plan to a spool that has every page of it.

A spool that has some pages already is gone on with: from the token of its last page, or,
if the server takes that no more (arXiv's expire at midnight), from the last day it has.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from index.errors import HarvestFailed
from index.sources.oai.client import OaiClient
from index.sources.oai.page import Page, Refusal
from index.sources.oai.spool import Head, Plan, Spool, encode_records

MOST_PAGES = 100_000
"""More are not a harvest but a server that never ends."""

_TWICE = 2  # a token may expire while the day that it began with is still being fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far a harvest of a set is: pages and records of this run, and the newest day.

    `start` is the day with which this run began.
    """

    within: str
    pages: int
    records: int
    start: date
    day: date


Watch = Callable[[Reached], None]


def fetch(client: OaiClient, spool: Spool, plan: Plan, watch: Watch) -> None:
    """Fetch all pages of a plan that the spool lacks. Raises HarvestFailed, OSError.

    Whatever is raised, the spool has the pages that came before.
    """
    for within, start in plan.starts.items():
        try:
            _Listing(client, spool, within, start).fetch(watch)
        except Refusal as refusal:
            raise HarvestFailed(f"{client.url}: {refusal.code}: {refusal}") from refusal


def is_complete(spool: Spool) -> bool:
    """Tell whether a spool has the last page of each of its sets."""
    last = {head.within: head.token for head in spool.heads}
    starts = spool.plan.starts if spool.plan else {}
    return bool(starts) and all(name in last and not last[name] for name in starts)


def find_newest(spool: Spool, within: str) -> date | None:
    """Return the newest day that the spool has of a set."""
    days = [h.newest for h in spool.heads if h.within == within and h.newest]
    return max(days, default=None)


@dataclass(slots=True)
class _Listing:
    """The pages of one set. `asked` counts how often this run asked from each day."""

    client: OaiClient
    spool: Spool
    within: str
    start: date
    asked: Counter[date] = field(default_factory=Counter)

    def fetch(self, watch: Watch) -> None:
        heads, records, begun = self._list(), 0, None
        while not (heads and not heads[-1].token):
            page, listing = self._fetch_next(heads)
            self._check(page, listing, heads)
            head = self.spool.add(self.within, listing, page)
            heads.append(head)
            records += head.count
            day = head.newest or self.start
            begun = begun or head.oldest or self.start
            pages = len(heads)
            watch(
                Reached(
                    within=self.within, pages=pages, records=records, start=begun, day=day
                )
            )

    def _list(self) -> list[Head]:
        return [head for head in self.spool.heads if head.within == self.within]

    def _fetch_next(self, heads: list[Head]) -> tuple[Page, int]:
        """Return the next page, and the number of the listing that it belongs to."""
        if not heads:
            return self._list_from(self.start), 1
        last = heads[-1]
        try:
            page = _end_if_none(lambda: self.client.go_on(last.token or ""))
        except Refusal as refusal:
            if refusal.code != "badResumptionToken":
                raise
            return self._list_from(self._find_last_day(heads)), last.listing + 1
        return page, last.listing

    def _list_from(self, day: date) -> Page:
        """Fetch the first page from a day on. Raises HarvestFailed the third time."""
        if self.asked[day] == _TWICE:
            raise HarvestFailed(
                f"{self.client.url} does not take the tokens that it gives: it gets no "
                f"further than {day}"
            )
        self.asked[day] += 1
        return _end_if_none(lambda: self.client.list_records(day, self.within))

    def _find_last_day(self, heads: list[Head]) -> date:
        """Return the day to go on from: the first one if pages came in no order."""
        last, before = self.start, heads[0]
        for head in heads:
            follows = head.listing == before.listing and head is not before
            if follows and head.oldest and before.newest and head.oldest < before.newest:
                return self.start
            last, before = max(last, head.newest or last), head
        return last

    def _check(self, page: Page, listing: int, heads: list[Head]) -> None:
        """Raise HarvestFailed for what would never end."""
        before = [head for head in heads if head.listing == listing]
        url = self.client.url
        if page.token and page.token in {head.token for head in before}:
            raise HarvestFailed(f"{url} goes round in a circle: a token came twice")
        digest = sha256(encode_records(page)).hexdigest()
        if page.records and digest in {head.sha256 for head in before}:
            raise HarvestFailed(f"{url} goes round in a circle: a page came twice")
        if len(heads) >= MOST_PAGES:
            raise HarvestFailed(f"{url} does not end: {MOST_PAGES:,} pages came")


def _end_if_none(ask: Callable[[], Page]) -> Page:
    """Return a page, an empty one if no records match."""
    try:
        return ask()
    except Refusal as refusal:
        if refusal.code != "noRecordsMatch":
            raise
        return Page()

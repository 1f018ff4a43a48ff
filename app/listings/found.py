"""One page of a listing's papers, which HTML and JSON render."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Request

from app.cards.notes import read_stars
from app.listings.cursor import Cursor
from app.listings.params import Kind, Order
from app.listings.request import BY_DAY, ListingRequest
from app.web.errors import BadParameter
from index import Library, Listing, Paper, Selection, Span, Window, lazy_property, rank


@dataclass(frozen=True, kw_only=True)
class FoundListing:
    """Some papers of a listing, from `offset`; `total` is exact.

    Where the categories have no papers, there is no request. Papers, ids and the cursor
    are read when they are first asked for.
    """

    request: ListingRequest | None
    total: int
    offset: int
    keys: tuple[int, ...]
    library: Library = field(repr=False, compare=False)
    known: Mapping[int, str] | None = field(default=None, repr=False, compare=False)
    """Primary categories, where they have been read to find the papers."""

    @property
    def span(self) -> Span | None:
        """The days that are listed."""
        return self.request.selection.span if self.request else None

    @property
    def next(self) -> int | None:
        """The offset to go on with; None at the end."""
        return self._seen if self.keys and self._seen < self.total else None

    @property
    def primaries(self) -> Mapping[int, str]:
        """The primary category of each paper of the days, of any primary category."""
        if self.known is not None or self.request is None:
            return self.known or {}
        return read_codes(self.library, self.request.selection)

    @lazy_property
    def papers(self) -> Sequence[Paper]:
        """The papers, in order."""
        return self.library.catalog.by_keys(self.keys)

    @property
    def ids(self) -> Sequence[str]:
        """The papers' ids, in order."""
        ids = self.library.catalog.ids(self.keys)
        return [ids[key] for key in self.keys]

    @property
    def cursor(self) -> str | None:
        """The cursor behind the last paper; None at the end and in other orders."""
        wanted = self.request
        if self.next is None or wanted is None or wanted.order not in BY_DAY:
            return None
        if wanted.primary or wanted.kind is not Kind.NEW:
            return None
        last = self.library.catalog.by_keys(self.keys[-1:])[0]
        return str(Cursor(day=last.submitted, paper_id=last.id))

    @property
    def _seen(self) -> int:
        return self.offset + len(self.keys)


def find_listing(
    request: Request, library: Library, wanted: ListingRequest | None, window: Window
) -> FoundListing:
    """Return the papers of a listing in the order that is asked for.

    A cursor leads through the orders by day alone. Raises BadParameter if it cannot be
    read.
    """
    if wanted and (wanted.primary or wanted.kind is not Kind.NEW):
        return _find_part(request, library, wanted, window)
    offset = window.offset
    if wanted is None:
        found = Listing(total=0, keys=())
    elif window.cursor:
        cursor = Cursor.read(window.cursor)
        found, offset = _follow(library, wanted, cursor, window.limit)
    elif sort := BY_DAY.get(wanted.order):
        found = library.lister.list_by_day(
            wanted.selection, limit=window.limit, offset=offset, sort=sort
        )
    else:
        keys = library.lister.list_keys(wanted.selection)
        worth = _rate(request, library, wanted, keys)
        found = rank(keys, worth, limit=window.limit, offset=offset)
    return FoundListing(
        request=wanted,
        total=found.total,
        offset=offset,
        keys=found.keys,
        library=library,
    )


def _find_part(
    request: Request, library: Library, wanted: ListingRequest, window: Window
) -> FoundListing:
    """Return papers by primary category or kind. Raises BadParameter for a cursor."""
    if window.cursor:
        raise BadParameter(
            "a cursor leads through whole listings alone",
            param="cursor",
            hint="give offset instead, or leave primary and kind out",
        )
    primaries = read_codes(library, wanted.selection)
    keys = [key for key, code in primaries.items() if wanted.wants(code)]
    if wanted.order is not Order.LISTED:
        keys.reverse()
    is_by_day = wanted.order in BY_DAY
    worth = {} if is_by_day else _rate(request, library, wanted, keys)
    found = rank(keys, worth, limit=window.limit, offset=window.offset)
    return FoundListing(
        request=wanted,
        total=found.total,
        offset=window.offset,
        keys=found.keys,
        library=library,
        known=primaries,
    )


def read_codes(library: Library, selection: Selection) -> Mapping[int, str]:
    """Return the primary category of each paper of a selection, in order."""
    lister = library.lister
    if not selection.revised:
        return lister.read_primaries(selection)
    return lister.read_codes(lister.list_revised(selection))


def _follow(
    library: Library, wanted: ListingRequest, cursor: Cursor, limit: int
) -> tuple[Listing, int]:
    """Return what follows a cursor, with the whole total, and the papers before it.

    Both are counted here: a number that comes back from a client proves nothing.
    """
    lister, sort = library.lister, BY_DAY[wanted.order]
    total = lister.list_by_day(wanted.selection, limit=0).total
    last = (cursor.day, cursor.paper_id)
    left = lister.list_behind(wanted.selection, last, limit=limit, sort=sort)
    return Listing(total=total, keys=left.keys), total - left.total


def _rate(
    request: Request, library: Library, wanted: ListingRequest, keys: Sequence[int]
) -> Mapping[int, float]:
    """Return the worth of papers in the order that is asked for."""
    if wanted.order is Order.PREFERENCE:
        return library.lister.rate(wanted.selection, keys, wanted.keywords, wanted.liked)
    ids = library.catalog.ids(keys)
    stars = read_stars(request, list(ids.values()))
    return {key: float(stars[i]) for key, i in ids.items() if i in stars}

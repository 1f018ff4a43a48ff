"""What a listing is asked for with, and its papers: the same for pages and programs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from fastapi import Request

from app.cards.notes import stars_of
from app.listings.params import ListingParams, Order
from app.web.errors import BadParameter
from app.web.params import read_ids
from index import (
    Expression,
    Library,
    Listing,
    Selection,
    Sort,
    Span,
    ranked,
    read_words,
)

MAX_KEYWORDS = 40
"""Keywords to rank a listing by."""

BY_DAY = {Order.LISTED: Sort.OLDEST, Order.NEWEST: Sort.NEWEST}

EMPTY = Listing(total=0, keys=())
_CURSOR = re.compile(r"(\d{4}-\d\d-\d\d)_([^_]+)(?:_\d+)?", re.ASCII)
"""The last part, a number of papers before it, is of tokens that 0.1 has written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A listing that is wished for: its papers, and in which order.

    `keywords` and `liked` ids are what preference ranks by.
    """

    selection: Selection
    order: Order = Order.LISTED
    keywords: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()


def span_of(library: Library, expression: Expression, text: str | None) -> Span | None:
    """Return the days that are asked for, else the latest with a paper; None without any.

    Raises BadQuery.
    """
    if text:
        return Span.parse(text)
    day = library.lister.latest(expression)
    return Span(first=day, last=day) if day else None


def keywords_of(text: str, param: str) -> tuple[str, ...]:
    """Return the keywords of a list by commas, each once. Raises BadParameter."""
    found = (part.strip() for part in re.split("[,，]", text))
    keywords = tuple(dict.fromkeys(keyword for keyword in found if keyword))
    if len(keywords) > MAX_KEYWORDS:
        raise BadParameter(
            f"{len(keywords)} keywords are given",
            param=param,
            hint=f"give at most {MAX_KEYWORDS}",
        )
    return keywords


def wish_for(library: Library, expression: Expression, asked: ListingParams) -> Wish | None:
    """Return what parameters wish for; None where the categories have no papers.

    Raises BadQuery, BadParameter.
    """
    include, exclude = (
        read_words(text or "", name)
        for name, text in (("include", asked.include), ("exclude", asked.exclude))
    )
    keywords = keywords_of(asked.keywords or "", "keywords")
    liked = tuple(read_ids(asked.like or "", "like"))
    span = span_of(library, expression, asked.date)
    if span is None:
        return None
    selection = Selection(
        expression=expression,
        span=span,
        include=include,
        exclude=exclude,
        every=asked.match == "all",
    )
    return Wish(selection=selection, order=asked.order, keywords=keywords, liked=liked)


def listed(
    request: Request, library: Library, wish: Wish, *, limit: int, offset: int = 0
) -> Listing:
    """Return papers of a listing in the order that is wished for."""
    lister = library.lister
    if sort := BY_DAY.get(wish.order):
        return lister.listing(wish.selection, limit=limit, offset=offset, sort=sort)
    keys = lister.keys(wish.selection)
    worth = _worth(request, library, wish, keys)
    return ranked(keys, worth, limit=limit, offset=offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Where an order by day goes on: behind a paper of a day."""

    day: date
    paper_id: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` has written. Raises BadParameter."""
        try:
            if match := _CURSOR.fullmatch(text):
                return cls(day=date.fromisoformat(match[1]), paper_id=match[2])
        except ValueError:
            pass
        raise BadParameter(
            "the cursor cannot be read", param="cursor", hint="begin again without one"
        )

    def __str__(self) -> str:
        """Print the cursor so that it reads back."""
        return f"{self.day.isoformat()}_{self.paper_id}"


def continued(
    library: Library, wish: Wish, cursor: Cursor, limit: int
) -> tuple[Listing, int]:
    """Return what follows a cursor, with the whole total, and the papers before it.

    Both are counted here: a number that comes back from a client proves nothing.
    """
    lister, sort = library.lister, BY_DAY[wish.order]
    total = lister.listing(wish.selection, limit=0).total
    last = (cursor.day, cursor.paper_id)
    left = lister.behind(wish.selection, last, limit=limit, sort=sort)
    return replace(left, total=total), total - left.total


def cursor_of(library: Library, wish: Wish, found: Listing, seen: int) -> str | None:
    """Return what leads on behind a listing's last paper; None at the end."""
    if wish.order not in BY_DAY or not found.keys or seen >= found.total:
        return None
    last = library.catalog.by_keys(found.keys[-1:])[0]
    return str(Cursor(day=last.submitted, paper_id=last.id))


def _worth(
    request: Request, library: Library, wish: Wish, keys: Sequence[int]
) -> Mapping[int, float]:
    if wish.order is Order.PREFERENCE:
        return library.lister.preference(wish.selection, keys, wish.keywords, wish.liked)
    ids = library.catalog.ids(keys)
    stars = stars_of(request, list(ids.values()))
    return {key: float(stars[i]) for key, i in ids.items() if i in stars}

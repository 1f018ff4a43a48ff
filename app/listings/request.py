"""A listing request: selection, order and preferences as one hashable value."""

import re
from dataclasses import dataclass

from app.listings.params import Kind, ListingParams, Order
from app.web.errors import BadParameter
from app.web.params import read_ids
from index import (
    BadQuery,
    Expression,
    Library,
    Selection,
    Sort,
    Span,
    UnknownCategory,
    canonicalize_code,
    find_near_codes,
    find_unknown_code,
    read_words,
)

MAX_KEYWORDS = 40
"""Keywords to rank a listing by."""

OWN, CROSS = "own", "cross"
"""Papers whose primary category is among those listed, and those only listed there too."""

BY_DAY = {Order.LISTED: Sort.OLDEST, Order.NEWEST: Sort.NEWEST}
"""The orders by day. The others rank the whole listing, and no cursor leads through it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRequest:
    """The papers of a listing, and their order.

    `keywords` and `liked` ids are what preference ranks by. `primary` is a category,
    OWN for those that are listed, or CROSS for all others; empty for any.
    """

    selection: Selection
    order: Order = Order.LISTED
    keywords: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    primary: str = ""

    @property
    def kind(self) -> Kind:
        """New papers of these days, or those that have a new version."""
        return Kind.REPLACED if self.selection.revised else Kind.NEW

    def wants(self, code: str) -> bool:
        """Tell whether a paper with such a primary category is asked for."""
        if self.primary in {OWN, CROSS}:
            return self.selection.expression.names(code) is (self.primary == OWN)
        return code == self.primary or not self.primary


def read_request(
    library: Library, expression: Expression, asked: ListingParams
) -> ListingRequest | None:
    """Return what parameters ask for; None where the categories have no papers.

    Raises BadQuery, BadParameter.
    """
    include, exclude = (
        read_words(text or "", name)
        for name, text in (("include", asked.include), ("exclude", asked.exclude))
    )
    keywords = read_keywords(asked.keywords or "", "keywords")
    liked = tuple(read_ids(asked.like or "", "like"))
    span = find_span(library, expression, asked.date)
    if span is None:
        return None
    if asked.kind is Kind.REPLACED and not span.is_day:
        raise BadParameter(
            f"date: papers with a new version are listed for a day, not {span}",
            param="date",
            hint="give a day such as 2026-07-21",
        )
    selection = Selection(
        expression=expression,
        span=span,
        include=include,
        exclude=exclude,
        every=asked.match == "all",
        withdrawn=None if asked.withdrawn is None else asked.withdrawn == "only",
        revised=asked.kind is Kind.REPLACED,
    )
    return ListingRequest(
        selection=selection,
        order=asked.order,
        keywords=keywords,
        liked=liked,
        primary=_read_primary(asked.primary or ""),
    )


def read_expression(text: str) -> Expression:
    """Read the categories of an address. Raises BadQuery, UnknownCategory."""
    try:
        return Expression.parse(text)
    except BadQuery as error:
        if code := find_unknown_code(text):
            raise UnknownCategory(code, find_near_codes(code)) from error
        raise


def _read_primary(text: str) -> str:
    if not text or text in {OWN, CROSS}:
        return text
    code = canonicalize_code(text)
    if code is None:
        raise BadParameter(
            f"primary: {text[:40]!r} is no category",
            param="primary",
            hint=f"give {OWN}, {CROSS} or a code such as cs.LG",
        )
    return code


def find_span(library: Library, expression: Expression, text: str | None) -> Span | None:
    """Return the days that are asked for, else the latest with a paper; None without any.

    Raises BadQuery.
    """
    if text:
        return Span.parse(text)
    day = library.lister.find_latest_day(expression)
    return Span(first=day, last=day) if day else None


def read_keywords(text: str, param: str) -> tuple[str, ...]:
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

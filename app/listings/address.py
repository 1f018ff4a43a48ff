"""The addresses of a listing's page, and where its script gets what comes next."""

from dataclasses import dataclass

from fastapi import Request

from app.listings.params import LISTED_AT_FIRST, Kind, ListingPageParams, Order
from app.listings.request import ListingRequest
from app.web.addresses import bind_paper_urls, bind_urls


class Address:
    """The address of a listing, from which those of others like it are made."""

    def __init__(self, request: Request, what: str, asked: ListingPageParams) -> None:
        """Take what is listed and how: an expression or ids, and the page's parameters."""
        self._what = what
        self._params: dict[str, object] = {
            "date": asked.date,
            "sort": asked.sort or None,
            "like": asked.like or None,
            "include": asked.include or None,
            "exclude": asked.exclude or None,
            "match": "all" if asked.match == "all" else None,
            "primary": asked.primary or None,
            "kind": None if asked.kind is Kind.NEW else asked.kind.value,
            "withdrawn": asked.withdrawn,
        }
        is_own = any(value for name, value in self._params.items() if name != "date")
        self._url = bind_urls(request) if is_own else bind_paper_urls(request)

    def url(self, **changes: object) -> str:
        """Return the address with other values; None takes one away. The top always."""
        return self._url(f"/arxiv/{self._what}", **(self._params | changes))

    def api(self, listing: ListingRequest) -> str:
        """Return the address of the API that lists the same ids."""
        order = None if listing.order is Order.LISTED else listing.order.value
        return self._url(
            f"/api/listings/{self._what}",
            lang=None,
            date=listing.selection.span,
            order=order,
            keywords=",".join(listing.keywords) or None,
            like=",".join(listing.liked) or None,
            include=self._params["include"],
            exclude=self._params["exclude"],
            match=self._params["match"],
            primary=listing.primary or None,
            kind=self._params["kind"],
            withdrawn=self._params["withdrawn"],
            fields="id",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The source of more cards for the script: ids, or an address of the API."""

    api: str = ""
    ids: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The cards of one page among all: `count` of `total`, behind the first `first`."""

    address: Address
    first: int
    count: int
    total: int

    @property
    def previous(self) -> str | None:
        """The address of the cards before, if there are any."""
        if not self.first:
            return None
        return self.address.url(skip=max(0, self.first - LISTED_AT_FIRST) or None)

    @property
    def next(self) -> str | None:
        """The address of the cards behind, if there are any."""
        end = self.first + self.count
        return self.address.url(skip=end) if end < self.total else None

"""The pager: the pages of a result and their addresses."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import Request

from app.search.params import PAGE_SIZE
from app.web.addresses import make_url
from index import MAX_OFFSET

_AROUND = 2  # pages shown on either side of the current one


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page that can be gone to, or a gap between two."""

    number: int = 0
    url: str = ""
    current: bool = False
    gap: bool = False


class Pager:
    """The pages of one result, as _pager.html reads them."""

    def __init__(self, request: Request, number: int, total: int) -> None:
        """Take the current page's number, from 1, and how many papers there are."""
        self._request = request
        self.number = number
        self.size = PAGE_SIZE
        self.count = -(-min(total, MAX_OFFSET) // PAGE_SIZE)
        self.is_truncated = total > MAX_OFFSET

    @property
    def previous(self) -> str | None:
        """The address of the page before, if there is one."""
        return self.url(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """The address of the page after, if there is one."""
        return self.url(self.number + 1) if self.number < self.count else None

    @property
    def links(self) -> Iterator[PageLink]:
        """The first page, those around the current one, and the last, with gaps."""
        near = range(self.number - _AROUND, self.number + _AROUND + 1)
        shown = [n for n in range(1, self.count + 1) if n in (1, self.count, *near)]
        before = 0
        for number in shown:
            if number > before + 1:
                yield PageLink(gap=True)
            yield PageLink(
                number=number, url=self.url(number), current=number == self.number
            )
            before = number

    def url(self, number: int) -> str:
        """Return the address of a page of the same search."""
        params: dict[str, object] = dict(self._request.query_params)
        params["page"] = number if number > 1 else None
        return make_url(self._request, self._request.scope["path"], **params)

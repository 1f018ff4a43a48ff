"""A request of arXiv's API: its parameters, read as arXiv reads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from index import ArxivId, BadId, Moment, Order

MOST = 2_000
"""Papers of one answer, and ids of one request."""

_Choice = TypeVar("_Choice")

_USUAL = 10
_NUMBER = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_MOMENTS = {
    "relevance": None,
    "lastUpdatedDate": Moment.UPDATED,
    "submittedDate": Moment.SUBMITTED,
}
_WAYS = {"ascending": True, "descending": False}
_NEITHER = (
    "Either a search_query or id_list must be specified for the classic API."  # its words
)


class BadRequest(Exception):
    """A request cannot be answered; the message says why, in arXiv's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The parameters as they were given, and their meaning.

    `limit` is None where all papers of an id list are wanted. `order` is None where ids
    keep theirs.
    """

    text: str
    id_list: str
    ids: tuple[ArxivId, ...]
    start: int
    limit: int | None
    order: Order | None

    @property
    def written(self) -> str:
        """The request in one line, as arXiv repeats it."""
        most = _USUAL if self.limit is None else self.limit
        return (
            f"search_query={self.text}&id_list={self.id_list}"
            f"&start={self.start}&max_results={most}"
        )


def read_asked(given: Mapping[str, str]) -> Asked:
    """Read a request; unknown and empty parameters are ignored. Raises BadRequest."""
    text, id_list = (given.get(name, "").strip() for name in ("search_query", "id_list"))
    if not (text or id_list):
        raise BadRequest(_NEITHER)
    limit = _read_number(given, "max_results")
    if limit is None and not id_list:
        limit = _USUAL
    moment = _choose(given, "sortBy", _MOMENTS)
    backward = _choose(given, "sortOrder", _WAYS)
    return Asked(
        text=text,
        id_list=id_list,
        ids=_read_ids(id_list),
        start=_read_number(given, "start") or 0,
        limit=None if limit is None else min(limit, MOST),
        order=Order(moment=moment, backward=bool(backward))
        if moment or not id_list
        else None,
    )


def _read_number(given: Mapping[str, str], name: str) -> int | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise BadRequest(f"{name} must be an integer")
    if int(text) < 0:
        raise BadRequest(f"{name} must be non-negative")
    return int(text)


def _choose(
    given: Mapping[str, str], name: str, known: Mapping[str, _Choice]
) -> _Choice | None:
    text = given.get(name, "").strip()
    if text and text not in known:
        raise BadRequest(f"{name} must be in: {', '.join(known)}")
    return known.get(text)


def _read_ids(text: str) -> tuple[ArxivId, ...]:
    written = [part.strip() for part in text.split(",") if part.strip()]
    if len(written) > MOST:
        raise BadRequest(f"id_list must have at most {MOST} ids")
    return tuple(dict.fromkeys(map(_read_id, written)))


def _read_id(text: str) -> ArxivId:
    try:
        return ArxivId.parse(text)
    except BadId:
        raise BadRequest(f"incorrect id format for {text[:_SHOWN]}") from None


_SHOWN = 80  # characters of what is no id

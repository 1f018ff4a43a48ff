"""A cursor: a token with which a program requests the next page of a result.

A cursor belongs to one search in one snapshot. Best-first it counts the papers before
it; by day it names the last of them, so that no page costs more than the first. Anyone
can write such a token, so every part of one is checked before it is used.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Self

import orjson

from index.errors import BadQuery
from index.search.engine import LAST_KEY, Place

_AGAIN = "begin again without a cursor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How many papers come before it, and by day, which is the last of them."""

    offset: int
    place: Place | None = None

    def write(self, snapshot: str, search: tuple[object, ...]) -> str:
        """Return the token for a search of a snapshot."""
        place = [self.place.day.isoformat(), self.place.key] if self.place else None
        body = orjson.dumps([snapshot, _digest(search), self.offset, place])
        return base64.urlsafe_b64encode(body).decode().rstrip("=")

    @classmethod
    def read(
        cls, token: str, snapshot: str, search: tuple[object, ...], papers: int
    ) -> Self:
        """Read a token for a search of a snapshot that has so many papers.

        Raises BadQuery if it is of another snapshot or search, or if no page of the
        snapshot can have come with it.
        """
        written_for, digest, offset, place = _parts(token)
        if written_for != snapshot:
            raise BadQuery(
                f"the cursor is of snapshot {written_for[:40]}, which {snapshot} has "
                f"replaced; {_AGAIN}",
                param="cursor",
            )
        if digest != _digest(search):
            raise BadQuery(f"the cursor is of another search; {_AGAIN}", param="cursor")
        if offset >= papers:
            raise _unreadable()
        return cls(offset=offset, place=place)


def _parts(token: str) -> tuple[str, str, int, Place | None]:
    """Return what a token says, every part of its type and within its bounds."""
    try:
        body = base64.b64decode(f"{token}{'=' * (-len(token) % 4)}", b"-_", validate=True)
        snapshot, digest, offset, place = orjson.loads(body)
    except (binascii.Error, ValueError, TypeError):
        raise _unreadable() from None
    is_sound = isinstance(snapshot, str) and isinstance(digest, str)
    if not is_sound or type(offset) is not int or offset < 1:
        raise _unreadable()
    return snapshot, digest, offset, None if place is None else _place(place)


def _place(written: object) -> Place:
    match written:
        case [str(day), int(key)] if type(key) is int and 1 <= key <= LAST_KEY:
            try:
                return Place(date.fromisoformat(day), key)
            except ValueError:
                pass
    raise _unreadable()


def _unreadable() -> BadQuery:
    return BadQuery(f"the cursor cannot be read; {_AGAIN}", param="cursor")


def _digest(search: tuple[object, ...]) -> str:
    return hashlib.blake2b(repr(search).encode(), digest_size=8).hexdigest()

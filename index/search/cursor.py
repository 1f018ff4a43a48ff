"""Where a result goes on, as a token that a program hands back.

A cursor belongs to one search in one snapshot. Best-first it counts the papers before
it; by day it names the last of them, so that no page costs more than the first.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Self

import orjson

from index.errors import BadQuery
from index.search.engine import Place

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
    def read(cls, token: str, snapshot: str, search: tuple[object, ...]) -> Self:
        """Read a token. Raises BadQuery if it is of another snapshot or search."""
        written_for, digest, offset, place = _parts(token)
        if written_for != snapshot:
            raise BadQuery(
                f"the cursor is of snapshot {written_for}, which {snapshot} has "
                f"replaced; {_AGAIN}",
                param="cursor",
            )
        if digest != _digest(search):
            raise BadQuery(f"the cursor is of another search; {_AGAIN}", param="cursor")
        return cls(offset=offset, place=place)


def _parts(token: str) -> tuple[str, str, int, Place | None]:
    try:
        body = base64.b64decode(f"{token}{'=' * (-len(token) % 4)}", b"-_", validate=True)
        snapshot, digest, offset, place = orjson.loads(body)
        found = Place(date.fromisoformat(place[0]), int(place[1])) if place else None
        known = isinstance(snapshot, str) and 0 <= offset < _MOST
    except (binascii.Error, ValueError, TypeError, IndexError, KeyError):
        known = False
    if not known:
        raise BadQuery(f"the cursor cannot be read; {_AGAIN}", param="cursor")
    return snapshot, digest, offset, found


_MOST = 1 << 40


def _digest(search: tuple[object, ...]) -> str:
    return hashlib.blake2b(repr(search).encode(), digest_size=8).hexdigest()

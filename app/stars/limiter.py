"""The star limiter: one star per paper, day and address, without identifying anyone.

It hashes an address with a salt that changes every day and never leaves memory, so that
nobody can star a paper twice a day and no trace of the reader remains. Only a star of
the same day can be taken back: for older ones nobody can prove that they are theirs.
"""

import hashlib
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime

from app.web.clients.address import find_household

MOST_A_DAY = 500
"""Stars from one address that count in a day."""

_MOST_KEPT = 1_000_000  # stars of a day, some 100 MB
_SALT_BYTES, _HASH_BYTES = 16, 8


def _get_today() -> date:
    return datetime.now(UTC).date()


class StarLimiter:
    """Admits one star per paper, day and address, and its withdrawal. Thread-safe."""

    def __init__(self, today: Callable[[], date] = _get_today) -> None:
        """Start without any stars."""
        self._today = today
        self._lock = threading.Lock()
        self._begin(today())

    def admit(self, address: str, paper_id: str, *, star: bool) -> bool:
        """Tell whether an address may star a paper, or take back its star of today.

        If so, the limiter records it; to undo that, call it with the opposite `star`.
        """
        with self._lock:
            if (day := self._today()) != self._day:
                self._begin(day)
            voter = self._hash(find_household(address))
            mark = self._hash(f"{voter.hex()} {paper_id}")
            if star is (mark in self._starred):
                return False
            if not star:
                self._starred.remove(mark)
                return True
            if self._count[voter] >= MOST_A_DAY or len(self._starred) >= _MOST_KEPT:
                return False
            self._starred.add(mark)
            self._count[voter] += 1
            return True

    def _begin(self, day: date) -> None:
        self._day = day
        self._salt = secrets.token_bytes(_SALT_BYTES)
        self._starred: set[bytes] = set()
        self._count: Counter[bytes] = Counter()

    def _hash(self, text: str) -> bytes:
        return hashlib.blake2b(
            text.encode(), key=self._salt, digest_size=_HASH_BYTES
        ).digest()

"""Who has changed a paper's stars today, as far as that must be known: not by name.

An address becomes a hash with a salt that is made anew each day and never leaves memory,
so that nobody can star a paper twice a day and nothing is left to tell who did.
"""

import hashlib
import ipaddress
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime

MOST_A_DAY = 500
"""Changes from one address that count in a day."""

_MOST_KEPT = 1_000_000  # changes of a day, some 100 MB
_SALT_BYTES, _HASH_BYTES = 16, 8
_NEIGHBOURS = 64  # bits of an IPv6 address that one household shares


def _today() -> date:
    return datetime.now(UTC).date()


class Ballots:
    """Admits a change of a paper's stars once a day and address. Thread-safe."""

    def __init__(self, today: Callable[[], date] = _today) -> None:
        """Begin with nobody known."""
        self._today = today
        self._lock = threading.Lock()
        self._begin(today())

    def admits(self, address: str, paper_id: str, change: int) -> bool:
        """Tell whether a change is the address's first of its kind today, and note it."""
        with self._lock:
            if (day := self._today()) != self._day:
                self._begin(day)
            voter = self._hash(_household(address))
            ballot = self._hash(f"{voter.hex()} {paper_id} {change}")
            if ballot in self._seen or self._count[voter] >= MOST_A_DAY:
                return False
            if len(self._seen) >= _MOST_KEPT:
                return False
            self._seen.add(ballot)
            self._count[voter] += 1
            return True

    def _begin(self, day: date) -> None:
        self._day = day
        self._salt = secrets.token_bytes(_SALT_BYTES)
        self._seen: set[bytes] = set()
        self._count: Counter[bytes] = Counter()

    def _hash(self, text: str) -> bytes:
        return hashlib.blake2b(
            text.encode(), key=self._salt, digest_size=_HASH_BYTES
        ).digest()


def _household(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004  of the protocol
        return address
    return str(ipaddress.ip_network((parsed, _NEIGHBOURS), strict=False))

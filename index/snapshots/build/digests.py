"""Which texts a build has taken, as one number each: what is unchanged is not done again.

A digest is the first 8 bytes of BLAKE2b of what an encoder reads of a paper. Equal
digests stand for equal texts: among 3 million texts two differ under one digest with a
chance of one in 4 million.
"""

import hashlib
from array import array
from collections.abc import Iterator

UNCHANGED = 0
"""In place of a digest: an update has not touched the paper."""


class TextDigests:
    """The digests of a library's texts by key, which begins at 1. 8 bytes a paper."""

    def __init__(self, unchanged: int = 0) -> None:
        """Begin with so many papers that are there already."""
        self._digests = array("Q", bytes(8 * unchanged))

    def __len__(self) -> int:
        """Return how many papers there are."""
        return len(self._digests)

    def note(self, key: int, text: str) -> None:
        """Take a paper's text; keys that are new come in order."""
        if key > len(self._digests):
            self._digests.append(UNCHANGED)
        self._digests[key - 1] = compute_digest(text)

    def list_changed(self) -> Iterator[int]:
        """Yield the keys of the papers that were taken, in order."""
        return (key for key, d in enumerate(self._digests, start=1) if d != UNCHANGED)

    def get(self, keys: range) -> "array[int]":
        """Return the digests of a range of keys."""
        return self._digests[keys.start - 1 : keys.stop - 1]

    def compute_fingerprint(self) -> str:
        """Return what tells these texts, in this order, from others: 32 hex digits."""
        return hashlib.blake2b(self._digests.tobytes(), digest_size=16).hexdigest()


def compute_digest(text: str) -> int:
    """Return a text's digest, which is never UNCHANGED."""
    found = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(found, "little") or 1

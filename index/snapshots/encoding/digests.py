"""Digests of texts, by which a build recognises texts that have not changed.

A digest is the first 8 bytes of BLAKE2b of the text that an encoder reads. Equal digests
stand for equal texts: among 3 million texts, the probability of a collision is one in 4
million.
"""

import hashlib
from array import array
from collections.abc import Iterator

UNCHANGED = 0
"""Stands for the digest of a paper that an update has not touched."""


class TextDigests:
    """The digests of a library's texts by key, from 1. Takes 8 bytes per paper."""

    def __init__(self, unchanged: int = 0) -> None:
        """Start with a number of papers that are there already."""
        self._digests = array("Q", bytes(8 * unchanged))

    def __len__(self) -> int:
        """Return the number of papers."""
        return len(self._digests)

    def note(self, key: int, text: str) -> None:
        """Record the digest of a paper's text; new keys come in order."""
        if key > len(self._digests):
            self._digests.append(UNCHANGED)
        self._digests[key - 1] = compute_digest(text)

    def drop_last(self) -> None:
        """Forget the paper with the largest key."""
        self._digests.pop()

    def list_changed(self) -> Iterator[int]:
        """Yield the keys of the papers whose texts were recorded, in order."""
        return (key for key, d in enumerate(self._digests, start=1) if d != UNCHANGED)

    def get(self, keys: range) -> "array[int]":
        """Return the digests of a range of keys."""
        return self._digests[keys.start - 1 : keys.stop - 1]

    def compute_fingerprint(self) -> str:
        """Return 32 hex digits that identify these texts in this order."""
        return hashlib.blake2b(self._digests.tobytes(), digest_size=16).hexdigest()


def compute_digest(text: str) -> int:
    """Return a text's digest, which is never UNCHANGED."""
    found = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(found, "little") or 1

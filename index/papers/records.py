"""The interface for reading papers, by key or by id."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from index.papers.paper import Origin, Paper


class Records(Protocol):
    """Reads papers; a catalog fulfils it. Safe to share between threads.

    A key is a positive integer that holds within one snapshot, an id is canonical.
    What is not there is left out of every answer.
    """

    def by_keys(self, keys: Sequence[int]) -> list[Paper]:
        """Return the papers with those keys, in their order."""
        ...

    def by_ids(self, ids: Sequence[str]) -> Mapping[str, Paper]:
        """Return the papers with those ids, by id."""
        ...

    def keys(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Return the keys of the papers with those ids, by id."""
        ...

    def ids(self, keys: Sequence[int]) -> Mapping[int, str]:
        """Return the ids of the papers with those keys, by key."""
        ...

    @property
    def knows_revisions(self) -> bool:
        """True if papers can be found by the day of their last version."""
        ...

    def find_revised(self, first: date, last: date, limit: int) -> Sequence[int]:
        """Return the keys of papers whose last version came on some days, in order.

        Those that are new on that day are left out; none where that is not known.
        """
        ...

    def primaries(self, keys: Sequence[int]) -> Mapping[int, str]:
        """Return the primary category of each of some papers by key."""
        ...

    def origins(self, keys: Sequence[int]) -> Mapping[int, Origin]:
        """Return who wrote the papers with those keys and where they are filed, by key."""
        ...

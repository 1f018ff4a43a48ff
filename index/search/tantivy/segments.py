"""Segments of a tantivy index: how many there are, and how much of them is deleted."""

from dataclasses import dataclass
from pathlib import Path

import orjson

from index.errors import BrokenSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The number of segments, and of papers in them, deleted ones included."""

    count: int
    papers: int
    deleted: int

    @property
    def share_deleted(self) -> float:
        """The share of papers that are deleted, and still read by searches."""
        return self.deleted / self.papers if self.papers else 0.0


def read_segments(directory: Path) -> Segments:
    """Read the list of an index's segments. Raises BrokenSnapshot."""
    try:
        listed = orjson.loads((directory / "meta.json").read_bytes())["segments"]
        deletes = [one["deletes"] or {"num_deleted_docs": 0} for one in listed]
        return Segments(
            count=len(listed),
            papers=sum(int(one["max_doc"]) for one in listed),
            deleted=sum(int(one["num_deleted_docs"]) for one in deletes),
        )
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise BrokenSnapshot(f"cannot read {directory}: {error}") from error

"""An opened tantivy index, what answers from it, and the segments that it has."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import orjson

from index.errors import BrokenSnapshot
from index.search.tantivy.counts import FulltextCounts
from index.search.tantivy.engine import FulltextEngine
from index.search.tantivy.schema import open_index
from index.search.tantivy.vocabulary import FulltextVocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulltext:
    """The three parts of the engine's seam over one index, which does not change."""

    engine: FulltextEngine
    vocabulary: FulltextVocabulary
    counts: FulltextCounts

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open the index in a directory. Raises BrokenSnapshot."""
        try:
            index = open_index(directory)
            index.config_reader("manual")
            index.reload()
        except (ValueError, OSError) as error:
            raise BrokenSnapshot(f"cannot open {directory}: {error}") from error
        searcher = index.searcher()
        return cls(
            engine=FulltextEngine(searcher, index.schema),
            vocabulary=FulltextVocabulary(searcher),
            counts=FulltextCounts(searcher, index.schema),
        )


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

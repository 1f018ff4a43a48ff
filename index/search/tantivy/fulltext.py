"""An opened tantivy index, and what answers from it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

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

"""The embedded full-text engine. The only package that imports tantivy."""

from index.search.tantivy.fulltext import Fulltext, Segments, read_segments
from index.search.tantivy.write import FulltextWriter

__all__ = ["Fulltext", "FulltextWriter", "Segments", "read_segments"]

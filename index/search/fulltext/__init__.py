"""The embedded full-text engine. The only package that imports tantivy."""

from index.search.fulltext.search import FulltextEngine
from index.search.fulltext.write import FulltextWriter

__all__ = ["FulltextEngine", "FulltextWriter"]

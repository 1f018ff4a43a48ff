"""The embedded full-text engine. The only package that imports tantivy."""

from index.search.tantivy.search import FulltextEngine
from index.search.tantivy.write import FulltextWriter

__all__ = ["FulltextEngine", "FulltextWriter"]

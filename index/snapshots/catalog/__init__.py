"""Paper records by key and by id, in SQLite. All of `index` that knows SQLAlchemy.

A key is a small integer that the search engine knows a paper by; it is the row's
number.
"""

from index.snapshots.catalog.read import Catalog
from index.snapshots.catalog.write import CatalogWriter

__all__ = ["Catalog", "CatalogWriter"]

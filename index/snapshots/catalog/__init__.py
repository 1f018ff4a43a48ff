"""The catalog: papers by key and by id, in SQLite.

The only room of `index` that imports SQLAlchemy.

A key is a small integer that identifies a paper in the search engine; it is the number of
the row.
"""

from index.snapshots.catalog.compare import find_differences
from index.snapshots.catalog.read import Catalog
from index.snapshots.catalog.write import CatalogWriter

__all__ = ["Catalog", "CatalogWriter", "find_differences"]

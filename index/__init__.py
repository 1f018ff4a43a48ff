"""The paper library: everything between a dump and an answer. Knows nothing of the web.

This is the front door: whoever uses the library imports from here and nowhere deeper.
"""

from index.errors import (
    BadDump,
    BadId,
    BadQuery,
    BrokenSnapshot,
    BuildFailed,
    Busy,
    LibraryError,
    NoSnapshot,
    UnknownPaper,
)
from index.papers.arxiv_id import ArxivId
from index.papers.categories import ALIASES, CATEGORIES, Category
from index.papers.dump import Dump
from index.papers.paper import Author, Paper, Version
from index.search.engine import Sort
from index.search.finder import MAX_OFFSET, Page
from index.search.query import MAX_LENGTH
from index.search.tree import Field, Notice, Query, Term
from index.snapshots.build import rebuild, update
from index.snapshots.library import Library
from index.snapshots.manifest import Manifest
from index.snapshots.prune import prune
from index.snapshots.shelf import Shelf
from index.snapshots.snapshot import live
from index.snapshots.verify import verify

__all__ = [
    "ALIASES",
    "CATEGORIES",
    "MAX_LENGTH",
    "MAX_OFFSET",
    "ArxivId",
    "Author",
    "BadDump",
    "BadId",
    "BadQuery",
    "BrokenSnapshot",
    "BuildFailed",
    "Busy",
    "Category",
    "Dump",
    "Field",
    "Library",
    "LibraryError",
    "Manifest",
    "NoSnapshot",
    "Notice",
    "Page",
    "Paper",
    "Query",
    "Shelf",
    "Sort",
    "Term",
    "UnknownPaper",
    "Version",
    "live",
    "prune",
    "rebuild",
    "update",
    "verify",
]

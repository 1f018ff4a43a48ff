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
from index.papers.mathtext import formulas
from index.papers.paper import Author, Paper, Version
from index.search.engine import Facets, Sort
from index.search.filters import Filters
from index.search.finder import MAX_OFFSET, Page
from index.search.highlight import Highlighter, marked
from index.search.marker import Range
from index.search.matching import Step
from index.search.query import MAX_LENGTH
from index.search.suggest import Suggestion
from index.search.tree import (
    All,
    AnyOf,
    Days,
    Field,
    Fuzzy,
    Loose,
    Node,
    Notice,
    Phrase,
    Prefix,
    Query,
    Term,
    Without,
)
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
    "All",
    "AnyOf",
    "ArxivId",
    "Author",
    "BadDump",
    "BadId",
    "BadQuery",
    "BrokenSnapshot",
    "BuildFailed",
    "Busy",
    "Category",
    "Days",
    "Dump",
    "Facets",
    "Field",
    "Filters",
    "Fuzzy",
    "Highlighter",
    "Library",
    "LibraryError",
    "Loose",
    "Manifest",
    "NoSnapshot",
    "Node",
    "Notice",
    "Page",
    "Paper",
    "Phrase",
    "Prefix",
    "Query",
    "Range",
    "Shelf",
    "Sort",
    "Step",
    "Suggestion",
    "Term",
    "UnknownPaper",
    "Version",
    "Without",
    "formulas",
    "live",
    "marked",
    "prune",
    "rebuild",
    "update",
    "verify",
]

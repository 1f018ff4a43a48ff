"""The paper library: everything between a dump and an answer, without the web.

This is the front door: users of the library import from here and from nowhere deeper.
"""

from index.errors import (
    Abandoned,
    BadDump,
    BadId,
    BadQuery,
    BrokenSnapshot,
    BuildFailed,
    Busy,
    Crowded,
    EncoderMissing,
    EncoderOpening,
    Forgotten,
    HarvestFailed,
    LibraryError,
    NoSnapshot,
    NoVectors,
    OutOfTime,
    TooDear,
    UnknownCategory,
    UnknownPaper,
)
from index.lazy import lazy_property
from index.meaning.encoders.choosing import Choice
from index.meaning.encoders.encoder import EncoderRecord
from index.meaning.encoders.neural import GET_NEURAL, is_installed
from index.meaning.keywords.extractor import Keyword
from index.meaning.related.map import find_directions
from index.meaning.related.relation import (
    MAX_RELATED,
    Method,
    RelatedPage,
    RelatedPaper,
    RelatedSort,
)
from index.papers.arxiv_id import ArxivId
from index.papers.categories import (
    ALIASES,
    CATEGORIES,
    Category,
    canonicalize_code,
    find_near_codes,
)
from index.papers.doi import cut_tail, make_doi_url, read_dois
from index.papers.mathtext import find_formulas
from index.papers.paper import Author, Paper, Version
from index.papers.people.readings import keep_particles
from index.papers.prose.cleaning import clean_prose
from index.papers.prose.plain import write_plain
from index.search.cost.budget import Budget, queueing, spending, spending_anew
from index.search.cost.gate import Gate
from index.search.cost.price import EXPLAINED
from index.search.engine import Facets, Moment, Sort
from index.search.exact import Order, Slice
from index.search.found import Found
from index.search.highlights.highlighter import Highlighter, split_marked
from index.search.highlights.marker import Range
from index.search.listings.expression import (
    MAX_EXPRESSION,
    Expression,
    find_unknown_code,
    read_listing,
)
from index.search.listings.lister import MAX_LISTING, Lister, Listing, rank
from index.search.listings.selection import Selection, read_words
from index.search.listings.span import Span
from index.search.matching.match import Step
from index.search.meaning import Mode
from index.search.query.filters import Filters
from index.search.query.parse import MAX_LENGTH, parse_as_written
from index.search.query.tree import (
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
    Unscored,
    Without,
)
from index.search.search import Search
from index.search.suggest import Suggestion
from index.search.terms.spellings import fold_name
from index.search.window import MAX_OFFSET, Window
from index.snapshots.build.build import check_encoder, rebuild, rebuild_live, update
from index.snapshots.build.intake import PaperSource
from index.snapshots.build.verify import verify
from index.snapshots.harvest.gathering import Gathered, gather
from index.snapshots.history.change import Change, Kind, Mark
from index.snapshots.history.history import History, Stretch
from index.snapshots.history.wear import list_wear
from index.snapshots.library import Library, find_encoder_problem
from index.snapshots.manifest import Manifest, list_gains
from index.snapshots.outcome import Outcome
from index.snapshots.probe import WrongAnswer, probe
from index.snapshots.prune import Prunable, Pruned, find_prunable, prune
from index.snapshots.shelf import Shelf
from index.snapshots.snapshot import find_live, find_open
from index.sources.dump import Dump
from index.sources.oai.client import OaiClient
from index.sources.oai.fetching import Reached

__all__ = [
    "ALIASES",
    "CATEGORIES",
    "EXPLAINED",
    "GET_NEURAL",
    "MAX_EXPRESSION",
    "MAX_LENGTH",
    "MAX_LISTING",
    "MAX_OFFSET",
    "MAX_RELATED",
    "Abandoned",
    "All",
    "AnyOf",
    "ArxivId",
    "Author",
    "BadDump",
    "BadId",
    "BadQuery",
    "BrokenSnapshot",
    "Budget",
    "BuildFailed",
    "Busy",
    "Category",
    "Change",
    "Choice",
    "Crowded",
    "Days",
    "Dump",
    "EncoderMissing",
    "EncoderOpening",
    "EncoderRecord",
    "Expression",
    "Facets",
    "Field",
    "Filters",
    "Forgotten",
    "Found",
    "Fuzzy",
    "Gate",
    "Gathered",
    "HarvestFailed",
    "Highlighter",
    "History",
    "Keyword",
    "Kind",
    "Library",
    "LibraryError",
    "Lister",
    "Listing",
    "Loose",
    "Manifest",
    "Mark",
    "Method",
    "Mode",
    "Moment",
    "NoSnapshot",
    "NoVectors",
    "Node",
    "Notice",
    "OaiClient",
    "Order",
    "OutOfTime",
    "Outcome",
    "Paper",
    "PaperSource",
    "Phrase",
    "Prefix",
    "Prunable",
    "Pruned",
    "Query",
    "Range",
    "Reached",
    "RelatedPage",
    "RelatedPaper",
    "RelatedSort",
    "Search",
    "Selection",
    "Shelf",
    "Slice",
    "Sort",
    "Span",
    "Step",
    "Stretch",
    "Suggestion",
    "Term",
    "TooDear",
    "UnknownCategory",
    "UnknownPaper",
    "Unscored",
    "Version",
    "Window",
    "Without",
    "WrongAnswer",
    "canonicalize_code",
    "check_encoder",
    "clean_prose",
    "cut_tail",
    "find_directions",
    "find_encoder_problem",
    "find_formulas",
    "find_live",
    "find_near_codes",
    "find_open",
    "find_prunable",
    "find_unknown_code",
    "fold_name",
    "gather",
    "is_installed",
    "keep_particles",
    "lazy_property",
    "list_gains",
    "list_wear",
    "make_doi_url",
    "parse_as_written",
    "probe",
    "prune",
    "queueing",
    "rank",
    "read_dois",
    "read_listing",
    "read_words",
    "rebuild",
    "rebuild_live",
    "spending",
    "spending_anew",
    "split_marked",
    "update",
    "verify",
    "write_plain",
]

"""The schema: the fields of a paper in the tantivy index, and their analyzers.

    all             what a bare word is looked for in, stemmed: title, abstract, names,
                    compounds as one word, and the year
    title, abstract stemmed
    title_words, abstract_words, authors, comments, journal, report
                    as written, for phrases and exact forms
    journal_parts   letters and digits apart (index/search/terms/journals.py)
    author          the keys of each author (index/search/terms/author_keys.py)
    author_name     folded name, a tab, the name: what names are completed from
    title_key       the whole title as one term (index/search/terms/title.py)
    id, doi, category
    has             which of the fields that may be missing there are, and `withdrawn`
    key             the catalog's row
    order           unique, newest last: day · 2³² + key
    submitted_at, updated_at
                    when the first and the last version came, in seconds since 1970
    year            of the paper's day

Words are split at whatever is no letter or digit, lower-cased, stripped of accents
and, where stemmed, stemmed as English. Documents of a segment lie newest first, so
that among equal scores the newest comes first.
"""

from datetime import date, datetime
from functools import cache
from pathlib import Path

import tantivy
from tantivy import FieldType, Filter, Query, Tokenizer

STEMMED, WORDS = "winnow_stemmed", "winnow_words"
MAX_WORD = 80
"""Longer runs of letters and digits, in bytes, are no words and are not indexed."""

DAY = 1 << 32
"""What a day is multiplied with in `order`."""

LAST = date.max.toordinal() * DAY + DAY - 1
"""The highest `order`."""


_RANKED = ("title", "abstract")
_AS_WRITTEN = ("title_words", "abstract_words", "authors", "comments", "journal")
_WHOLE = ("author", "author_name", "title_key", "id", "doi", "has")
_LATER = ("journal_parts", "report")  # of format 5: their numbers come last
TIMES = ("submitted_at", "updated_at")
"""Fields that an index has, or has not, for all of its papers: earlier ones lack them."""

FIELDS = (
    *("all", *_RANKED, *_AS_WRITTEN, *_WHOLE, "category", "key", "order", "year"),
    *_LATER,
    *TIMES,
)
"""The fields in the order of their numbers, as tantivy's explanations name them."""


@cache
def analyzers() -> dict[str, tantivy.TextAnalyzer]:
    """Return the analyzers by name. Index and queries use the same ones."""

    def folded() -> tantivy.TextAnalyzerBuilder:
        return (
            tantivy.TextAnalyzerBuilder(Tokenizer.simple())
            .filter(Filter.remove_long(MAX_WORD))
            .filter(Filter.lowercase())
            .filter(Filter.ascii_fold())
        )

    return {
        STEMMED: folded().filter(Filter.stemmer("english")).build(),
        WORDS: folded().build(),
    }


def create_index(directory: Path) -> tantivy.Index:
    """Make an empty index in a directory that exists."""
    index = tantivy.Index(
        _schema(),
        path=str(directory),
        sort_by_field="order",
        sort_order=tantivy.Order.Desc,
    )
    return _with_analyzers(index)


def open_index(directory: Path) -> tantivy.Index:
    """Open an index. tantivy needs to write its lock file into the directory."""
    return _with_analyzers(tantivy.Index.open(str(directory)))


def is_timed(schema: tantivy.Schema) -> bool:
    """Tell whether an index knows when papers came, not only on which day."""
    try:
        between(schema, TIMES[0], 0, 0)
    except ValueError:
        return False
    return True


def between(schema: tantivy.Schema, field: str, lowest: int, highest: int) -> Query:
    """Return the papers with a number in a range, both ends included. Raises ValueError."""
    return Query.range_query(schema, field, FieldType.Integer, lowest, highest)


def between_moments(
    schema: tantivy.Schema, first: datetime | None, last: datetime | None
) -> Query:
    """Return the papers that came between two moments, both ends included."""
    lowest, highest = (int(when.timestamp()) if when else None for when in (first, last))
    lowest = -_MOST_S if lowest is None else lowest
    highest = _MOST_S if highest is None else highest
    return between(schema, TIMES[0], lowest, highest)


_MOST_S = 1 << 40  # seconds: no date is so far from 1970


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("all", tokenizer_name=STEMMED)
    for field in _RANKED:
        schema.add_text_field(field, tokenizer_name=STEMMED, index_option="freq")
    for field in _AS_WRITTEN:
        schema.add_text_field(field, tokenizer_name=WORDS)
    for field in _WHOLE:
        schema.add_text_field(field, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("category", tokenizer_name="raw", index_option="basic", fast=True)
    schema.add_integer_field("key", fast=True, indexed=True)
    schema.add_integer_field("order", fast=True, indexed=True)
    schema.add_integer_field("year", fast=True)
    for field in _LATER:
        schema.add_text_field(field, tokenizer_name=WORDS)
    for field in TIMES:
        schema.add_integer_field(field, fast=True)
    return schema.build()


def _with_analyzers(index: tantivy.Index) -> tantivy.Index:
    for name, analyzer in analyzers().items():
        index.register_tokenizer(name, analyzer)
    return index

"""Which fields a paper has in the tantivy index, and how their text becomes terms.

    all         title, abstract and authors in one: what a bare word is looked for in
    title, abstract, authors
    title_key   the whole title as one term (index/search/title.py)
    id, category
    key         the catalog's row
    order       unique, newest last: day · 2³² + key

Words are split at whatever is no letter or digit, lower-cased, stripped of accents
and, but for authors, stemmed as English.
"""

from functools import cache
from pathlib import Path

import tantivy
from tantivy import Filter, Tokenizer

STEMMED, NAMES = "winnow_stemmed", "winnow_names"
MAX_WORD = 80
"""Longer runs of letters and digits, in bytes, are no words and are not indexed."""


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
        NAMES: folded().build(),
    }


def create_index(directory: Path) -> tantivy.Index:
    """Make an empty index in a directory that exists."""
    return _with_analyzers(tantivy.Index(_schema(), path=str(directory)))


def open_index(directory: Path) -> tantivy.Index:
    """Open an index. tantivy needs to write its lock file into the directory."""
    return _with_analyzers(tantivy.Index.open(str(directory)))


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    for field in ("all", "title", "abstract"):
        schema.add_text_field(field, tokenizer_name=STEMMED)
    schema.add_text_field("authors", tokenizer_name=NAMES)
    for field in ("title_key", "id"):
        schema.add_text_field(field, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("category", tokenizer_name="raw", index_option="basic", fast=True)
    schema.add_integer_field("key", fast=True)
    schema.add_integer_field("order", fast=True)
    return schema.build()


def _with_analyzers(index: tantivy.Index) -> tantivy.Index:
    for name, analyzer in analyzers().items():
        index.register_tokenizer(name, analyzer)
    return index

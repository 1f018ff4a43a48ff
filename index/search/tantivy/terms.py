"""The terms of a text, how rare they are, and the fields they are looked for in."""

import math
from collections.abc import Mapping, Sequence

from index.search.query.tree import Field
from index.search.tantivy.schema import STEMMED, WORDS, analyzers
from index.search.terms.cjk import cut_as_written, cut_for_query, has_cjk
from index.search.terms.compounds import is_language, join_compound
from index.search.terms.journals import part_journal
from index.search.terms.known_names import Frequencies
from index.search.terms.script_forms import fold_forms

EXACT: Mapping[Field, tuple[str, ...]] = {
    Field.ANY: ("title_words", "abstract_words", "authors"),
    Field.TITLE: ("title_words",),
    Field.ABSTRACT: ("abstract_words",),
    Field.AUTHOR: ("authors",),
    Field.COMMENTS: ("comments",),
    Field.JOURNAL: ("journal_parts",),
    Field.REPORT: ("report",),
}
_EARLIER: Mapping[Field, tuple[str, ...]] = {Field.JOURNAL: ("journal",), Field.REPORT: ()}
STEM_FIELDS = {Field.ANY: "all", Field.TITLE: "title", Field.ABSTRACT: "abstract"}
HAS = {
    Field.COMMENTS: "comments",
    Field.JOURNAL: "journal",
    Field.REPORT: "report",
    Field.DOI: "doi",
    Field.WITHDRAWN: "withdrawn",
}


def stem_words(text: str) -> list[str]:
    """Return the stems of a text's words, in order."""
    return _analyzed(STEMMED, text)


def split_words(text: str) -> list[str]:
    """Return a text's words as they are written, folded, in order."""
    return _analyzed(WORDS, text)


def split_other_forms(text: str) -> list[str]:
    """Return the words of a text in the forms that it has, where they are folded; or []."""
    if not has_cjk(text) or fold_forms(text) == text:
        return []
    return list(analyzers()[WORDS].analyze(cut_as_written(text)))


def list_exact(field: Field, frequencies: Frequencies) -> tuple[str, ...]:
    """Return the fields that words are looked for in as they are written.

    An index of format 4 has journal references as they stand, and no report numbers.
    """
    if field not in _EARLIER:
        return EXACT[field]
    try:
        frequencies.doc_freq("report", "")
    except ValueError:
        return _EARLIER[field]
    return EXACT[field]


def split_leaf(field: Field, text: str, fields: Sequence[str]) -> list[str]:
    """Return the words of a leaf as the fields that it is looked for in have them."""
    is_parted = field is Field.JOURNAL and "journal_parts" in fields
    return split_words(part_journal(text) if is_parted else text)


def is_character(word: str) -> bool:
    """Tell whether a word is one character of a script that is indexed as bigrams."""
    return len(word) == 1 and has_cjk(word)


def idf(count: int, frequency: int) -> float:
    """Return BM25's inverse document frequency, ln(1 + (N - n + 1/2) / (n + 1/2)).

    Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with the 1
    that keeps it positive, as in Lucene and tantivy.
    """
    return math.log1p((count - frequency + 0.5) / (frequency + 0.5))


def _analyzed(name: str, text: str) -> list[str]:
    if is_language(text):
        text = join_compound(text) or text
    return list(analyzers()[name].analyze(cut_for_query(text)))

"""The terms of a text: its stems and its words as indexed, and how rare they are."""

import math

from index.search.tantivy.schema import STEMMED, WORDS, analyzers
from index.search.terms.cjk import cut_as_written, cut_for_query, has_cjk
from index.search.terms.compounds import is_language, join_compound
from index.search.terms.script_forms import fold_forms


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

"""Sizes: how much tantivy reads for a leaf of a query, told from its dictionaries.

What a fuzzy word expands to is not looked up, which would cost as much as searching for
it: it is taken to be as much as the worst words have.
"""

from collections.abc import Sequence
from math import log2

import tantivy

from index.papers.categories import list_archive_codes
from index.search.engine import Size
from index.search.query.tree import Days, Field, Fuzzy, Leaf, Phrase, Prefix, Term
from index.search.tantivy.leaves import COMMON, EXACT, HAS, STEMMED
from index.search.tantivy.terms import split_words, stem_words
from index.search.terms.author_keys import read_author

_LOOKED_AT = 500
"""Of a prefix' terms, the commonest; they have most of the papers."""

_OTHERS = 20_000
"""Of a prefix with more terms, the others: as many as the shortest prefix has."""

_PHRASED = 50  # terms that tantivy has the last word of a phrase expand to
_FUZZY_TERMS = {1: 2_000, 2: 6_000}
_FUZZY_SHARE = {1: 1.0, 2: 2.0}  # of all papers, that the fields have together


class Sizes:
    """Measures leaves in an immutable index."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        """Take a searcher of the index."""
        self._searcher = searcher
        self._papers = searcher.num_docs

    def measure(self, leaf: Leaf) -> Size:
        """Return how much there is to read for a leaf."""
        match leaf:
            case Days():
                return Size(papers=self._papers, gathered=self._papers)
            case Term():
                return self._term(leaf)
            case Phrase():
                return self._phrase(leaf)
            case Prefix():
                return self._prefix(leaf)
            case Fuzzy():
                return self._fuzzy(leaf)

    def _term(self, term: Term) -> Size:
        match term.field:
            case Field.CATEGORY:
                codes = list_archive_codes(term.text)
                return self._scanned(sum(self._count("category", code) for code in codes))
            case Field.ID | Field.DOI:
                return self._scanned(self._count(str(term.field), term.text))
            case Field.AUTHOR:
                return self._author(term.text)
            case Field.COMMENTS | Field.JOURNAL:
                return self._together(EXACT[term.field], split_words(term.text), 0)
            case _:
                return self._together((STEMMED[term.field],), stem_words(term.text), 0)

    def _author(self, name: str) -> Size:
        words = split_words(name.replace("_", " "))
        readings = [
            sum(self._count("author", key) for key in reading)
            for reading in read_author(name)
        ]
        named = max(readings, default=0)
        alike = self._together(EXACT[Field.AUTHOR], words, 0)
        return Size(
            papers=max(named, alike.papers),
            postings=alike.postings,
            gathered=named,
            places=alike.places,
        )

    def _phrase(self, phrase: Phrase) -> Size:
        words = split_words(phrase.text)
        fields: Sequence[str] = EXACT[phrase.field]
        if len(words) > 1 and self._rarest("abstract_words", words) > COMMON:
            if phrase.field is Field.ANY:
                fields = EXACT[Field.TITLE]
            elif phrase.field is Field.ABSTRACT:
                return self._scanned(self._rarest("abstract_words", words) * len(words))
        return self._together(fields, words, phrase.slop)

    def _together(self, fields: Sequence[str], words: Sequence[str], slop: int) -> Size:
        """Return what words that stand together have, in any of some fields."""
        if not words:
            return Size(papers=0)
        papers = sum(self._rarest(field, words) for field in fields)
        if len(words) == 1:
            return self._scanned(papers)
        widely = 1 + log2(1 + slop) if slop else 1.0
        places = round(papers * len(words) * widely)
        return Size(papers=papers, postings=papers * len(words), places=places)

    def _prefix(self, prefix: Prefix) -> Size:
        if not prefix.text:
            return self._scanned(self._count("has", HAS[prefix.field]))
        if prefix.field is Field.DOI:
            return self._expanded(self._count("has", HAS[Field.DOI]), 1)
        words = split_words(prefix.text)
        fields = EXACT[prefix.field]
        if len(words) > 1:
            whole = self._together(fields, words[:-1], 0)
            places = whole.papers * len(words)
            return Size(
                papers=whole.papers,
                postings=whole.postings,
                terms=_PHRASED * len(fields),
                places=places,
            )
        return self._begun(fields, words[0]) if words else Size(papers=0)

    def _begun(self, fields: Sequence[str], word: str) -> Size:
        postings = terms = 0
        for field in fields:
            common = self._searcher.terms_with_prefix(field, word, limit=_LOOKED_AT)
            postings += sum(count for _, count in common)
            terms += len(common)
            if len(common) == _LOOKED_AT:
                terms += _OTHERS
                postings += _OTHERS
        return Size(papers=min(postings, self._papers), gathered=postings, terms=terms)

    def _fuzzy(self, fuzzy: Fuzzy) -> Size:
        fields = len(EXACT[fuzzy.field])
        postings = round(self._papers * _FUZZY_SHARE[fuzzy.distance] * fields / 3)
        terms = _FUZZY_TERMS[fuzzy.distance] * fields
        return Size(papers=min(postings, self._papers), gathered=postings, terms=terms)

    def _expanded(self, terms: int, each: int) -> Size:
        return Size(papers=terms * each, gathered=terms * each, terms=terms)

    def _scanned(self, postings: int) -> Size:
        return Size(papers=min(postings, self._papers), postings=postings)

    def _rarest(self, field: str, words: Sequence[str]) -> int:
        return min(self._count(field, word) for word in dict.fromkeys(words))

    def _count(self, field: str, term: str) -> int:
        return self._searcher.doc_freq(field, term)

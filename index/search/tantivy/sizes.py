"""Sizes: how much tantivy reads for a leaf of a query, told from its dictionaries.

What a fuzzy word expands to is not looked up, which would cost as much as searching for
it: it is taken to be as much as the worst words have.
"""

import re
from collections.abc import Sequence
from math import log2

import tantivy

from index.papers.categories import list_archive_codes
from index.search.engine import Size
from index.search.query.tree import Days, Field, Fuzzy, Leaf, Phrase, Prefix, Term
from index.search.tantivy.leaves import COMMON
from index.search.tantivy.terms import (
    HAS,
    STEM_FIELDS,
    list_exact,
    split_leaf,
    split_words,
    stem_words,
)
from index.search.terms.journal_names import find_beginning, list_ways
from index.search.terms.known_names import KnownNames

_LOOKED_AT = 500
"""Of a prefix' terms, the commonest; they have most of the papers."""

_OTHERS = 6_000
"""Of a prefix with more terms, the others: as many as the shortest prefix has."""

_EACH = 30
"""Papers to each of those others, in a library so small that there are less."""

_AUTOMATON = 1_000  # terms that are read in the time that it takes to make one
_PHRASED = 50  # terms that tantivy has the last word of a phrase expand to
_PHRASE_PREFIX = 4  # times as long as a phrase takes to compare its places
_COMPARED = 8  # words of a phrase: few places are compared with the later ones
_BY_KEY = 300  # terms that are read in the time that author keys take
_FUZZY_TERMS = {1: 1_000, 2: 3_000}
_FUZZY_SHARE = {1: 0.5, 2: 1.0}  # of all papers, that the fields have together
_BLOCK = 128  # postings that are unpacked to look for one


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
            case Field.JOURNAL:
                return self._journal(self._split(term), 0)
            case Field.COMMENTS | Field.REPORT:
                return self._together(self._exact(term.field), self._split(term), 0)
            case _:
                return self._together((STEM_FIELDS[term.field],), stem_words(term.text), 0)

    def _author(self, name: str) -> Size:
        words = split_words(name.replace("_", " "))
        names = KnownNames(self._searcher)
        keys = names.find_keys(name) or names.spell(name)
        named = sum(map(names.count, keys))
        alike = self._together(self._exact(Field.AUTHOR), words, 0)
        return Size(
            papers=max(named, alike.papers),
            postings=alike.postings,
            gathered=named + alike.gathered,
            terms=_BY_KEY,
            places=alike.places,
        )

    def _journal(self, words: Sequence[str], slop: int) -> Size:
        """Return what a journal reference has, and what its other ways have at most."""
        fields = self._exact(Field.JOURNAL)
        size = self._together(fields, words, slop)
        for way in list_ways(words):
            found = [self._matched(fields, word) for word in way]
            size = Size(
                papers=size.papers + min(found),
                gathered=size.gathered + sum(found),
                terms=size.terms + _AUTOMATON * len(way),
                places=size.places + min(found) * len(way),
            )
        return size

    def _matched(self, fields: Sequence[str], pattern: str) -> int:
        """Return in how many papers the commonest words are that match an expression."""
        begins = find_beginning(pattern)
        return sum(
            count
            for field in fields
            for word, count in self._searcher.terms_with_prefix(
                field, begins, limit=_LOOKED_AT
            )
            if re.fullmatch(pattern, word)
        )

    def _phrase(self, phrase: Phrase) -> Size:
        words = self._split(phrase)
        if phrase.field is Field.JOURNAL:
            return self._journal(words, phrase.slop)
        fields: Sequence[str] = self._exact(phrase.field)
        if len(words) > 1 and self._rarest("abstract_words", words) > COMMON:
            if phrase.field is Field.ANY:
                fields = self._exact(Field.TITLE)
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
        places = round(papers * min(len(words), _COMPARED) * widely)
        read = sum(self._read(field, words) for field in fields)
        return Size(papers=papers, gathered=read, places=places)

    def _prefix(self, prefix: Prefix) -> Size:
        if not prefix.text:
            return self._scanned(self._count("has", HAS[prefix.field]))
        if prefix.field is Field.DOI:
            papers = self._count("has", HAS[Field.DOI])
            return Size(papers=papers, gathered=papers, terms=papers + _AUTOMATON)
        words = self._split(prefix)
        fields = self._exact(prefix.field)
        if len(words) > 1:
            whole = self._together(fields, words[:-1], 0)
            places = _PHRASE_PREFIX * whole.papers * min(len(words), _COMPARED)
            return Size(
                papers=whole.papers,
                gathered=whole.gathered,
                terms=_PHRASED * len(fields),
                places=places,
            )
        return self._begun(fields, words[0]) if words else Size(papers=0)

    def _begun(self, fields: Sequence[str], word: str) -> Size:
        postings = terms = 0
        others = min(_OTHERS, self._papers // _EACH)
        for field in fields:
            common = self._searcher.terms_with_prefix(field, word, limit=_LOOKED_AT)
            postings += sum(count for _, count in common)
            terms += len(common) + _AUTOMATON
            if len(common) == _LOOKED_AT:
                terms += others
                postings += others
        return Size(papers=min(postings, self._papers), gathered=postings, terms=terms)

    def _fuzzy(self, fuzzy: Fuzzy) -> Size:
        fields = len(self._exact(fuzzy.field))
        postings = round(self._papers * _FUZZY_SHARE[fuzzy.distance] * fields / 3)
        terms = _FUZZY_TERMS[fuzzy.distance] * fields
        return Size(papers=min(postings, self._papers), gathered=postings, terms=terms)

    def _split(self, leaf: Term | Phrase | Prefix) -> list[str]:
        return split_leaf(leaf.field, leaf.text, self._exact(leaf.field))

    def _exact(self, field: Field) -> tuple[str, ...]:
        return list_exact(field, self._searcher)

    def _scanned(self, postings: int) -> Size:
        return Size(papers=min(postings, self._papers), postings=postings)

    def _rarest(self, field: str, words: Sequence[str]) -> int:
        return min(self._count(field, word) for word in dict.fromkeys(words))

    def _read(self, field: str, words: Sequence[str]) -> int:
        """Return the postings that are unpacked to find where all words are."""
        counts = [self._count(field, word) for word in dict.fromkeys(words)]
        return sum(min(count, _BLOCK * min(counts)) for count in counts)

    def _count(self, field: str, term: str) -> int:
        return self._searcher.doc_freq(field, term)

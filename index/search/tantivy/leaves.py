"""The leaves of a query tree, words, phrases, names and dates, as tantivy queries."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time

import tantivy
from tantivy import Occur, Query

from index.papers.categories import list_archive_codes
from index.search.query.tree import Days, Field, Fuzzy, Leaf, Notice, Phrase, Prefix, Term
from index.search.tantivy.schema import DAY, LAST, between, between_moments, is_timed
from index.search.tantivy.terms import (
    EXACT,
    HAS,
    STEM_FIELDS,
    is_character,
    list_exact,
    split_leaf,
    split_other_forms,
    split_words,
    stem_words,
)
from index.search.terms.cjk import has_cjk
from index.search.terms.compounds import join_compound
from index.search.terms.journal_names import list_ways
from index.search.terms.known_names import Frequencies, KnownNames

COMMON = 100_000
"""Papers that even the rarest word of a phrase has: its positions take too long to read."""

_REGEX_SIGN = re.compile(r"[\\.+*?()|\[\]{}^$#&\-~]")


class Leaves:
    """Makes the tantivy queries of leaves; `notices` collects what had to be changed."""

    def __init__(
        self, schema: tantivy.Schema, frequencies: Frequencies, *, scored: bool = True
    ) -> None:
        """Take the schema that terms are made for, and what knows how common they are."""
        self.schema = schema
        self._read = "freq" if scored else "basic"  # of a posting; reading less is faster
        self._frequencies = frequencies
        self._names = KnownNames(frequencies)
        self.notices: list[Notice] = []

    def query(self, leaf: Leaf) -> Query:
        """Return what decides whether a paper matches a leaf, scored where it can be."""
        match leaf:
            case Days():
                return self._days(leaf)
            case Term(field=Field.JOURNAL) | Phrase(field=Field.JOURNAL):
                return self._journal(leaf)
            case Term():
                return self._with_other_forms(leaf, self._term(leaf))
            case Phrase():
                return self._with_other_forms(leaf, self._phrase(leaf))
            case Prefix():
                return self._prefix(leaf)
            case Fuzzy():
                return self._fuzzy(leaf)

    def stem(self, term: Term) -> str | None:
        """Return the one stem that a bare word is looked for as, or None if not one."""
        words = [] if split_other_forms(term.text) else stem_words(term.text)
        return words[0] if len(words) == 1 and not is_character(words[0]) else None

    def stems(self, term: Term) -> list[str]:
        """Return the stems of a word's parts; those of one word are one."""
        return stem_words(term.text)

    def exact(self, term: Term) -> str | None:
        """Return the one form of a bare word as it is written, or None if not one."""
        words = split_words(term.text)
        return words[0] if len(words) == 1 else None

    def term(self, field: str, text: str | int) -> Query:
        """Return the query for one term of a field."""
        return Query.term_query(self.schema, field, text, self._read)

    def close(self, field: str, words: Sequence[str], slop: int) -> Query:
        """Return the query for words of a field in their order, so far apart at most."""
        if not words:
            return Query.empty_query()
        if len(words) > 1:
            return Query.phrase_query(self.schema, field, list(words), slop)
        if is_character(words[0]):
            return Query.const_score_query(self._begins(field, words[0]), 1.0)
        return self.term(field, words[0])

    def ordered(self, lowest: int | None, highest: int | None) -> Query:
        """Return the papers whose `order` is in a range, both ends included."""
        return _unscored(between(self.schema, "order", lowest or 0, highest or LAST))

    def _with_other_forms(self, leaf: Term | Phrase, found: Query) -> Query:
        """Add what is in an index made before traditional characters were folded."""
        words = split_other_forms(leaf.text) if leaf.field in EXACT else []
        others = [self._in_any(self._exact(leaf.field), words, 0)] if words else []
        return _either([found, *others])

    def _days(self, days: Days) -> Query:
        if days.is_empty:
            return Query.empty_query()
        first, last = days.first, days.last
        if (days.since or days.until) and is_timed(self.schema):
            since, until = days.since or time.min, days.until or time.max
            begins = datetime.combine(first, since, UTC) if first else None
            ends = datetime.combine(last, until.replace(second=59), UTC) if last else None
            return _unscored(between_moments(self.schema, begins, ends))
        return self.ordered(
            first.toordinal() * DAY if first else None,
            (last.toordinal() + 1) * DAY - 1 if last else None,
        )

    def _term(self, term: Term) -> Query:
        match term.field:
            case Field.CATEGORY:
                codes = list_archive_codes(term.text)  # a term set would cost twice as much
                return _unscored(_either([self.term("category", code) for code in codes]))
            case Field.ID | Field.DOI:
                return _unscored(self.term(str(term.field), term.text))
            case Field.AUTHOR:
                return self._author(term.text)
            case Field.COMMENTS | Field.REPORT:
                return self._in_any(self._exact(term.field), self._split(term), 0)
            case _:
                return self._word(term)

    def _word(self, term: Term) -> Query:
        field = STEM_FIELDS[term.field]
        stems = stem_words(term.text)
        if len(stems) < 2:  # noqa: PLR2004  no compound
            return self.close(field, stems, 0)
        if term.field is Field.ANY:
            parts = self._compound(field, term.text, stems)
        else:
            parts = self._compound(
                self._exact(term.field)[0], term.text, split_words(term.text)
            )
        joined = join_compound(term.text)
        stem = stem_words(joined) if joined else []
        return _either([parts, self.term(field, stem[0])]) if stem else parts

    def _compound(self, field: str, text: str, words: Sequence[str]) -> Query:
        if self._is_common(field, words):
            self.notices.append(Notice(code="common_phrase_words", params={"phrase": text}))
            return self._together(field, words)
        return self.close(field, words, 0)

    def _phrase(self, phrase: Phrase) -> Query:
        words, fields = self._split(phrase), self._exact(phrase.field)
        if len(words) > 1 and self._is_common("abstract_words", words):
            params: dict[str, str | int] = {"phrase": phrase.text}
            if phrase.field is Field.ANY:
                fields = self._exact(Field.TITLE)
                self.notices.append(Notice(code="common_phrase_titles", params=params))
            elif phrase.field is Field.ABSTRACT:
                self.notices.append(Notice(code="common_phrase_words", params=params))
                return self._together("abstract_words", words)
        return self._in_any(fields, words, phrase.slop)

    def _journal(self, leaf: Term | Phrase) -> Query:
        """Return the query for a journal reference as written, or in another way."""
        words, fields = self._split(leaf), self._exact(leaf.field)
        found = self._in_any(fields, words, leaf.slop if isinstance(leaf, Phrase) else 0)
        ways = [(field, way) for field in fields for way in list_ways(words)]
        return _either([found, *(self._way(*way) for way in ways)]) if ways else found

    def _way(self, field: str, words: Sequence[str]) -> Query:
        if len(words) > 1:
            return Query.regex_phrase_query(self.schema, field, list(words))
        return self.term(field, words[0])  # an acronym

    def _split(self, leaf: Term | Phrase | Prefix | Fuzzy) -> list[str]:
        return split_leaf(leaf.field, leaf.text, self._exact(leaf.field))

    def _exact(self, field: Field) -> tuple[str, ...]:
        return list_exact(field, self._frequencies)

    def _in_any(self, fields: Sequence[str], words: Sequence[str], slop: int) -> Query:
        """Return the query for words close together in any of some fields."""
        return _either([self.close(field, words, slop) for field in fields])

    def _prefix(self, prefix: Prefix) -> Query:
        if not prefix.text:
            return _unscored(self.term("has", HAS[prefix.field]))
        if prefix.field is Field.DOI:
            return _unscored(self._begins("doi", prefix.text))
        words, fields = self._split(prefix), self._exact(prefix.field)
        if not words:
            return Query.empty_query()
        if len(words) > 1:
            make = Query.phrase_prefix_query
            return _either([make(self.schema, field, list(words)) for field in fields])
        return _either(
            [Query.const_score_query(self._begins(f, words[0]), 1.0) for f in fields]
        )

    def _begins(self, field: str, text: str) -> Query:
        pattern = _REGEX_SIGN.sub(lambda sign: "\\" + sign[0], text) + ".*"
        return Query.regex_query(self.schema, field, pattern)

    def _fuzzy(self, fuzzy: Fuzzy) -> Query:
        words = self._split(fuzzy)
        if len(words) != 1:
            return Query.empty_query()
        make, far = Query.fuzzy_term_query, fuzzy.distance
        return _either(
            [
                make(self.schema, field, words[0], far, transposition_cost_one=True)
                for field in self._exact(fuzzy.field)
            ]
        )

    def _author(self, name: str) -> Query:
        words = split_words(name.replace("_", " "))
        if has_cjk(name):
            return _unscored(self.close("authors", words, 0))
        if len(words) == 1:
            return _unscored(self._surname(words[0], self._names.spell(name)))
        if keys := self._names.find_keys(name):
            return _unscored(self._any_key(keys))
        return _unscored(self.close("authors", words, 0))

    def _surname(self, word: str, spellings: frozenset[str]) -> Query:
        named = self.close("authors", [word], 0)
        return _either([named, self._any_key(spellings)]) if spellings else named

    def _any_key(self, keys: frozenset[str]) -> Query:
        return Query.term_set_query(self.schema, "author", sorted(keys))

    def _is_common(self, field: str, words: Sequence[str]) -> bool:
        return all(self._frequencies.doc_freq(field, word) > COMMON for word in words)

    def _together(self, field: str, words: Sequence[str]) -> Query:
        once = [(Occur.Must, self.term(field, word)) for word in dict.fromkeys(words)]
        return Query.boolean_query(once)


def _either(queries: list[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    if not queries:
        return Query.empty_query()
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)

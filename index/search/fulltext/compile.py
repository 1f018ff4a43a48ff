"""A query tree as a tantivy query.

A bare word is looked for in the field `all` and weighs TITLE_WEIGHT more where the
title has it too. Booleans are kept flat where they can be: tantivy can skip documents
only if it sees the terms themselves.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import tantivy
from tantivy import Occur, Query

from index.papers.categories import codes_of_archive
from index.search.fulltext.schema import NAMES, STEMMED, analyzers
from index.search.tree import (
    All,
    AnyOf,
    Field,
    Node,
    Phrase,
    Term,
    Without,
)

TITLE_WEIGHT = 0.3
KNOWN_TITLE_SCORE = 1_000.0
"""Above every sum of BM25 scores: a paper of just that title comes first."""

Clause: TypeAlias = tuple[Occur, Query]

_FIELDS = {
    Field.ANY: ("all", STEMMED),
    Field.TITLE: ("title", STEMMED),
    Field.ABSTRACT: ("abstract", STEMMED),
    Field.AUTHOR: ("authors", NAMES),
}


class Compiler:
    """Compiles trees for one index schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        """Keep the schema that terms are made for."""
        self._schema = schema

    def compile(self, node: Node) -> Query:
        """Return a query that matches what the node asks for."""
        match node:
            case Term() | Phrase():
                return self._leaf(node)
            case Without():
                return self._all((node,))
            case All():
                return self._all(node.nodes)
            case AnyOf():
                return self._any_of(node)

    def or_known_title(self, query: Query, title: str) -> Query:
        """Return a query that also matches papers of just that title, above all."""
        known = Query.const_score_query(self._term("title_key", title), KNOWN_TITLE_SCORE)
        return Query.boolean_query([(Occur.Should, known), (Occur.Should, query)])

    def _leaf(self, node: Term | Phrase) -> Query:
        clauses = list(self._scored(Occur.Must, node))
        return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)

    def _all(self, nodes: Iterable[Node]) -> Query:
        clauses: list[Clause] = []
        for node in nodes:
            if isinstance(node, Without):
                clauses.append((Occur.MustNot, self.compile(node.node)))
            elif isinstance(node, Term | Phrase):
                clauses.extend(self._scored(Occur.Must, node))
            else:
                clauses.append((Occur.Must, self.compile(node)))
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(clauses)

    def _any_of(self, node: AnyOf) -> Query:
        clauses: list[Clause] = []
        bonus: list[Clause] = []
        for part in node.nodes:
            if isinstance(part, Term | Phrase):
                first, *more = self._scored(Occur.Should, part)
                clauses.append(first)
                bonus.extend(more)
            else:
                clauses.append((Occur.Should, self.compile(part)))
        if node.minimum == 1:
            return Query.boolean_query(clauses + bonus)
        enough = Query.boolean_query(clauses, minimum_number_should_match=node.minimum)
        return Query.boolean_query([(Occur.Must, enough), *bonus])

    def _scored(self, occur: Occur, node: Term | Phrase) -> Iterator[Clause]:
        """Yield the clause that decides, then the one that only adds to the score."""
        if node.field is Field.CATEGORY:
            yield occur, self._category(node.text)
            return
        if node.field is Field.ID:
            yield occur, Query.const_score_query(self._term("id", node.text), 0.0)
            return
        field, analyzer = _FIELDS[node.field]
        words = analyzers()[analyzer].analyze(node.text)
        yield occur, self._words(field, words)
        if node.field is Field.ANY and len(words) == 1:
            bonus = Query.boost_query(self._term("title", words[0]), TITLE_WEIGHT)
            yield Occur.Should, bonus

    def _words(self, field: str, words: list[str]) -> Query:
        if not words:
            return Query.empty_query()
        if len(words) == 1:
            return self._term(field, words[0])
        return Query.phrase_query(self._schema, field, list(words))

    def _category(self, code: str) -> Query:
        codes = list(codes_of_archive(code))
        found = Query.term_set_query(self._schema, "category", codes)
        return Query.const_score_query(found, 0.0)

    def _term(self, field: str, text: str) -> Query:
        return Query.term_query(self._schema, field, text)

"""The compiler: makes a tantivy query of a query tree.

A bare word is looked for in the field `all`; where the title has it too, or any field
has it in just the reader's form, that adds to the score. Booleans are kept flat where
they can be: tantivy can skip documents only if it sees the terms themselves.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import tantivy
from tantivy import Occur
from tantivy import Query as Compiled

from index.search.query.tree import (
    All,
    AnyOf,
    Field,
    Loose,
    Node,
    Notice,
    Prefix,
    Query,
    Term,
    Unscored,
    Without,
)
from index.search.tantivy.leaves import Leaves
from index.search.tantivy.terms import idf
from index.search.terms.known_names import Frequencies

TITLE_WEIGHT = 0.5
"""Of a word in the title, beside its weight in `all`, where every word is there."""

EXACT_WEIGHT = 0.3
"""Of a word in the reader's form, in the title and in the abstract, beside its stem."""

CLOSE_WEIGHT = 0.5
"""Of all words standing in the title in their order, at most CLOSE_SLOP places apart."""

CLOSE_SLOP = 2
CLOSE_WORDS = range(2, 5)
"""How many words a query has whose closeness is looked at; more of them are rare enough."""

LOOSE_TITLE_WEIGHT = 0.2
"""Of a telling word in the title, where not every word is there."""

ESSENTIAL = 0.5
"""The share of the words' inverse document frequencies that telling words have."""

HEARD = 0.9
"""The share beyond which the commonest words of a loose query add nothing to a score."""

KNOWN_TITLE_SCORE = 1_000.0
"""Above every sum of BM25 scores: a paper of just that title comes first."""

Clause: TypeAlias = tuple[Occur, Compiled]


class Statistics(Frequencies, Protocol):
    """The statistics that a compiler reads; tantivy's Searcher provides them."""

    @property
    def num_docs(self) -> int:
        """How many documents there are."""
        ...


@dataclass(slots=True)
class _Word:
    """A plain word of a loose query: its stem, and its inverse document frequency."""

    text: str
    stem: str
    weight: float


class Compiler:
    """Compiles one query; afterwards `notices` and `telling` say what became of it."""

    def __init__(
        self, schema: tantivy.Schema, statistics: Statistics, *, bare: bool = False
    ) -> None:
        """Take what the index has. A `bare` query matches the same, but ranks less."""
        self._leaves = Leaves(schema, statistics, scored=not bare)
        self._statistics = statistics
        self._bare = bare
        self.telling: tuple[str, ...] = ()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Notices of parts that could not be compiled exactly as the tree asks."""
        return tuple(self._leaves.notices)

    def compile(self, query: Query) -> Compiled:
        """Return a query for what the tree or the title asks for, within the filters."""
        found = Compiled.all_query() if query.tree is None else self._node(query.tree)
        if self._bare:
            found = Compiled.const_score_query(found, 1.0)
        if query.tree and (titled := self.titled(query.title)):
            known = Compiled.const_score_query(titled, KNOWN_TITLE_SCORE)
            found = Compiled.boolean_query([(Occur.Should, known), (Occur.Should, found)])
        if not query.filters:
            return found
        filters = [Compiled.const_score_query(self._node(f), 0.0) for f in query.filters]
        wanted = filters if query.tree is None else [found, *filters]
        return Compiled.boolean_query([(Occur.Must, each) for each in wanted])

    def titled(self, title: str) -> Compiled | None:
        """Return the papers whose title has that key, or None if there are none."""
        if not title or not self._statistics.doc_freq("title_key", title):
            return None
        return self._leaves.term("title_key", title)

    def withdrawn(self, title: str) -> Compiled:
        """Return the withdrawn papers, but for those of a title that is asked for."""
        gone = self._node(Prefix(Field.WITHDRAWN, ""))
        titled = self.titled(title)
        return self.without_those(gone, titled) if titled else gone

    def among_those(self, found: Compiled, those: Compiled) -> Compiled:
        """Return a query for what both find, ranked by the first."""
        bare = Compiled.const_score_query(those, 0.0)
        return Compiled.boolean_query([(Occur.Must, found), (Occur.Must, bare)])

    def without_those(self, found: Compiled, those: Compiled) -> Compiled:
        """Return a query for what the first finds and the other does not."""
        return Compiled.boolean_query([(Occur.Must, found), (Occur.MustNot, those)])

    def except_for(self, found: Compiled, keys: Sequence[int]) -> Compiled:
        """Return a query without the papers of those keys."""
        without = [(Occur.MustNot, self._leaves.term("key", key)) for key in keys]
        return Compiled.boolean_query([(Occur.Must, found), *without]) if keys else found

    def among(self, found: Compiled, keys: Sequence[int]) -> Compiled:
        """Return a query for those of the papers that have one of the keys."""
        few = Compiled.term_set_query(self._leaves.schema, "key", list(keys))
        return Compiled.boolean_query([(Occur.Must, found), (Occur.Must, few)])

    def within(self, found: Compiled, lowest: int | None, highest: int | None) -> Compiled:
        """Return a query for those of the papers whose `order` is in a range."""
        ordered = self._leaves.ordered(lowest, highest)
        return Compiled.boolean_query([(Occur.Must, found), (Occur.Must, ordered)])

    def _node(self, node: Node) -> Compiled:
        match node:
            case Unscored():
                return Compiled.const_score_query(self._node(node.node), 0.0)
            case Without():
                return self._all((node,))
            case All():
                return self._all(node.nodes)
            case AnyOf():
                return self._any_of(node)
            case Loose():
                return self._loose(node)
        clauses = list(self._scored(Occur.Must, node))
        return clauses[0][1] if len(clauses) == 1 else _boolean(clauses)

    def _all(self, nodes: Iterable[Node]) -> Compiled:
        clauses: list[Clause] = []
        for node in nodes:
            if isinstance(node, Without):
                clauses.append((Occur.MustNot, self._node(node.node)))
            else:
                clauses.extend(self._scored(Occur.Must, node))
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, Compiled.all_query()))
        return _boolean([*clauses, *self._closeness(nodes)])

    def _closeness(self, nodes: Iterable[Node]) -> Iterator[Clause]:
        """Yield what adds to the score where a few plain words stand together."""
        terms = [n for n in nodes if isinstance(n, Term) and n.field is Field.ANY]
        if self._bare or len(terms) not in CLOSE_WORDS:
            return
        words = [self._leaves.exact(term) for term in terms]
        known = [word for word in words if word]
        if len(known) == len(words):
            close = self._leaves.close("title_words", known, CLOSE_SLOP)
            yield Occur.Should, Compiled.boost_query(close, CLOSE_WEIGHT)

    def _any_of(self, node: AnyOf) -> Compiled:
        return _boolean(
            [clause for n in node.nodes for clause in self._scored(Occur.Should, n)]
        )

    def _scored(self, occur: Occur, node: Node) -> Iterator[Clause]:
        """Yield the clause that decides, then those that only add to the score."""
        if isinstance(node, Without | Unscored | All | AnyOf | Loose):
            yield occur, self._node(node)
            return
        if not isinstance(node, Term) or node.field is not Field.ANY:
            yield occur, self._leaves.query(node)
            return
        stem = self._leaves.stem(node)
        if stem is None:
            yield occur, self._leaves.query(node)
            return
        yield occur, self._leaves.term("all", stem)
        if self._bare:
            return
        yield self._bonus("title", stem, TITLE_WEIGHT)
        if exact := self._leaves.exact(node):
            yield self._bonus("title_words", exact, EXACT_WEIGHT)
            yield self._bonus("abstract_words", exact, EXACT_WEIGHT)

    def _bonus(self, field: str, word: str, weight: float) -> Clause:
        term = self._leaves.term(field, word)
        return Occur.Should, Compiled.boost_query(term, weight)

    def _loose(self, node: Loose) -> Compiled:
        """Return the union of the telling words, with what the other words add."""
        words = sorted(self._words(node.nodes), key=lambda word: -word.weight)
        heard = words if node.any_word else _share(words, HEARD)
        telling = heard if node.any_word else _share(words, ESSENTIAL)
        self.telling = tuple(dict.fromkeys(word.text for word in telling))
        required = [(Occur.Should, self._leaves.term("all", w.stem)) for w in telling]
        clauses: list[Clause] = [(Occur.Must, _boolean(required))]
        clauses += [
            (Occur.Should, self._leaves.term("all", word.stem))
            for word in heard[len(telling) :]
        ]
        clauses += [self._bonus("title", word.stem, LOOSE_TITLE_WEIGHT) for word in telling]
        return _boolean(clauses)

    def _words(self, terms: Iterable[Term]) -> Iterator[_Word]:
        """Yield the words that the index has, compounds in parts, each stem once."""
        count = self._statistics.num_docs
        stems = {stem: t.text for t in terms for stem in self._leaves.stems(t)}
        for stem, text in stems.items():
            if frequency := self._statistics.doc_freq("all", stem):
                yield _Word(text, stem, idf(count, frequency))


def _share(words: list[_Word], share: float) -> list[_Word]:
    """Return the first words that have more than a share of the weight of all."""
    wanted = share * sum(word.weight for word in words)
    held = 0.0
    for number, word in enumerate(words, 1):
        held += word.weight
        if held > wanted:
            return words[:number]
    return words


def _boolean(clauses: list[Clause]) -> Compiled:
    return Compiled.boolean_query(clauses)

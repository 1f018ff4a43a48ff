"""The embedded engine: searching a tantivy index."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import orjson
import tantivy
from tantivy import Occur, Order

from index.lazy import lazy_property
from index.search.engine import Facets, Hits, Moment, Place, Scored, Sort
from index.search.query.tree import Field, Query
from index.search.tantivy import more_like_this
from index.search.tantivy.compile import Compiler
from index.search.tantivy.counts import count_days, count_facets
from index.search.tantivy.ranking import read_keys, sum_by_field, take_ranked
from index.search.tantivy.schema import DAY, is_timed
from index.search.tantivy.terms import HAS

_FIRST = 400  # papers that are looked at with those of a later page
_MANY_WORDS = 5  # from which on most queries match next to nothing


class FulltextEngine:
    """Fulfils Engine with an immutable tantivy index."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        """Take a searcher of the index, and the schema that queries are made for."""
        self._searcher = searcher
        self._schema = schema

    def search(  # noqa: PLR0913  as Engine has it
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = Sort.RELEVANCE,
        without: Sequence[int] = (),
        behind: Place | None = None,
    ) -> Hits:
        """Return hits in order, with the exact total. See Engine.search."""
        if query.tree is None and not query.filters:
            return Hits(total=0, keys=())
        by_day = sort is not Sort.RELEVANCE or not query.is_ranked
        if not by_day and len(query.words) >= _MANY_WORDS:
            hits = self._unranked(query, limit, offset, without)
            if hits:
                return hits
        compiler = Compiler(self._schema, self._searcher)
        compiled = compiler.except_for(compiler.compile(query), without)
        if not by_day:
            return self._best(compiler, compiled, query.title, limit, offset)
        order = Order.Asc if sort is Sort.OLDEST else Order.Desc
        if behind:
            place = behind.day.toordinal() * DAY + behind.key
            edges = (place + 1, None) if order is Order.Asc else (None, place - 1)
            compiled = compiler.within(compiled, *edges)
        return self._by_day(compiler, compiled, limit, offset, ("order", order))

    def by_time(
        self,
        query: Query,
        moment: Moment,
        *,
        limit: int,
        offset: int = 0,
        oldest_first: bool = False,
    ) -> Hits:
        """Return hits by when their papers came. See Engine.by_time."""
        if query.tree is None and not query.filters:
            return Hits(total=0, keys=())
        compiler = Compiler(self._schema, self._searcher, bare=True)
        field = str(moment) if is_timed(self._schema) else "order"
        order = Order.Asc if oldest_first else Order.Desc
        compiled = compiler.compile(replace(query, title=""))
        return self._by_day(compiler, compiled, limit, offset, (field, order))

    def _unranked(
        self, query: Query, limit: int, offset: int, without: Sequence[int]
    ) -> Hits | None:
        """Return what a long query matches, if that is at most one paper.

        Most long queries match one paper or none, and finding that out costs a third
        of ranking. A paper known by its title must be that one.
        """
        compiler = Compiler(self._schema, self._searcher, bare=True)
        compiled = compiler.compile(replace(query, title=""))
        total, keys = self._first(compiler.except_for(compiled, without), 1)
        if total > 1:
            return None
        titled = compiler.titled(query.title)
        _, known = self._first(titled, 2) if titled else (0, ())
        if not set(known) <= {*keys, *without}:
            return None
        return _hits(compiler, total, keys[offset : offset + limit])

    def _first(self, compiled: tantivy.Query, limit: int) -> tuple[int, tuple[int, ...]]:
        """Return how many papers match, and the keys of the first of them on disk."""
        found = self._searcher.search(compiled, limit)
        return found.count, read_keys(self._searcher, found.hits)  # type: ignore[attr-defined]

    def _best(
        self,
        compiler: Compiler,
        compiled: tantivy.Query,
        title: str,
        limit: int,
        offset: int,
    ) -> Hits:
        """Return a part of what is found, best first; withdrawn papers come last.

        Where none of them is among the first, up to the part's end, one search will do.
        """
        limit, offset = self._within(limit, offset)
        if offset <= _FIRST or not self._withdrawn:
            start = 0 if self._withdrawn else offset
            wanted = limit + offset - start
            total, keys = take_ranked(self._searcher, compiled, wanted, start)
            if self._withdrawn.isdisjoint(keys):
                return _hits(compiler, total, keys[offset - start :])
        gone = compiler.withdrawn(title)
        last = compiler.among_those(compiled, gone)
        behind, _ = self._first(last, 1)
        if not behind:
            return _hits(compiler, *take_ranked(self._searcher, compiled, limit, offset))
        first = compiler.without_those(compiled, gone)
        before, keys = take_ranked(self._searcher, first, limit, offset)
        skipped = max(0, offset - before)
        wanted = min(limit - len(keys), behind - skipped)
        if wanted > 0:
            keys += take_ranked(self._searcher, last, wanted, skipped)[1]
        return _hits(compiler, before + behind, keys)

    def _by_day(
        self,
        compiler: Compiler,
        compiled: tantivy.Query,
        limit: int,
        offset: int,
        order: tuple[str, Order],
    ) -> Hits:
        """Return a part of what is found, by a field of numbers."""
        limit, offset = self._within(limit, offset)
        found = self._searcher.search(
            compiled, max(limit, 1), offset=offset, order_by_field=order[0], order=order[1]
        )
        keys = read_keys(self._searcher, found.hits[:limit])
        total = found.count  # type: ignore[attr-defined]  # tantivy's stub leaves it out
        return _hits(compiler, total, keys)

    def _within(self, limit: int, offset: int) -> tuple[int, int]:
        """Return a limit and an offset that ask for no more than there is.

        tantivy makes room for `limit + offset` hits before it looks for the first: a
        greater sum than the memory holds would end the process.
        """
        papers = self._searcher.num_docs
        offset = min(max(offset, 0), papers)
        return min(max(limit, 0), papers - offset), offset

    def more_like_this(self, text: str, *, words: int, limit: int) -> Scored:
        """Return the papers with the most telling words. See Engine.more_like_this."""
        papers = self._searcher.num_docs
        telling = more_like_this.choose_words(text, self._searcher, papers, words)
        if not telling or not limit:
            return Scored(keys=(), scores=())
        compiled = more_like_this.compile_words(telling, self._schema)
        return self._scored(compiled, limit, most=sum(word.most for word in telling))

    def titled(self, titles: Sequence[str], *, limit: int) -> tuple[int, ...]:
        """Return papers that have one of some titles. See Engine.titled."""
        compiler = Compiler(self._schema, self._searcher, bare=True)
        known = [(Occur.Should, one) for one in map(compiler.titled, titles) if one]
        if not known:
            return ()
        return self._scored(tantivy.Query.boolean_query(known), limit).keys

    def matching(self, query: Query, keys: Sequence[int]) -> frozenset[int]:
        """Return those of the keys whose papers match a query."""
        if not keys:
            return frozenset()
        compiler = Compiler(self._schema, self._searcher, bare=True)
        compiled = compiler.among(compiler.compile(query), keys)
        return frozenset(self._scored(compiled, len(keys)).keys)

    def withdrawn(self, keys: Sequence[int]) -> frozenset[int]:
        """Return those of the keys whose papers are withdrawn."""
        return self._withdrawn.intersection(keys)

    @lazy_property
    def _withdrawn(self) -> frozenset[int]:
        """The keys of all withdrawn papers: about one in 250."""
        gone = tantivy.Query.term_query(self._schema, "has", HAS[Field.WITHDRAWN])
        return frozenset(self._scored(gone, self._searcher.num_docs).keys)

    def scored(self, query: Query, *, limit: int) -> Scored:
        """Return what matches a query with its scores, best first."""
        compiler = Compiler(self._schema, self._searcher)
        return self._scored(compiler.compile(replace(query, title="")), limit)

    def _scored(self, compiled: tantivy.Query, limit: int, most: float = 0.0) -> Scored:
        limit, _ = self._within(limit, 0)
        hits = self._searcher.search(compiled, limit, count=False).hits if limit else []
        keys = read_keys(self._searcher, hits)
        scores = tuple(float(score) for score, _ in hits)
        return Scored(keys=keys, scores=scores, most=most)

    def facets(self, query: Query) -> Facets:
        """Return the counts of everything that a query matches."""
        if query.tree is None and not query.filters:
            return Facets()
        compiled = Compiler(self._schema, self._searcher, bare=True).compile(query)
        return count_facets(self._searcher, compiled)

    def counts_by_day(self, query: Query) -> Mapping[date, int]:
        """Return the count of each day that has papers. See Engine.counts_by_day."""
        compiled = Compiler(self._schema, self._searcher, bare=True).compile(query)
        return count_days(self._searcher, compiled)

    def scores(self, query: Query, keys: Sequence[int]) -> Sequence[Mapping[str, float]]:
        """Return what each field added to each paper's score. See Engine.scores."""
        compiled = Compiler(self._schema, self._searcher).compile(query)
        return tuple(self._explain(compiled, key) for key in keys)

    def _explain(self, compiled: tantivy.Query, key: int) -> Mapping[str, float]:
        term = tantivy.Query.term_query(self._schema, "key", key)
        hits = self._searcher.search(term, 1, count=False).hits
        if not hits:
            return {}
        try:
            text = compiled.explain(self._searcher, hits[0][1]).to_json()
        except ValueError:  # it does not match
            return {}
        return sum_by_field(orjson.loads(text))


def _hits(compiler: Compiler, total: int, keys: tuple[int, ...]) -> Hits:
    return Hits(total=total, keys=keys, telling=compiler.telling, notices=compiler.notices)

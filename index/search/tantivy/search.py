"""Searching a tantivy index."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Self

import orjson
import tantivy
from tantivy import Order

from index.errors import BrokenSnapshot
from index.search.engine import Completed, Facets, Hits, Place, Scored, Sort
from index.search.query.tree import Query
from index.search.tantivy import alike
from index.search.tantivy.compile import Compiler
from index.search.tantivy.explain import by_field
from index.search.tantivy.schema import DAY, open_index
from index.search.tantivy.terms import stems_of

_MOST_CATEGORIES = 10_000
_MANY_WORDS = 5  # from which on most queries match next to nothing
_CATEGORIES = {"terms": {"field": "category", "size": _MOST_CATEGORIES}}
_YEARS = {"years": {"histogram": {"field": "year", "interval": 1, "min_doc_count": 1}}}
_COUNTS = {"categories": _CATEGORIES, **_YEARS}
_TRENDS = {"categories": {**_CATEGORIES, "aggs": _YEARS}}
_BY_DAY = {"days": {"histogram": {"field": "order", "interval": DAY, "min_doc_count": 1}}}
_COMPLETED = {Completed.TITLE: "title_key", Completed.AUTHOR: "author_name"}


class FulltextEngine:
    """Fulfils Engine with an immutable tantivy index."""

    def __init__(self, index: tantivy.Index) -> None:
        """Take over an opened index."""
        index.config_reader("manual")
        index.reload()
        self._searcher = index.searcher()
        self._schema = index.schema

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open the index in a directory. Raises BrokenSnapshot."""
        try:
            return cls(open_index(directory))
        except (ValueError, OSError) as error:
            raise BrokenSnapshot(f"cannot open {directory}: {error}") from error

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
        order = None if not by_day else Order.Asc if sort is Sort.OLDEST else Order.Desc
        if behind:
            place = behind.day.toordinal() * DAY + behind.key
            edges = (place + 1, None) if order is Order.Asc else (None, place - 1)
            compiled = compiler.within(compiled, *edges)
        return self._hits(compiler, compiled, limit, offset, order=order)

    def _unranked(
        self, query: Query, limit: int, offset: int, without: Sequence[int]
    ) -> Hits | None:
        """Return what a long query matches, if that is at most one paper.

        Most long queries match one paper or none, and finding that out costs a third
        of ranking. A paper known by its title must be that one.
        """
        compiler = Compiler(self._schema, self._searcher, bare=True)
        compiled = compiler.compile(replace(query, title=""))
        hits = self._hits(compiler, compiler.except_for(compiled, without), limit, offset)
        if hits.total > 1:
            return None
        titled = compiler.titled(query.title)
        known = self._hits(compiler, titled, 2, 0).keys if titled else ()
        return hits if set(known) <= {*hits.keys, *without} else None

    def _hits(
        self,
        compiler: Compiler,
        compiled: tantivy.Query,
        limit: int,
        offset: int,
        *,
        order: Order | None = None,
    ) -> Hits:
        limit, offset = self._within(limit, offset)
        found = self._searcher.search(
            compiled,
            max(limit, 1),
            offset=offset,
            order_by_field="order" if order else None,
            order=order or Order.Desc,
        )
        return Hits(
            total=found.count,  # type: ignore[attr-defined]  # tantivy's stub leaves it out
            keys=self._keys(found.hits[:limit], is_ranked=order is None),
            telling=compiler.telling,
            notices=compiler.notices,
        )

    def _within(self, limit: int, offset: int) -> tuple[int, int]:
        """Return a limit and an offset that ask for no more than there is.

        tantivy makes room for `limit + offset` hits before it looks for the first: a
        greater sum than the memory holds would end the process.
        """
        papers = self._searcher.num_docs
        offset = min(max(offset, 0), papers)
        return min(max(limit, 0), papers - offset), offset

    def _keys(self, hits: Sequence[tuple[Any, Any]], *, is_ranked: bool) -> tuple[int, ...]:
        """Return the keys of hits, the newest first among equal scores."""
        if not hits:
            return ()
        scores = [score for score, _ in hits]
        addresses = [address for _, address in hits]
        found = self._searcher.fast_field_values("order", addresses)
        orders = [int(order) for order in found if order is not None]
        if is_ranked and len(set(scores)) < len(scores):
            ranked = sorted(zip(scores, orders, strict=True), reverse=True)
            orders = [order for _, order in ranked]
        return tuple(order % DAY for order in orders)

    def alike(self, text: str, *, words: int, limit: int) -> Scored:
        """Return the papers with the most telling words of a text. See Engine.alike."""
        papers = self._searcher.num_docs
        telling = alike.telling_words(text, self._searcher, papers, words)
        if not telling or not limit:
            return Scored(keys=(), scores=())
        compiled = alike.compiled(telling, self._schema)
        return self._scored(compiled, limit, most=sum(word.most for word in telling))

    def matching(self, query: Query, keys: Sequence[int]) -> frozenset[int]:
        """Return those of the keys whose papers match a query."""
        if not keys:
            return frozenset()
        compiler = Compiler(self._schema, self._searcher, bare=True)
        compiled = compiler.among(compiler.compile(query), keys)
        return frozenset(self._scored(compiled, len(keys)).keys)

    def scored(self, query: Query, *, limit: int) -> Scored:
        """Return what matches a query with its scores, best first."""
        compiler = Compiler(self._schema, self._searcher)
        return self._scored(compiler.compile(replace(query, title="")), limit)

    def _scored(self, compiled: tantivy.Query, limit: int, most: float = 0.0) -> Scored:
        limit, _ = self._within(limit, 0)
        hits = self._searcher.search(compiled, limit, count=False).hits if limit else []
        found = self._searcher.fast_field_values("key", [address for _, address in hits])
        keys = tuple(int(key) for key in found if key is not None)
        scores = tuple(float(score) for score, _ in hits)
        return Scored(keys=keys, scores=scores, most=most)

    def facets(self, query: Query) -> Facets:
        """Return the counts of everything that a query matches."""
        if query.tree is None and not query.filters:
            return Facets()
        compiled = Compiler(self._schema, self._searcher, bare=True).compile(query)
        counts = self._searcher.aggregate(compiled, _COUNTS)
        return Facets(categories=_by_key(counts, "categories"), years=_years(counts))

    def counts_by_day(self, query: Query) -> Mapping[date, int]:
        """Return the count of each day that has papers. See Engine.counts_by_day."""
        compiled = Compiler(self._schema, self._searcher, bare=True).compile(query)
        counts = self._searcher.aggregate(compiled, _BY_DAY)
        return {
            date.fromordinal(int(bucket["key"]) // DAY): bucket["doc_count"]
            for bucket in _buckets(counts, "days")
        }

    def scores(self, query: Query, key: int) -> Mapping[str, float]:
        """Return what each field added to a paper's score, the total as `score`."""
        compiler = Compiler(self._schema, self._searcher)
        compiled = compiler.compile(query)
        term = tantivy.Query.term_query(self._schema, "key", key)
        hits = self._searcher.search(term, 1, count=False).hits
        if not hits:
            return {}
        try:
            text = compiled.explain(self._searcher, hits[0][1]).to_json()
        except ValueError:  # it does not match
            return {}
        return by_field(orjson.loads(text))

    def stems(self, text: str) -> Sequence[str]:
        """Return the terms that a text's words are looked for as, in order."""
        return stems_of(text)

    def frequency(self, word: str) -> int:
        """Return in how many titles, abstracts or names at most a word stands as it is."""
        fields = ("title_words", "abstract_words", "authors")
        return max(self._searcher.doc_freq(field, word) for field in fields)

    def frequencies(self, word: str) -> tuple[int, int]:
        """Return in how many titles and in how many abstracts a word stands as it is."""
        fields = ("title_words", "abstract_words")
        titles, abstracts = (self._searcher.doc_freq(field, word) for field in fields)
        return titles, abstracts

    def words(self, minimum: int) -> Iterator[tuple[str, int]]:
        """Yield all words that are in at least `minimum` papers, and in how many."""
        most: dict[str, int] = {}
        for field in ("abstract_words", "title_words", "authors"):
            for word, count in self._searcher.terms_with_prefix(field, ""):
                if count >= minimum:
                    most[word] = max(most.get(word, 0), count)
        yield from most.items()

    def complete(
        self, what: Completed, beginning: str, limit: int
    ) -> Sequence[tuple[str, int]]:
        """Return what begins so, with its number of papers, most first."""
        field = _COMPLETED[what]
        return self._searcher.terms_with_prefix(field, beginning, limit=limit)

    def count(self) -> int:
        """Return how many papers can be found."""
        return self._searcher.num_docs

    def counts_by_category(self) -> Mapping[str, int]:
        """Return how many papers each category has, most first."""
        counts = self._searcher.aggregate(
            tantivy.Query.all_query(), {"categories": _CATEGORIES}
        )
        return _by_key(counts, "categories")

    def years_by_category(self) -> Mapping[str, Mapping[int, int]]:
        """Return how many papers each category has in each year that has any."""
        counts = self._searcher.aggregate(tantivy.Query.all_query(), _TRENDS)
        return {b["key"]: _years(b) for b in _buckets(counts, "categories")}


def _buckets(counts: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = counts[name]["buckets"]
    return found


def _years(counts: dict[str, Any]) -> dict[int, int]:
    found = ((int(b["key"]), int(b["doc_count"])) for b in _buckets(counts, "years"))
    return dict(sorted(found))


def _by_key(counts: dict[str, Any], name: str) -> dict[str, int]:
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in _buckets(counts, name)}

"""Searching a tantivy index."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

import tantivy

from index.errors import BrokenSnapshot
from index.search.engine import Hits, Sort
from index.search.fulltext.compile import Compiler
from index.search.fulltext.schema import open_index
from index.search.tree import Query

_MOST_CATEGORIES = 10_000


class FulltextEngine:
    """Fulfils Engine with an immutable tantivy index."""

    def __init__(self, index: tantivy.Index) -> None:
        """Take over an opened index."""
        index.config_reader("manual")
        index.reload()
        self._searcher = index.searcher()
        self._compiler = Compiler(index.schema)

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open the index in a directory. Raises BrokenSnapshot."""
        try:
            return cls(open_index(directory))
        except (ValueError, OSError) as error:
            raise BrokenSnapshot(f"cannot open {directory}: {error}") from error

    def search(
        self, query: Query, *, limit: int, offset: int = 0, sort: Sort = Sort.RELEVANCE
    ) -> Hits:
        """Return hits in order, with the exact total. A query without tree has none."""
        if query.tree is None:
            return Hits(total=0, keys=())
        compiled = self._compiler.compile(query.tree)
        if self._knows_title(query.title):
            compiled = self._compiler.or_known_title(compiled, query.title)
        by_day = sort is not Sort.RELEVANCE
        found = self._searcher.search(
            compiled,
            limit,
            offset=offset,
            order_by_field="order" if by_day else None,
            order=tantivy.Order.Asc if sort is Sort.OLDEST else tantivy.Order.Desc,
        )
        addresses = [address for _, address in found.hits]
        keys = self._searcher.fast_field_values("key", addresses) if addresses else []
        total = found.count  # type: ignore[attr-defined]  # tantivy's stub leaves it out
        return Hits(total=total, keys=tuple(int(key) for key in keys if key is not None))

    def count(self) -> int:
        """Return how many papers can be found."""
        return self._searcher.num_docs

    def counts_by_category(self) -> Mapping[str, int]:
        """Return how many papers each category has, most first."""
        terms = {"terms": {"field": "category", "size": _MOST_CATEGORIES}}
        answer = self._searcher.aggregate(tantivy.Query.all_query(), {"by_category": terms})
        buckets = answer["by_category"]["buckets"]
        return {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}

    def _knows_title(self, title: str) -> bool:
        return bool(title) and self._searcher.doc_freq("title_key", title) > 0

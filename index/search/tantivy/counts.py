"""The counts of a snapshot, taken from its tantivy index."""

from collections.abc import Mapping

import tantivy

from index.papers.categories import ALIASES, CATEGORIES
from index.search.query.tree import Field, Query, Term
from index.search.tantivy import aggregations
from index.search.tantivy.engine import FulltextEngine

_BY_YEAR = {"categories": aggregations.CATEGORIES | {"aggs": aggregations.YEARS}}


class FulltextCounts:
    """Fulfils Counts by counting anew each time it is asked."""

    def __init__(self, searcher: tantivy.Searcher, engine: FulltextEngine) -> None:
        """Take a searcher of an immutable index, and the engine that searches with it."""
        self._searcher = searcher
        self._engine = engine

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return self._searcher.num_docs

    @property
    def by_category(self) -> Mapping[str, int]:
        """How many papers each category has, most first."""
        counted = {"categories": aggregations.CATEGORIES}
        counts = self._searcher.aggregate(tantivy.Query.all_query(), counted)
        return aggregations.read_categories(counts)

    @property
    def by_year(self) -> Mapping[str, Mapping[int, int]]:
        """How many papers each category and archive has in each year. See Counts.by_year.

        Categories are counted at once, archives that have several one by one: a paper
        in two categories of an archive counts once there.
        """
        counts = self._searcher.aggregate(tantivy.Query.all_query(), _BY_YEAR)
        buckets = aggregations.read_buckets(counts, "categories")
        years = {bucket["key"]: aggregations.read_years(bucket) for bucket in buckets}
        codes = [code for code in CATEGORIES if code not in ALIASES]
        archives = {code.partition(".")[0] for code in codes if "." in code}
        return {
            code: self._count_archive(code) if code in archives else years.get(code, {})
            for code in codes
        }

    def _count_archive(self, code: str) -> Mapping[int, int]:
        return self._engine.facets(Query(filters=(Term(Field.CATEGORY, code),))).years

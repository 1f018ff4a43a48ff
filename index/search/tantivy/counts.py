"""Counts by category, year and day, which tantivy's aggregations make."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import tantivy

from index.papers.categories import ALIASES, CATEGORIES
from index.search.engine import Facets
from index.search.query.tree import Field, Query, Term
from index.search.tantivy.compile import Compiler
from index.search.tantivy.schema import DAY

_MOST_CATEGORIES = 10_000

_CATEGORIES: dict[str, Any] = {"terms": {"field": "category", "size": _MOST_CATEGORIES}}
_YEARS = {"years": {"histogram": {"field": "year", "interval": 1, "min_doc_count": 1}}}
_DAYS = {"days": {"histogram": {"field": "order", "interval": DAY, "min_doc_count": 1}}}
_FACETS = {"categories": _CATEGORIES, **_YEARS}
_BY_YEAR = {"categories": {**_CATEGORIES, "aggs": _YEARS}}


def count_facets(searcher: tantivy.Searcher, compiled: tantivy.Query) -> Facets:
    """Count what a query matches by category and year."""
    counts = searcher.aggregate(compiled, _FACETS)
    return Facets(categories=_read_categories(counts), years=_read_years(counts))


def count_days(searcher: tantivy.Searcher, compiled: tantivy.Query) -> Mapping[date, int]:
    """Count what a query matches by day, in order."""
    counts = searcher.aggregate(compiled, _DAYS)
    return {
        date.fromordinal(int(bucket["key"]) // DAY): bucket["doc_count"]
        for bucket in _read_buckets(counts, "days")
    }


class FulltextCounts:
    """Fulfils Counts by counting anew each time it is asked."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        """Take a searcher of an immutable index, and the schema of its queries."""
        self._searcher = searcher
        self._schema = schema

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return self._searcher.num_docs

    @property
    def by_category(self) -> Mapping[str, int]:
        """How many papers each category has, most first."""
        counted = {"categories": _CATEGORIES}
        counts = self._searcher.aggregate(tantivy.Query.all_query(), counted)
        return _read_categories(counts)

    @property
    def by_year(self) -> Mapping[str, Mapping[int, int]]:
        """How many papers each category and archive has in each year. See Counts.by_year.

        Categories are counted at once, archives that have several one by one: a paper
        in two categories of an archive counts once there.
        """
        counts = self._searcher.aggregate(tantivy.Query.all_query(), _BY_YEAR)
        buckets = _read_buckets(counts, "categories")
        years = {bucket["key"]: _read_years(bucket) for bucket in buckets}
        codes = [code for code in CATEGORIES if code not in ALIASES]
        archives = {code.partition(".")[0] for code in codes if "." in code}
        return {
            code: self._count_archive(code) if code in archives else years.get(code, {})
            for code in codes
        }

    def _count_archive(self, code: str) -> Mapping[int, int]:
        compiler = Compiler(self._schema, self._searcher, bare=True)
        compiled = compiler.compile(Query(filters=(Term(Field.CATEGORY, code),)))
        return count_facets(self._searcher, compiled).years


def _read_buckets(counts: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = counts[name]["buckets"]
    return found


def _read_years(counts: dict[str, Any]) -> dict[int, int]:
    buckets = _read_buckets(counts, "years")
    return dict(sorted((int(b["key"]), int(b["doc_count"])) for b in buckets))


def _read_categories(counts: dict[str, Any]) -> dict[str, int]:
    buckets = _read_buckets(counts, "categories")
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}

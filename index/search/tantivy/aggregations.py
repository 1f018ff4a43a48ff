"""Counts by category, year and day, as tantivy's aggregations ask for and answer them."""

from typing import Any

from index.search.tantivy.schema import DAY

_MOST_CATEGORIES = 10_000

CATEGORIES: dict[str, Any] = {"terms": {"field": "category", "size": _MOST_CATEGORIES}}
YEARS: dict[str, Any] = {
    "years": {"histogram": {"field": "year", "interval": 1, "min_doc_count": 1}}
}
DAYS: dict[str, Any] = {
    "days": {"histogram": {"field": "order", "interval": DAY, "min_doc_count": 1}}
}


def read_buckets(counts: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the buckets of one aggregation of an answer."""
    found: list[dict[str, Any]] = counts[name]["buckets"]
    return found


def read_years(counts: dict[str, Any]) -> dict[int, int]:
    """Return what YEARS has counted, in order."""
    buckets = read_buckets(counts, "years")
    return dict(sorted((int(b["key"]), int(b["doc_count"])) for b in buckets))


def read_categories(counts: dict[str, Any]) -> dict[str, int]:
    """Return what CATEGORIES has counted under the name `categories`, most first."""
    buckets = read_buckets(counts, "categories")
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}

"""Ranked papers without their words: what is remembered of an answer."""

from index.bounded_cache import BoundedCache
from index.meaning.related.relation import Method

Ranked = tuple[tuple[int, float, float | None], ...]
"""Keys of related papers, each with its score and its cosine."""

Asking = tuple[tuple[int, ...], tuple[int, ...], Method, int]
"""Keys that are liked, keys that are not, the method, and how many are listed."""

_MOST = 4 << 20  # bytes: a thousand answers of twenty papers


def remembered_answers() -> BoundedCache[Asking, Ranked]:
    """Return a cache for the answers of one snapshot."""
    return BoundedCache(_MOST, _weight)


def _weight(asking: Asking, ranked: Ranked) -> int:
    like, unlike, *_ = asking
    return 300 + 40 * (len(like) + len(unlike)) + 150 * len(ranked)

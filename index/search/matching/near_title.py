"""Near titles: papers whose title is the query, apart from small mistakes."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from index.papers.paper import Paper
from index.search.query.tree import Query
from index.search.terms.title import title_key

NEAR = 90
"""From this likeness on, in percent, a title is the one that was meant.

The likeness is rapidfuzz's normalized indel similarity of title keys."""

SHORTEST_TITLE = 10
"""Characters of a query that can be a title with a slip in it."""


def is_nearly_titled(paper: Paper, query: Query) -> bool:
    """Tell whether a paper's title is the query, or nearly."""
    title = title_key(paper.title)
    if len(query.title) < SHORTEST_TITLE:
        return bool(title) and title == query.title
    return fuzz.ratio(title, query.title) >= NEAR


def find_nearest_title(papers: Sequence[Paper], query: Query) -> int | None:
    """Return the place of the paper whose title is nearest to the query, if any is near."""
    likeness = [fuzz.ratio(title_key(paper.title), query.title) for paper in papers]
    best = max(likeness, default=0)
    return likeness.index(best) if best >= NEAR else None

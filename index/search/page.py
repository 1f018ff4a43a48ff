"""One page of what a query found."""

from dataclasses import dataclass

from index.errors import BadQuery
from index.papers.paper import Paper
from index.search.match import Match, Step
from index.search.meaning import Mode
from index.search.query.tree import Query

MAX_OFFSET = 10_000
"""Papers of a result that offsets reach; beyond it a cursor goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of the papers that a query found, from `offset`; `total` is exact.

    `query` is what was understood, corrections included, with what there is to say
    about it. `cursor` leads to what comes after the page, None where nothing does.
    `mode` is how the papers were found; `similarities` are their cosines with the
    query, where they were compared; `added` those that only meaning has found.
    """

    query: Query
    match: Match | None
    total: int
    offset: int
    papers: tuple[Paper, ...]
    took_ms: float
    cursor: str | None = None
    mode: Mode = Mode.LEXICAL
    keys: tuple[int, ...] = ()
    similarities: tuple[float | None, ...] = ()
    added: frozenset[int] = frozenset()

    @property
    def next(self) -> int | None:
        """The offset of the page after this one, or None where offsets end."""
        end = self.offset + len(self.papers)
        return end if self.papers and end < min(self.total, MAX_OFFSET) else None

    def found_by(self, key: int) -> str:
        """Return what found a paper of the page: "words", "meaning" or "both"."""
        if self.mode is Mode.SEMANTIC or key in self.added:
            return "meaning"
        return "words" if self.similarity(self.keys.index(key)) is None else "both"

    def similarity(self, at: int) -> float | None:
        """Return the cosine of a paper of the page with the query, if it was compared."""
        return self.similarities[at] if self.similarities else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was tried, in order."""
        return self.match.steps if self.match else ()


def within_reach(limit: int, offset: int) -> int:
    """Return how many papers from an offset on there may be. Raises BadQuery."""
    if offset >= MAX_OFFSET:
        raise BadQuery(
            f"offset is {offset:,}; offsets reach the first {MAX_OFFSET:,} papers of a "
            "result; go on with the cursor that each page has in meta.next_cursor",
            param="offset",
        )
    return min(limit, MAX_OFFSET - offset)

"""An answer: the papers that a strategy has found, and the query as it read it."""

from dataclasses import dataclass

from index.papers.paper import Paper
from index.search.matching.match import Match
from index.search.meaning import Mode
from index.search.query.tree import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The wanted part of a result. `papers` are set where they were read already."""

    query: Query
    total: int
    keys: tuple[int, ...] = ()
    papers: tuple[Paper, ...] | None = None
    match: Match | None = None
    mode: Mode = Mode.LEXICAL
    similarities: tuple[float | None, ...] = ()
    added: frozenset[int] = frozenset()

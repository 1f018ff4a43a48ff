"""One page of a search's result, which HTML, JSON and the terminal render."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from index.lazy import lazy_property
from index.papers.paper import Paper
from index.search.cost.price import EXPLAINED
from index.search.details import Counting, Details
from index.search.engine import Facets
from index.search.highlights.highlighter import Highlighter
from index.search.matching.match import Match, Step
from index.search.meaning import Mode
from index.search.query.tree import Query
from index.search.search import Search
from index.search.window import next_offset


@dataclass(frozen=True, kw_only=True)
class Found:
    """Some of the papers that a search found, from `offset`; `total` is exact.

    `query` is what was understood, corrections included, with what there is to say
    about it. `cursor` leads to what comes after these papers, None where nothing does.
    `mode` is how the papers were found; `similarities` are their cosines with the
    query, where they were compared; `added` those that only meaning has found. Facets,
    highlights and scores are worked out when they are first asked for.
    """

    search: Search
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
    details: Details = field(repr=False, compare=False)

    @property
    def next(self) -> int | None:
        """The offset of the part after this one, or None where offsets end."""
        end = self.offset + len(self.papers)
        return next_offset(end, self.total) if self.papers else None

    @property
    def whole(self) -> int:
        """How many papers match all of the query: fewer than the total if relaxed."""
        if self.match is None or not self.match.is_relaxed:
            return self.total
        return self.match.leading

    @property
    def steps(self) -> tuple[Step, ...]:
        """The attempts, in order."""
        return self.match.steps if self.match else ()

    def found_by(self, key: int) -> str:
        """Return what found one of the papers: "words", "meaning" or "both"."""
        if self.mode is Mode.SEMANTIC or key in self.added:
            return "meaning"
        return "words" if self.similarity(self.keys.index(key)) is None else "both"

    def similarity(self, at: int) -> float | None:
        """Return the cosine of one of the papers with the query, if it was compared."""
        return self.similarities[at] if self.similarities else None

    def begin_facets(self) -> None:
        """Begin to count, while the caller has other things to do."""
        _ = self._counting

    @lazy_property
    def facets(self) -> Facets:
        """The counts of the whole result by category and year; none without a match."""
        return self._counting.result()

    @lazy_property
    def highlights(self) -> Highlighter:
        """The highlighter of the query's words in the papers."""
        return self.details.mark(self.query)

    @lazy_property
    def scores(self) -> tuple[Mapping[str, float], ...]:
        """The share of each field in the score of each of the first EXPLAINED papers.

        Where it was compared, the cosine with the query is there as `meaning`.
        """
        if not self.keys:
            return tuple({} for _ in self.papers[:EXPLAINED])
        scores = [*self._scores_by_words()] or [{} for _ in self.keys[:EXPLAINED]]
        return tuple({**one, **self._nearness(at)} for at, one in enumerate(scores))

    @lazy_property
    def _counting(self) -> Counting:
        return self.details.begin_count(self.match)

    def _scores_by_words(self) -> Iterator[Mapping[str, float]]:
        """Yield the scores: by the whole query where a paper matches it, else by less."""
        if self.match is None:
            return
        keys, leading = self.keys[:EXPLAINED], 0
        if self.mode is Mode.LEXICAL:
            leading = max(0, self.match.leading - self.offset)
        yield from self.details.score(self.match.query, keys[:leading])
        yield from self.details.score(self.match.counted, keys[leading:])

    def _nearness(self, at: int) -> Mapping[str, float]:
        near = self.similarity(at)
        return {} if near is None else {"meaning": near}

"""The relation of papers: its methods and orders, and the related papers found."""

from dataclasses import dataclass, field
from enum import StrEnum

from index.meaning.related.reasons import Reasons
from index.papers.paper import Paper
from index.search.query.tree import Notice

MAX_RELATED = 100
"""Related papers that can be asked for."""


class Method(StrEnum):
    """The method: shared words, nearness of vectors, or both."""

    HYBRID = "hybrid"
    KEYWORDS = "keywords"
    VECTORS = "vectors"


class RelatedSort(StrEnum):
    """The order of related papers: the most alike first, or the newest of them."""

    SIMILARITY = "similarity"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPaper:
    """A related paper, and why. `score` and `similarity`, the cosine, go up to 1."""

    key: int
    paper: Paper
    score: float
    similarity: float | None
    reasons: Reasons

    @property
    def nearness(self) -> float:
        """How near it is, for a reader: the cosine from 0 on; without one, the score."""
        return self.score if self.similarity is None else max(0.0, self.similarity)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPage:
    """The papers related to `like`, and less to `unlike`; `method` is the one used."""

    like: tuple[Paper, ...]
    unlike: tuple[Paper, ...]
    papers: tuple[RelatedPaper, ...]
    method: Method
    took_ms: float
    notices: tuple[Notice, ...] = ()
    keys: tuple[int, ...] = field(default=(), repr=False)  # of `like`

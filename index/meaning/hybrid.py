"""Search by meaning, and by words and meaning together.

What matches by words is ranked again together with the papers nearest to the query:

    score = words · BM25 / greatest BM25 + (1 - words) · cosine

(a weighted sum after normalisation, as in Bruch, Gai and Ingber 2023). BM25 is that of
any of the words. Only papers that pass everything else of the query are added: phrases,
fields, exclusions, filters. Behind the papers ranked again those by words go on.
"""

from collections.abc import Sequence

import numpy as np

from index.bounded_cache import remember
from index.lazy import lazy_property
from index.meaning.encoders.deferred import DeferredEncoder
from index.meaning.encoders.encoder import CARRIED, Encoder
from index.meaning.encoders.scripts import (
    find_unknown_scripts,
    leave_out,
    uses_other_script,
)
from index.meaning.vectors.files import Floats
from index.meaning.vectors.nearest import Vectors
from index.search.engine import Engine
from index.search.matching.match import Match
from index.search.meaning import WINDOW, Blend
from index.search.query.tree import Query

WORDS = 0.35
"""The share of words in a score; the rest is the vectors' (docs/decisions/meaning.md)."""

_WORDS_STATIC = 0.6  # where a static model made the vectors, which know less

NEAREST = 1_000
"""Papers that a search by meaning lists."""

ADDED = 50
"""Nearest papers that are looked at beside those by words."""

NEAR_ENOUGH = 0.6
"""Of the nearest paper's cosine: what is less near is not added."""

LEAST = 0.2
"""The least cosine of a paper that is added; what has less is near by chance."""

_REMEMBERED = 1_024
_BEHIND = 1_000.0  # more than any score: withdrawn papers come last
_FEW = 10_000  # papers that can be compared one by one


def share_of_words(encoder: str) -> float:
    """Return the share of words in a score that suits an encoder, by its name."""
    return _WORDS_STATIC if encoder in CARRIED else WORDS


class Semantic:
    """Fulfils Meaning with an encoder and its vectors. Safe to share between threads."""

    def __init__(
        self,
        engine: Engine,
        encoder: DeferredEncoder,
        vectors: Vectors,
        words: float = WORDS,
    ) -> None:
        """Take what answers, and the share of words that suits the encoder."""
        self._engine = engine
        self._words = words
        self.encoder = encoder
        self.vectors = vectors
        self._vector = remember(_REMEMBERED, self._encoded)
        self._blended = remember(_REMEMBERED, self._ranked_again)
        self._near = remember(_REMEMBERED, self._nearest)

    def warm(self) -> None:
        """Begin to open the encoder and to read the vectors, so that no query waits."""

        def read(encoder: Encoder) -> None:
            self.vectors.nearest(encoder.encode(["as long as a query"])[0], 1)

        self.encoder.open_in_background(read)

    def blend(self, text: str, match: Match, known: int, limit: int, offset: int) -> Blend:
        """Return a page of papers by words and meaning. See Meaning.blend."""
        first = self._blended(text, match, known)
        keys = first.keys[offset : offset + limit]
        similarities = first.similarities[offset : offset + limit]
        if len(keys) < limit and first.total > len(first.keys):
            rest = self._engine.search(
                match.counted,
                limit=limit - len(keys),
                offset=max(0, offset - len(first.keys)),
                without=first.keys,
            ).keys
            keys += rest
            similarities += (None,) * len(rest)
        return Blend(
            keys=keys, similarities=similarities, added=first.added, total=first.total
        )

    def nearest(self, text: str, query: Query, limit: int, offset: int) -> Blend:
        """Return a page of the nearest papers. See Meaning.nearest."""
        found = self._near(text, query.barred(), NEAREST)
        return Blend(
            keys=found.keys[offset : offset + limit],
            similarities=found.similarities[offset : offset + limit],
            added=frozenset(),
            total=found.total,
        )

    def read(self, text: str) -> str:
        """Return what the encoder understands of a text. See Meaning.read."""
        return leave_out(text, self._unknown) if uses_other_script(text) else text

    @lazy_property
    def _unknown(self) -> frozenset[str]:
        return find_unknown_scripts(self.encoder)

    def _ranked_again(self, text: str, match: Match, known: int) -> Blend:
        """Return all papers that are ranked again, the others in the total only."""
        near = self._near_enough(text, match)
        matching = self._engine.matching(match.counted, near)
        by_words = match.keys[:WINDOW]
        added = frozenset(near) - matching - set(by_words)
        keys = np.array([*dict.fromkeys((*by_words, *near))], dtype=np.int64)
        cosines = self.vectors.similarities(self._vector(text), keys)  # type: ignore[arg-type]
        shares = self._shares(match, keys.tolist())
        scores = self._words * shares + (1 - self._words) * cosines
        gone = self._engine.withdrawn(keys.tolist())
        scores[[key in gone for key in keys.tolist()]] -= _BEHIND
        scores[:known] = np.inf  # the papers that are meant stay first, in their order
        order = np.argsort(-scores, kind="stable")
        return Blend(
            keys=tuple(keys[order].tolist()),
            similarities=tuple(round(float(one), 4) for one in cosines[order]),
            added=added,
            total=match.total + len(added),
        )

    def _near_enough(self, text: str, match: Match) -> list[int]:
        """Return the nearest papers that a query does not bar."""
        found = self._near(text, match.query.barred(), ADDED)
        nearest = found.similarities[0] if found.similarities else None
        least = max(LEAST, NEAR_ENOUGH * (nearest or 0.0))
        pairs = zip(found.keys, found.similarities, strict=True)
        return [key for key, cosine in pairs if cosine is not None and cosine >= least]

    def _shares(self, match: Match, keys: Sequence[int]) -> Floats:
        """Return BM25 by any of the words, as a share of the greatest."""
        loose = match.query.loosened(any_word=True) or match.counted
        found = self._engine.scored(loose, limit=WINDOW)
        scores = dict(zip(found.keys, found.scores, strict=True))
        most = max(found.scores, default=0.0) or 1.0
        least = min(found.scores, default=0.0)
        return np.array([scores.get(key, least) / most for key in keys], dtype=np.float32)

    def _nearest(self, text: str, barred: Query | None, limit: int) -> Blend:
        """Return the nearest papers that a query does not bar."""
        vector = self._vector(text)
        if not vector.any():  # no word that the encoder knows
            pairs: list[tuple[int, float]] = []
        elif barred is None:
            found = self.vectors.nearest(vector, limit)
            pairs = list(zip(found.keys, found.similarities, strict=True))
        else:
            pairs = self._nearest_of(vector, barred)[:limit]
        gone = self._engine.withdrawn([key for key, _ in pairs])
        pairs.sort(key=lambda pair: pair[0] in gone)
        return Blend(
            keys=tuple(key for key, _ in pairs),
            similarities=tuple(round(cosine, 4) for _, cosine in pairs),
            added=frozenset(),
            total=len(pairs),
        )

    def _nearest_of(self, vector: Floats, barred: Query) -> list[tuple[int, float]]:
        """Return the nearest papers that pass, with their cosines.

        Where few pass, all of them are compared, so that none is missed. Else as many
        are compared as can be: those nearest of all papers, and the first that pass,
        for a filter far from a text leaves none of the nearest.
        """
        passing = self._engine.search(barred, limit=_FEW)
        keys = set(passing.keys)
        if passing.total > _FEW:
            near = self.vectors.nearest(vector, _FEW).keys
            keys |= self._engine.matching(barred, near)
        those = sorted(keys)
        cosines = self.vectors.similarities(vector, those).tolist()
        return sorted(zip(those, cosines, strict=True), key=lambda pair: -pair[1])

    def _encoded(self, text: str) -> Floats:
        vector: Floats = self.encoder.encode([text])[0]
        return vector

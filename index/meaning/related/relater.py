"""The relater: papers related to one or several, by words, by vectors, or by both.

With several papers the vector is Rocchio's (1971): the mean of what is liked less a part
of what is not. What speaks for a paper is added up in evidence.py.
Withdrawn papers come last.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import numpy as np

from index.errors import NoVectors, UnknownPaper
from index.meaning.encoders.encoder import compose_text
from index.meaning.related.evidence import Asked, Work, count_compared, estimate_chance
from index.meaning.related.ranked import Asking, Ranked, remembered_answers
from index.meaning.related.reasons import Sought
from index.meaning.related.relation import Method, RelatedPage, RelatedPaper, RelatedSort
from index.meaning.vectors.files import Floats
from index.meaning.vectors.nearest import Vectors
from index.papers.paper import Paper
from index.papers.records import Records
from index.search.engine import Engine
from index.search.query.tree import Notice

WORDS = 25
"""Telling words of a paper that are searched for."""

UNLIKE = 0.5
"""How much of what is not liked is taken away."""

_DEPTH = 100  # best papers of each kind that are looked at
_AT_ONCE = 25  # candidates whose authors are in memory together


class Relater:
    """Finds related papers in one snapshot. Safe to share between threads."""

    def __init__(self, engine: Engine, records: Records, vectors: Vectors | None) -> None:
        """Take what answers; without vectors words have to do."""
        self._engine = engine
        self._records = records
        self.vectors = vectors
        self._aside = ThreadPoolExecutor(thread_name_prefix="words")
        self._ranked = remembered_answers()

    def related(
        self,
        like: Sequence[str],
        unlike: Sequence[str] = (),
        *,
        method: Method = Method.HYBRID,
        sort: RelatedSort = RelatedSort.SIMILARITY,
        limit: int = 10,
    ) -> RelatedPage:
        """Return what is related to the papers with canonical ids, at most MAX_RELATED.

        Neither they are among it, nor one work twice. Raises UnknownPaper, and NoVectors
        where the method needs them.
        """
        start = time.perf_counter()
        like_keys = self._keys(like)
        unlike_keys = tuple(key for key in self._keys(unlike) if key not in like_keys)
        notices: tuple[Notice, ...] = ()
        if self.vectors is None and method is Method.VECTORS:
            raise NoVectors("this library has no vectors; ask with method=keywords")
        if self.vectors is None and method is Method.HYBRID:
            method, notices = Method.KEYWORDS, (Notice(code="no_vectors"),)
        asking = (like_keys, unlike_keys, method, limit)
        liked = self._records.by_keys(like_keys)
        read: dict[int, Paper] = {}
        asked = Asked.of(liked)
        ranked = self._ranked.get(asking, lambda: self._rank(asking, liked, asked, read))
        found = self._told(ranked, Sought.of(liked, asked.people), read)
        if sort is RelatedSort.DATE:
            found = sorted(found, key=lambda one: (one.paper.submitted, one.key))[::-1]
        return RelatedPage(
            like=tuple(liked),
            unlike=tuple(self._records.by_keys(unlike_keys)),
            papers=tuple(found),
            method=method,
            took_ms=round((time.perf_counter() - start) * 1_000, 3),
            notices=notices,
            keys=like_keys,
        )

    @property
    def remembered_bytes(self) -> int:
        """About how many bytes the answers take that are remembered."""
        return self._ranked.bytes

    def nearness(self, ids: Sequence[str], keys: Sequence[int]) -> dict[int, float]:
        """Return the cosine of each of the keys' papers with the mean of those with ids.

        Empty where there are no vectors, or none of the ids is known.
        """
        liked = tuple(self._records.keys(ids).values())
        if self.vectors is None or not liked or not keys:
            return {}
        return self._cosines(_wanted(self.vectors, liked, ()), keys)

    def _keys(self, ids: Sequence[str]) -> tuple[int, ...]:
        ids = tuple(dict.fromkeys(ids))
        known = self._records.keys(ids)
        for paper_id in ids:
            if paper_id not in known:
                raise UnknownPaper(f"no paper {paper_id} is in this library")
        return tuple(known[paper_id] for paper_id in ids)

    def _told(
        self, ranked: Ranked, sought: Sought, read: Mapping[int, Paper]
    ) -> list[RelatedPaper]:
        """Return ranked papers whole, with what they share with those liked."""
        keys = [key for key, _, _ in ranked]
        papers = [read[key] for key in keys] if read else self._records.by_keys(keys)
        return [
            RelatedPaper(
                key=key,
                paper=paper,
                score=max(0.0, round(score, 4)),
                similarity=None if cosine is None else round(cosine, 4),
                reasons=sought.shared_with(paper),
            )
            for (key, score, cosine), paper in zip(ranked, papers, strict=True)
        ]

    def _rank(
        self, asking: Asking, liked: list[Paper], asked: Asked, read: dict[int, Paper]
    ) -> Ranked:
        """Rank, and leave in `read` the papers that were read for it."""
        like, unlike, method, limit = asking
        disliked = self._records.by_keys(unlike)
        wanted = _wanted(self.vectors, like, unlike) if self.vectors else None
        by_words = self._aside.submit(self._by_words, liked, disliked, method)
        near = self._nearest(wanted, {*like, *unlike}, method)
        words = by_words.result()
        keys = [k for k in dict.fromkeys((*words, *near)) if k not in {*like, *unlike}]
        cosines = self._cosines(wanted, keys)
        scores = self._scores(keys, words, cosines, asked, method)
        gone = self._engine.withdrawn(keys)
        scored = sorted(
            scores.items(), key=lambda pair: (pair[0] in gone, -pair[1], -pair[0])
        )
        read.update(islice(self._listed(scored, liked), limit))
        return tuple((key, scores[key], cosines.get(key)) for key in read)

    def _scores(
        self,
        keys: Sequence[int],
        words: Mapping[int, float],
        cosines: Mapping[int, float],
        asked: Asked,
        method: Method,
    ) -> dict[int, float]:
        if method is Method.KEYWORDS:
            return {key: words[key] for key in keys}
        if method is Method.VECTORS:
            return {key: cosines[key] for key in keys}
        least = max(0.0, min(words.values(), default=0.0))
        scores = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            origins = self._records.origins(some)
            for key in some:
                word, cosine = words.get(key, least), cosines.get(key, 0.0)
                scores[key] = estimate_chance(word, cosine, origins.get(key), asked)
        return scores

    def _listed(
        self, scored: Sequence[tuple[int, float]], liked: Sequence[Paper]
    ) -> Iterator[tuple[int, Paper]]:
        """Yield papers with their keys, each work once, read as needed."""
        most = count_compared(len(liked))
        listed = [Work.of(paper, most) for paper in liked]
        for start in range(0, len(scored), _AT_ONCE):
            some = scored[start : start + _AT_ONCE]
            papers = self._records.by_keys([key for key, _ in some])
            for (key, _), paper in zip(some, papers, strict=True):
                if any(one.is_same(paper) for one in listed):
                    continue
                listed.append(Work.of(paper))
                yield key, paper

    def _by_words(
        self, liked: list[Paper], disliked: list[Paper], method: Method
    ) -> dict[int, float]:
        """Return the best papers by words: a share of the greatest possible score."""
        if method is Method.VECTORS:
            return {}
        shares = self._shares(liked)
        against = self._shares(disliked) if disliked else {}
        return {
            key: share - UNLIKE * against.get(key, 0.0) for key, share in shares.items()
        }

    def _shares(self, papers: list[Paper]) -> dict[int, float]:
        text = "\n".join(map(compose_text, papers))
        found = self._engine.more_like_this(text, words=WORDS, limit=_DEPTH + len(papers))
        pairs = zip(found.keys, found.scores, strict=True)
        return {key: score / found.most for key, score in pairs}

    def _nearest(
        self, wanted: Floats | None, without: set[int], method: Method
    ) -> tuple[int, ...]:
        """Return the keys of the best papers by vectors."""
        if self.vectors is None or wanted is None or method is Method.KEYWORDS:
            return ()
        return self.vectors.nearest(wanted, _DEPTH, without=without).keys

    def _cosines(self, wanted: Floats | None, keys: Sequence[int]) -> dict[int, float]:
        if self.vectors is None or wanted is None:
            return {}
        found = self.vectors.similarities(wanted, keys).tolist()
        return dict(zip(keys, found, strict=True))


def _wanted(vectors: Vectors, like: tuple[int, ...], unlike: tuple[int, ...]) -> Floats:
    wanted = vectors.of(like).mean(axis=0)
    if unlike:
        wanted = wanted - UNLIKE * vectors.of(unlike).mean(axis=0)
    length = float(np.linalg.norm(wanted))
    unit: Floats = wanted / length if length else wanted
    return unit

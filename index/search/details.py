"""The details of a result, computed on demand: facets, highlights and scores."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from functools import lru_cache
from threading import Event
from typing import TypeAlias

from index.search.engine import Engine, Facets, Vocabulary
from index.search.highlights.highlighter import Highlighter
from index.search.matching.match import Match
from index.search.query.tree import Query

Counting: TypeAlias = Future[Facets]
"""Facets that are being counted."""

_REMEMBERED = 1_024


class Details:
    """Works out the details of results. Safe to share between threads."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary) -> None:
        """Take what counts and scores, and what knows how words are looked for."""
        self._engine = engine
        self._vocabulary = vocabulary
        self._facets = lru_cache(_REMEMBERED)(engine.facets)
        self._counters = ThreadPoolExecutor(thread_name_prefix="facets")

    def begin_count(self, match: Match | None) -> Counting:
        """Begin to count the papers of a match by category and year, beside the caller.

        It returns when the engine is at it: only then the interpreter is free.
        """
        if match is None:
            nothing: Counting = Future()
            nothing.set_result(Facets())
            return nothing
        counted, begun = replace(match.counted, notices=()), Event()

        def count() -> Facets:
            begun.set()
            return self._facets(counted)

        counting = self._counters.submit(copy_context().run, count)
        begun.wait()
        return counting

    def mark(self, query: Query) -> Highlighter:
        """Return what marks the words of a query."""
        return Highlighter(query, self._vocabulary.stems)

    def score(self, query: Query, keys: Sequence[int]) -> Sequence[Mapping[str, float]]:
        """Return what each field added to each paper's score."""
        return self._engine.scores(query, keys) if keys else ()

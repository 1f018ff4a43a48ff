"""A blend: a match, ranked again with what is near in meaning.

By default only a relaxed match is blended: papers that a reader knows by their words
would else lose their place (docs/decisions/meaning.md). What no paper speaks of has no
meaning here.
"""

from collections.abc import Iterator
from dataclasses import replace

from index.papers.records import Records
from index.search.matching.match import Match
from index.search.matching.near_title import is_nearly_titled
from index.search.meaning import Blend, Meaning, Mode
from index.search.query.tree import Notice
from index.search.strategies.answer import Answer
from index.search.strategies.question import Question


def blend(question: Question, match: Match, records: Records, meaning: Meaning) -> Answer:
    """Return the wanted part of a match, which has its first WINDOW keys, with meaning."""
    bare = replace(
        match,
        query=replace(match.query, notices=()),
        counted=replace(match.counted, notices=()),
        steps=(),
    )
    known = _count_known(question, match, records)
    text = question.word(match.query)
    found = meaning.blend(text, bare, known, question.limit, question.offset)
    return Answer(
        query=match.query.noting(*question.query.notices, *_note_added(found)),
        total=found.total,
        keys=found.keys,
        match=match,
        mode=Mode.HYBRID,
        similarities=found.similarities,
        added=found.added,
    )


def _count_known(question: Question, match: Match, records: Records) -> int:
    """Return how many of the first papers are what the reader means, and stay there."""
    first = records.by_keys(match.keys[:1])
    known = sum(is_nearly_titled(paper, question.query) for paper in first)
    return known + match.leading if match.is_relaxed else known


def _note_added(found: Blend) -> Iterator[Notice]:
    if found.added:
        yield Notice(code="added", params={"papers": len(found.added)})

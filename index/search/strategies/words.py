"""Search by words, blended with meaning where it helps."""

from functools import lru_cache

from index.errors import EncoderMissing, EncoderOpening
from index.papers.records import Records
from index.search.matching.match import Match
from index.search.matching.matcher import Matcher
from index.search.matching.relaxation import ENOUGH
from index.search.meaning import WINDOW, Meaning, Mode
from index.search.query.tree import Days, Field, Notice, Query, walk_leaves
from index.search.strategies.answer import Answer
from index.search.strategies.blend import blend
from index.search.strategies.question import Question
from index.search.terms.cjk import has_cjk

_REMEMBERED = 1_024


class WordSearch:
    """Answers by words, and blends in meaning. Safe to share between threads."""

    def __init__(self, matcher: Matcher, records: Records, meaning: Meaning | None) -> None:
        """Take what matches; without meaning nothing is blended in."""
        self._matcher = matcher
        self._match = lru_cache(_REMEMBERED)(matcher.match)
        self._records = records
        self._meaning = meaning

    def find(self, question: Question) -> Answer:
        """Return what matches; a relaxed match is blended with meaning by default.

        The match is made once: where meaning may have a part, the match that tells so
        is the one that is blended. Without an encoder that encodes, words are enough.
        """
        if self._meaning is None or not question.has_meaning:
            return self._list(question, self._find_match(question))
        if has_cjk(question.search.text) and not self._is_read(question, self._meaning):
            unread = [Notice(code="encoder_script")] if question.search.mode else []
            return self._list(question, self._find_match(question), *unread)
        match question.search.mode:
            case Mode.HYBRID:
                found = self._match(question.bare, WINDOW, 0, question.sort)
            case None:
                limit, offset = question.limit, question.offset
                found = self._match(question.bare, limit, offset, question.sort, WINDOW)
                if not (found.is_relaxed and found.total):
                    return self._list(question, found)
            case _:
                return self._list(question, self._find_match(question))
        try:
            return blend(question, found, self._records, self._meaning)
        except EncoderOpening:
            gap = Notice(code="encoder_opening")
        except EncoderMissing:
            gap = Notice(code="encoder_missing")
        return self._list(question, self._find_match(question), gap)

    @staticmethod
    def _is_read(question: Question, meaning: Meaning) -> bool:
        """Tell whether the encoder knows the scripts of a query."""
        text = question.word(question.query)
        try:
            return meaning.read(text) == text
        except (EncoderMissing, EncoderOpening):
            return True  # what asks it to encode says so

    def _find_match(self, question: Question) -> Match:
        """Return what matches, remembered: a snapshot does not change."""
        query, limit, sort = question.bare, question.limit, question.sort
        if question.place is None:
            return self._match(query, limit, question.offset, sort)
        found = self._match(query, limit, 0, sort)
        return self._matcher.match_behind(found, limit, question.place, sort)

    def _list(self, question: Question, found: Match, *notices: Notice) -> Answer:
        """Return a match as it is."""
        query = found.query.noting(*question.query.notices, *notices)
        if found.leading < ENOUGH and _asks_of_texts(question.query):
            query = query.noting(Notice(code="english_abstracts"))
        if question.search.mode is Mode.HYBRID and self._meaning is None:
            query = query.noting(Notice(code="no_vectors"))
        return Answer(query=query, total=found.total, keys=found.keys, match=found)


_TEXTS = (Field.ANY, Field.TITLE, Field.ABSTRACT)


def _asks_of_texts(query: Query) -> bool:
    """Tell whether titles or abstracts must have Chinese, Japanese or Korean characters."""
    return any(
        has_cjk(leaf.text)
        for leaf in walk_leaves(query.tree)
        if not isinstance(leaf, Days) and leaf.field in _TEXTS
    )

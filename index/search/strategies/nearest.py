"""Search by meaning alone: the papers nearest to a text."""

from index.errors import BadQuery, NoVectors
from index.search.engine import Sort
from index.search.matching.noise import is_noise
from index.search.meaning import Meaning, Mode
from index.search.query.tree import Notice
from index.search.strategies.answer import Answer
from index.search.strategies.question import Question


def find_nearest(question: Question, meaning: Meaning | None) -> Answer:
    """Return the nearest papers. Raises NoVectors, BadQuery."""
    if meaning is None:
        raise NoVectors(
            "this library has no vectors to search by meaning; ask with mode=lexical"
        )
    if question.sort is not Sort.RELEVANCE:
        raise BadQuery(
            "a search by meaning has one order, the nearest first; leave sort out, or "
            "ask with mode=hybrid",
            param="sort",
        )
    query = question.query
    if not query.words:
        raise BadQuery("a search by meaning needs plain words; give some")
    asked = question.word(query)
    text = meaning.read(asked)
    if text != asked:
        query = query.noting(Notice(code="encoder_script"))
    if is_noise(query) or not any(sign.isalnum() for sign in text):
        return Answer(query=query, total=0, keys=(), mode=Mode.SEMANTIC)
    found = meaning.nearest(text, question.bare, question.limit, question.offset)
    return Answer(
        query=query.noting(Notice(code="nearest", params={"papers": found.total})),
        total=found.total,
        keys=found.keys,
        mode=Mode.SEMANTIC,
        similarities=found.similarities,
        added=found.added,
    )

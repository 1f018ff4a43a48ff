"""Search by ids: just the papers that are named, in their order."""

from index.papers.records import Records
from index.search.query.tree import Notice
from index.search.strategies.answer import Answer
from index.search.strategies.question import Question


def find_ids(question: Question, records: Records) -> Answer:
    """Return the papers with the ids of a query, and say which are not here."""
    ids = list(dict.fromkeys(known.id for known in question.query.ids))
    found = records.by_ids(ids)
    missing = (
        Notice(code="unknown_id", params={"id": paper_id})
        for paper_id in ids
        if paper_id not in found
    )
    papers = [found[paper_id] for paper_id in ids if paper_id in found]
    return Answer(
        query=question.query.noting(*missing),
        total=len(papers),
        papers=tuple(papers[question.offset : question.offset + question.limit]),
    )

"""The store of summaries: one per paper, language and author."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

import sqlalchemy as sa

from app.state.connection import Database, split_ids
from app.state.tables import MAX_ID, TABLES
from app.summaries.gist import MOST_READ, Gist, find_gist
from app.summaries.summary import MAX_AUTHOR, MAX_LANGUAGE, Summary

_READ = 200
_MAX_TIME = 40

_SUMMARY = sa.Table(
    "summary",
    TABLES,
    sa.Column("paper", sa.String(MAX_ID), primary_key=True),
    sa.Column("language", sa.String(MAX_LANGUAGE), primary_key=True),
    sa.Column("author", sa.String(MAX_AUTHOR), primary_key=True),
    sa.Column("version", sa.Integer, nullable=True),
    sa.Column("created", sa.String(_MAX_TIME), nullable=False),
    sa.Column("markdown", sa.Text, nullable=False),
)
_IDS: sa.BindParameter[list[str]] = sa.bindparam("ids", expanding=True)
_ORDER = (_SUMMARY.c.paper, _SUMMARY.c.language, _SUMMARY.c.author)
_OPENINGS = (
    sa.select(
        _SUMMARY.c.paper,
        _SUMMARY.c.language,
        sa.func.substr(_SUMMARY.c.markdown, 1, MOST_READ),
    )
    .where(_SUMMARY.c.paper.in_(_IDS))
    .order_by(*_ORDER)
)


class SummaryStore:
    """Reads and writes summaries. Safe to share between threads. Raises StateError."""

    def __init__(self, database: Database) -> None:
        """Keep the database; nothing is opened yet."""
        self._database = database

    def put(self, summaries: Iterable[Summary]) -> int:
        """Store summaries; each replaces one of the same paper, language and author.

        Returns the number of new ones. Stores all of them or, with StateError, none.
        """
        new = 0
        with self._database.connect() as connection:
            for summary in summaries:
                removed = connection.execute(_delete_same(summary))
                connection.execute(_SUMMARY.insert().values(asdict(summary)))
                new += not removed.rowcount
        return new

    def read(self, paper_id: str) -> list[Summary]:
        """Return a paper's summaries, ordered by language and author."""
        wanted = _SUMMARY.select().where(_SUMMARY.c.paper == paper_id).order_by(*_ORDER)
        with self._database.connect() as connection:
            return [Summary(**row) for row in connection.execute(wanted).mappings()]

    def read_first(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the Markdown of the first summary of papers that have any."""
        found: dict[str, str] = {}
        with self._database.connect() as connection:
            for some in split_ids(ids):
                wanted = _SUMMARY.select().where(_SUMMARY.c.paper.in_(some))
                for row in connection.execute(wanted.order_by(*_ORDER)):
                    found.setdefault(row.paper, row.markdown)
        return found

    def read_all(self) -> Iterator[Summary]:
        """Yield all summaries, ordered by paper, language and author."""
        with self._database.connect() as connection:
            rows = connection.execute(_SUMMARY.select().order_by(*_ORDER))
            for row in rows.mappings().yield_per(_READ):
                yield Summary(**row)

    def delete(
        self, paper_id: str, language: str | None = None, author: str | None = None
    ) -> int:
        """Delete a paper's summaries; `language` and `author` narrow them down.

        Returns the number deleted.
        """
        wanted = _SUMMARY.delete().where(_SUMMARY.c.paper == paper_id)
        if language is not None:
            wanted = wanted.where(_SUMMARY.c.language == language)
        if author is not None:
            wanted = wanted.where(_SUMMARY.c.author == author)
        with self._database.connect() as connection:
            return connection.execute(wanted).rowcount


def find_gists(
    connection: sa.Connection, paper_ids: Sequence[str], language: str
) -> dict[str, Gist]:
    """Return the gists of those papers that have a summary; "" where it says nothing.

    Of a paper's summaries the first in the language is taken, else the first.
    """
    openings: dict[str, tuple[str, str]] = {}
    for some in split_ids(paper_ids):
        for paper, spoken, opening in connection.execute(_OPENINGS, {"ids": some}):
            is_wanted = spoken.partition("-")[0] == language
            held = openings.get(paper)
            if not held or (is_wanted and held[0].partition("-")[0] != language):
                openings[paper] = (spoken, opening)
    return {
        paper: Gist(text=find_gist(opening), language=spoken)
        for paper, (spoken, opening) in openings.items()
    }


def _delete_same(summary: Summary) -> sa.Delete:
    return _SUMMARY.delete().where(
        _SUMMARY.c.paper == summary.paper,
        _SUMMARY.c.language == summary.language,
        _SUMMARY.c.author == summary.author,
    )

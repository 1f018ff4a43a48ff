"""What changes while serving: summaries and stars, in a database beside the snapshots.

SQLite by default, PostgreSQL by its address. Nothing is opened before it is asked for.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Self

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

from app.summaries.summary import MAX_AUTHOR, MAX_LANGUAGE, Summary

_BUSY_S = 10  # that a writer waits for another
_MOST_AT_ONCE = 500
_READ = 200
_MAX_ID, _MAX_TIME = 40, 40

_TABLES = sa.MetaData()
_SUMMARY = sa.Table(
    "summary",
    _TABLES,
    sa.Column("paper", sa.String(_MAX_ID), primary_key=True),
    sa.Column("language", sa.String(MAX_LANGUAGE), primary_key=True),
    sa.Column("author", sa.String(MAX_AUTHOR), primary_key=True),
    sa.Column("version", sa.Integer, nullable=True),
    sa.Column("created", sa.String(_MAX_TIME), nullable=False),
    sa.Column("markdown", sa.Text, nullable=False),
)
_STAR = sa.Table(
    "star",
    _TABLES,
    sa.Column("paper", sa.String(_MAX_ID), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)
_IDS: sa.BindParameter[list[str]] = sa.bindparam("ids", expanding=True)
_SUMMARIZED = sa.select(_SUMMARY.c.paper).where(_SUMMARY.c.paper.in_(_IDS))
_STARRED = sa.select(_STAR).where(_STAR.c.paper.in_(_IDS), _STAR.c.count > 0)
_ORDER = (_SUMMARY.c.paper, _SUMMARY.c.language, _SUMMARY.c.author)


class StateError(Exception):
    """The database of what changes while serving cannot be used."""


class State:
    """Reads and writes what changes while serving. Safe to share between threads."""

    def __init__(self, url: str) -> None:
        """Take the database's address; nothing is opened yet."""
        self._url = url
        self._engine: sa.Engine | None = None
        self._lock = threading.Lock()

    @classmethod
    def beside(cls, data: Path, url: str | None) -> Self:
        """Return the state at an address, or in a data directory where none is given."""
        return cls(url or f"sqlite:///{(data / 'state.db').absolute()}")

    def put(self, summaries: Iterable[Summary]) -> int:
        """Keep summaries, each in place of one of its paper, language and author.

        Returns how many are new. All are kept, or, with StateError, none.
        """
        new = 0
        with self._connected() as connection:
            for summary in summaries:
                removed = connection.execute(_named(summary))
                connection.execute(_SUMMARY.insert().values(asdict(summary)))
                new += not removed.rowcount
        return new

    def summaries(self, paper_id: str) -> list[Summary]:
        """Return the summaries of a paper, by language and author. Raises StateError."""
        wanted = _SUMMARY.select().where(_SUMMARY.c.paper == paper_id).order_by(*_ORDER)
        with self._connected() as connection:
            return [Summary(**row) for row in connection.execute(wanted).mappings()]

    def summarized(self, paper_ids: Sequence[str]) -> set[str]:
        """Return which of the papers have a summary. Raises StateError."""
        return self.noted(paper_ids)[0]

    def noted(self, paper_ids: Sequence[str]) -> tuple[set[str], dict[str, int]]:
        """Return which of the papers have a summary, and the stars of those with any.

        Raises StateError.
        """
        summarized: set[str] = set()
        stars: dict[str, int] = {}
        with self._connected() as connection:
            for some in _batches(paper_ids):
                asked = {"ids": some}
                summarized.update(connection.scalars(_SUMMARIZED, asked))
                stars.update((r[0], r[1]) for r in connection.execute(_STARRED, asked))
        return summarized, stars

    def all(self) -> Iterator[Summary]:
        """Yield all summaries, by paper, language and author. Raises StateError."""
        with self._connected() as connection:
            rows = connection.execute(_SUMMARY.select().order_by(*_ORDER))
            for row in rows.mappings().yield_per(_READ):
                yield Summary(**row)

    def delete(
        self, paper_id: str, language: str | None = None, author: str | None = None
    ) -> int:
        """Delete a paper's summaries, those in a language or by an author; return how many.

        Raises StateError.
        """
        wanted = _SUMMARY.delete().where(_SUMMARY.c.paper == paper_id)
        if language is not None:
            wanted = wanted.where(_SUMMARY.c.language == language)
        if author is not None:
            wanted = wanted.where(_SUMMARY.c.author == author)
        with self._connected() as connection:
            return connection.execute(wanted).rowcount

    def star(self, paper_id: str, change: int) -> int:
        """Add 1 or -1 to a paper's stars and return them, never below 0.

        Nothing else is kept: not who, not when. Raises StateError.
        """
        mine = _STAR.c.paper == paper_id
        with self._connected() as connection:
            changed = _STAR.update().where(mine, _STAR.c.count + change >= 0)
            written = connection.execute(changed.values(count=_STAR.c.count + change))
            if not written.rowcount and change > 0:
                connection.execute(_STAR.insert().values(paper=paper_id, count=change))
            count = connection.scalar(sa.select(_STAR.c.count).where(mine))
            return int(count or 0)

    def stars(self, paper_ids: Sequence[str]) -> dict[str, int]:
        """Return the stars of those of the papers that have any. Raises StateError."""
        stars: dict[str, int] = {}
        with self._connected() as connection:
            for some in _batches(paper_ids):
                found = connection.execute(_STARRED, {"ids": some})
                stars.update((row[0], row[1]) for row in found)
        return stars

    def close(self) -> None:
        """Close the connections."""
        if self._engine is not None:
            self._engine.dispose()

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        """Give a connection; what was written is kept if no error comes out."""
        try:
            with self._opened().begin() as connection:
                yield connection
        except (sa.exc.SQLAlchemyError, OSError, ImportError) as error:
            reason = getattr(error, "orig", None) or error
            raise StateError(
                f"the database of summaries and stars cannot be used: {reason}; "
                "check WINNOW_STATE_URL, or the data directory"
            ) from error

    def _opened(self) -> sa.Engine:
        with self._lock:
            if self._engine is None:
                engine = _engine(self._url)
                with engine.begin() as connection:
                    for table in (_SUMMARY, _STAR):
                        connection.execute(CreateTable(table, if_not_exists=True))
                self._engine = engine
            return self._engine


def _batches(items: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), _MOST_AT_ONCE):
        yield list(items[start : start + _MOST_AT_ONCE])


def _named(summary: Summary) -> sa.Delete:
    return _SUMMARY.delete().where(
        _SUMMARY.c.paper == summary.paper,
        _SUMMARY.c.language == summary.language,
        _SUMMARY.c.author == summary.author,
    )


def _engine(url: str) -> sa.Engine:
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True, max_overflow=-1)
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, max_overflow=-1, connect_args={"timeout": _BUSY_S})
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")  # readers never wait
    return engine

"""Paper records by key and by id, in SQLite. The only part of `index` with SQLAlchemy.

A key is a small integer that the search engine knows a paper by; it is the row's
number. Authors and versions are JSON in a column: nobody asks SQL about them.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Self, cast

import orjson
import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from index.errors import BrokenSnapshot, BuildFailed, UnknownPaper
from index.papers.paper import Author, Paper, Version

_METADATA = sa.MetaData()
_PAPER = sa.Table(
    "paper",
    _METADATA,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("abstract", sa.Text, nullable=False),
    sa.Column("authors", sa.Text, nullable=False),
    sa.Column("categories", sa.Text, nullable=False),
    sa.Column("submitted", sa.Text, nullable=False),
    sa.Column("updated", sa.Text, nullable=False),
    sa.Column("versions", sa.Text, nullable=False),
    sa.Column("doi", sa.Text),
    sa.Column("journal_ref", sa.Text),
    sa.Column("comments", sa.Text),
)
_BY_ID = sa.Index("paper_by_id", _PAPER.c.id, unique=True)
_COLUMNS = tuple(_PAPER.c)[1:]
_INSERT = (
    f"INSERT OR REPLACE INTO paper ({', '.join(c.name for c in _PAPER.c)}) "  # noqa: S608  our own column names
    f"VALUES ({', '.join('?' * len(_PAPER.c))})"
)
_FAST_WRITES = (
    "PRAGMA page_size = 16384",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",  # a build is fsynced as a whole before it is published
    "PRAGMA cache_size = -65536",
)
_MOST_AT_ONCE = 500
_CONNECTIONS = 8
_MAPPED = 1 << 40  # bytes: read the whole file through the page cache, without copies


class CatalogWriter:
    """Writes a new catalog, or changes a copy of one. One thread, one transaction."""

    def __init__(self, file: Path) -> None:
        """Open or make the file. Raises BuildFailed."""
        self._file = file
        self._engine = sa.create_engine(f"sqlite:///{file}")
        with self._explained():
            self._connection = self._engine.connect()
            for pragma in _FAST_WRITES:
                self._connection.exec_driver_sql(pragma)
            _PAPER.create(self._connection, checkfirst=True)

    def add(self, papers: Sequence[tuple[int, Paper]]) -> None:
        """Write papers; one under a key in use replaces the other. Raises BuildFailed."""
        if not papers:
            return
        with self._explained():
            rows = [_row(key, paper) for key, paper in papers]
            self._connection.exec_driver_sql(_INSERT, rows)

    def keys(self, ids: Sequence[str]) -> dict[str, int]:
        """Return the keys of those of the ids that are in the catalog."""
        query = sa.select(_PAPER.c.id, _PAPER.c.key).where(_PAPER.c.id.in_(ids))
        return {row.id: row.key for row in self._connection.execute(query)}

    def next_key(self) -> int:
        """Return a key that no paper has, nor any greater one."""
        last = self._connection.scalar(sa.select(sa.func.max(_PAPER.c.key)))
        return 1 if last is None else last + 1

    def finish(self) -> None:
        """Index the ids, commit and close. Raises BuildFailed."""
        with self._explained():
            _BY_ID.create(self._connection, checkfirst=True)
            self._connection.commit()
        self.close()

    def close(self) -> None:
        """Close the file; what is not finished is of no use."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DatabaseError as error:
            raise BuildFailed(f"cannot write {self._file}: {error.orig}") from error


class Catalog:
    """Reads a catalog that no longer changes. Safe to share between threads."""

    def __init__(self, engine: sa.Engine) -> None:
        """Take over an engine."""
        self._engine = engine

    @classmethod
    def open(cls, file: Path) -> Self:
        """Open a catalog read-only. Raises BrokenSnapshot."""

        def connect() -> sqlite3.Connection:
            address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
            return connection

        engine = sa.create_engine(
            "sqlite://",
            creator=connect,
            poolclass=QueuePool,
            pool_size=_CONNECTIONS,
            max_overflow=-1,
            pool_reset_on_return=None,  # nothing is ever written
            isolation_level="AUTOCOMMIT",
        )
        catalog = cls(engine)
        try:
            catalog.count()
        except sa.exc.DatabaseError as error:
            raise BrokenSnapshot(f"cannot open {file}: {error.orig}") from error
        return catalog

    def count(self) -> int:
        """Return how many papers there are."""
        with self._engine.connect() as connection:
            return int(connection.scalar(_COUNT) or 0)

    def by_keys(self, keys: Sequence[int]) -> list[Paper]:
        """Return the papers with those keys, in their order; unknown ones are left out.

        The hot path of every search: it goes past SQLAlchemy's statements, which are
        made anew for each list, straight to the driver's connection from the pool.
        """
        found = self._found(keys)
        return [found[key] for key in keys if key in found]

    def by_id(self, paper_id: str) -> Paper:
        """Return the paper with a canonical id. Raises UnknownPaper."""
        papers = self.by_ids([paper_id])
        if paper_id not in papers:
            raise UnknownPaper(f"no paper {paper_id} is in this library")
        return papers[paper_id]

    def by_ids(self, ids: Sequence[str]) -> dict[str, Paper]:
        """Return those of the papers with canonical ids that there are, by id."""
        papers = {}
        with self._engine.connect() as connection:
            for some in _batches(ids):
                rows = connection.execute(_SELECT_BY_IDS, {"ids": some})
                papers.update({row[0]: _paper(row) for row in rows})
        return papers

    def sample(self, count: int) -> list[tuple[int, Paper]]:
        """Return about `count` papers spread evenly over the catalog, with their keys."""
        with self._engine.connect() as connection:
            last = connection.scalar(sa.select(sa.func.max(_PAPER.c.key))) or 0
            step = max(1, last // max(1, count))
            keys = list(range(1, last + 1, step))
        return list(self._found(keys).items())

    def first_and_last_day(self) -> tuple[date, date] | None:
        """Return the days of the oldest and the newest paper, or None without papers."""
        with self._engine.connect() as connection:
            first, last = connection.execute(_DAYS).one()
        if first is None:
            return None
        return date.fromisoformat(first), date.fromisoformat(last)

    def intact(self) -> bool:
        """Run SQLite's own check of the file."""
        with self._engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _found(self, keys: Sequence[int]) -> dict[int, Paper]:
        found: dict[int, Paper] = {}
        with closing(self._engine.raw_connection()) as pooled:
            driver = cast("sqlite3.Connection", pooled.driver_connection)
            for some in _batches(keys):
                rows = driver.execute(_select_by_keys(len(some)), some)
                found.update((row[0], _paper(row[1:])) for row in rows)
        return found


_COUNT = sa.select(sa.func.count()).select_from(_PAPER)
_DAYS = sa.select(sa.func.min(_PAPER.c.submitted), sa.func.max(_PAPER.c.submitted))
_SELECT_BY_IDS = sa.select(*_COLUMNS).where(
    _PAPER.c.id.in_(sa.bindparam("ids", expanding=True))
)


@cache
def _select_by_keys(count: int) -> str:
    columns = ", ".join(column.name for column in _PAPER.c)
    places = ", ".join("?" * count)
    return f"SELECT {columns} FROM paper WHERE key IN ({places})"  # noqa: S608  our own names


def _batches(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (
        items[start : start + _MOST_AT_ONCE]
        for start in range(0, len(items), _MOST_AT_ONCE)
    )


def _row(key: int, paper: Paper) -> tuple[object, ...]:
    authors = [(a.last, a.first, a.suffix) for a in paper.authors]
    versions = [(v.version, v.created) for v in paper.versions]
    return (
        key,
        paper.id,
        paper.title,
        paper.abstract,
        orjson.dumps(authors).decode(),
        " ".join(paper.categories),
        paper.submitted.isoformat(),
        paper.updated.isoformat(),
        orjson.dumps(versions).decode(),
        paper.doi,
        paper.journal_ref,
        paper.comments,
    )


def _paper(row: Sequence[Any]) -> Paper:
    return Paper(
        id=row[0],
        title=row[1],
        abstract=row[2],
        authors=tuple(
            Author(last=last, first=first, suffix=suffix)
            for last, first, suffix in orjson.loads(row[3])
        ),
        categories=tuple(row[4].split()),
        submitted=date.fromisoformat(row[5]),
        updated=date.fromisoformat(row[6]),
        versions=tuple(
            Version(version=version, created=created)
            for version, created in orjson.loads(row[7])
        ),
        doi=row[8],
        journal_ref=row[9],
        comments=row[10],
    )

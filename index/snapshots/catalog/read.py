"""The catalog as a reader: papers by key and by id."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Self, cast

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from index.errors import BrokenSnapshot, UnknownPaper
from index.lazy import lazy_property
from index.papers.paper import Origin, Paper
from index.search.cost.budget import charge_papers
from index.snapshots.catalog.table import (
    COLUMNS,
    LATER,
    PAPER,
    REVISED,
    SELECT_KEYS,
    SELECT_REVISED,
    WHOLE,
    make_origin,
    make_paper,
    select_by_keys,
    select_categories,
    select_ids,
    select_origins,
)

_MOST_AT_ONCE = 500
_CONNECTIONS = 8
_DATABASE_ERRORS = (sa.exc.DatabaseError, sqlite3.DatabaseError)


class Catalog:
    """Reads a catalog that no longer changes. Safe to share between threads."""

    def __init__(self, engine: sa.Engine) -> None:
        """Keep the engine, and close it in the end."""
        self._engine = engine

    @classmethod
    def open(cls, file: Path) -> Self:
        """Open a catalog read-only. Raises BrokenSnapshot.

        It does not map the file into memory: that would soon count as the process's memory.
        """

        def connect() -> sqlite3.Connection:
            address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            connection.execute("PRAGMA mmap_size = 0")
            _add_missing_columns(connection)
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
        """Return the number of papers."""
        with self._engine.connect() as connection:
            return int(connection.scalar(_COUNT) or 0)

    def by_keys(self, keys: Sequence[int]) -> list[Paper]:
        """Return the papers with those keys, in their order; unknown ones are left out.

        Whoever asks is charged for them, by a budget if there is one: raises Crowded.
        The hot path of every search: it bypasses SQLAlchemy's statements, which are
        compiled for each list, and uses the driver's connection from the pool.
        """
        found = self._read_papers(keys)
        return [found[key] for key in keys if key in found]

    def origins(self, keys: Sequence[int]) -> dict[int, Origin]:
        """Return the authors and categories of the papers with those keys.

        Takes less than half the time of reading whole papers. Raises Crowded.
        """
        charge_papers(origins=len(keys))
        with _explain_damage():
            rows = self._read_rows(select_origins, keys)
            origins = {row[0]: make_origin(row[1], row[2]) for row in rows}
        charge_papers(0, _count_authors(origins.values()))
        return origins

    def primaries(self, keys: Sequence[int]) -> dict[int, str]:
        """Return primary categories by key, "" where there is none. Raises Crowded."""
        charge_papers(codes=len(keys))
        with _explain_damage():
            rows = self._read_rows(select_categories, keys)
            return {key: codes.partition(" ")[0] for key, codes in rows}

    def ids(self, keys: Sequence[int]) -> dict[int, str]:
        """Return the canonical ids of the papers with those keys."""
        with _explain_damage():
            return dict(self._read_rows(select_ids, keys))

    def by_id(self, paper_id: str) -> Paper:
        """Return the paper with a canonical id. Raises UnknownPaper."""
        papers = self.by_ids([paper_id])
        if paper_id not in papers:
            raise UnknownPaper(f"no paper {paper_id} is in this library")
        return papers[paper_id]

    def by_ids(self, ids: Sequence[str]) -> dict[str, Paper]:
        """Return the papers with canonical ids, by id; unknown ones are left out.

        Whoever asks is charged for them, as by `by_keys`: raises Crowded.
        """
        charge_papers(len(ids))
        papers = {}
        with _explain_damage(), self._engine.connect() as connection:
            for some in _split_batches(ids):
                rows = connection.execute(_SELECT_BY_IDS, {"ids": some})
                papers.update({row[0]: make_paper(row) for row in rows})
        charge_papers(0, _count_authors(papers.values()))
        return papers

    def keys(self, ids: Sequence[str]) -> dict[str, int]:
        """Return the keys of papers by canonical id; unknown ones are left out."""
        keys: dict[str, int] = {}
        with _explain_damage(), self._engine.connect() as connection:
            for some in _split_batches(ids):
                rows = connection.execute(SELECT_KEYS, {"ids": some})
                keys.update((row.id, row.key) for row in rows)
        return keys

    @lazy_property
    def knows_revisions(self) -> bool:
        """True if papers can be found by the day of their last version."""
        statement = "SELECT 1 FROM main.sqlite_master WHERE name = ?"
        with self._engine.connect() as connection:
            return connection.exec_driver_sql(statement, (REVISED,)).scalar() is not None

    def find_revised(self, first: date, last: date, limit: int) -> list[int]:
        """Return the keys of papers whose last version came on some days, in order.

        Those that are new on that day are left out; none where that is not known.
        """
        if not self.knows_revisions:
            return []
        days = (first.isoformat(), last.isoformat(), limit)
        with _explain_damage(), self._engine.connect() as connection:
            return list(connection.exec_driver_sql(SELECT_REVISED, days).scalars())

    def read_batches(self, size: int) -> Iterator[list[Paper]]:
        """Yield all papers in lists of `size`, in the order of their keys, from 1 on."""
        last = self.count()
        for start in range(1, last + 1, size):
            yield self.by_keys(range(start, min(start + size, last + 1)))

    def sample(self, count: int) -> list[tuple[int, Paper]]:
        """Return about `count` papers spread evenly over the catalog, with their keys."""
        with self._engine.connect() as connection:
            last = connection.scalar(sa.select(sa.func.max(PAPER.c.key))) or 0
            step = max(1, last // max(1, count))
            keys = list(range(1, last + 1, step))
        return list(self._read_papers(keys).items())

    def find_first_and_last_day(self) -> tuple[date, date] | None:
        """Return the days of the oldest and the newest paper, or None without papers."""
        with self._engine.connect() as connection:
            first, last = connection.execute(_DAYS).one()
        if first is None:
            return None
        return date.fromisoformat(first), date.fromisoformat(last)

    def is_intact(self) -> bool:
        """Run SQLite's own check of the file."""
        try:
            with self._engine.connect() as connection:
                answer = connection.exec_driver_sql("PRAGMA quick_check").scalar()
        except sa.exc.DatabaseError:
            return False
        return bool(answer == "ok")

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _read_papers(self, keys: Sequence[int]) -> dict[int, Paper]:
        charge_papers(len(keys))
        with _explain_damage():
            rows = self._read_rows(select_by_keys, keys)
            papers = {row[0]: make_paper(row[1:]) for row in rows}
        charge_papers(0, _count_authors(papers.values()))
        return papers

    def _read_rows(
        self, statement: Callable[[int], str], keys: Sequence[int]
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement for some keys."""
        with closing(self._engine.raw_connection()) as pooled:
            driver = cast("sqlite3.Connection", pooled.driver_connection)
            for some in _split_batches(keys):
                yield from driver.execute(statement(len(some)), some)


def _add_missing_columns(connection: sqlite3.Connection) -> None:
    """Show an earlier catalog's table with the columns that it lacks, all of them empty."""
    known = {row[1] for row in connection.execute("PRAGMA main.table_info(paper)")}
    if known and (missing := [name for name in LATER if name not in known]):
        columns = ", ".join(f"NULL AS {name}" for name in missing)
        connection.execute(f"CREATE TEMP VIEW paper AS SELECT *, {columns} FROM main.paper")  # noqa: S608  our own names


_COUNT = sa.select(sa.func.count()).select_from(PAPER)
_DAYS = sa.select(sa.func.min(PAPER.c.submitted), sa.func.max(PAPER.c.submitted))
_SELECT_BY_IDS = (
    sa.select(*COLUMNS)
    .select_from(WHOLE)
    .where(PAPER.c.id.in_(sa.bindparam("ids", expanding=True)))
)


@contextmanager
def _explain_damage() -> Iterator[None]:
    """Turn what a row of altered bytes makes SQLite or a parser raise into one error."""
    try:
        yield
    except (*_DATABASE_ERRORS, ValueError, TypeError, LookupError) as error:
        raise BrokenSnapshot(f"the catalog is damaged: {error!r}") from error


def _count_authors(papers: Iterable[Paper | Origin]) -> int:
    return sum(len(paper.authors) for paper in papers)


def _split_batches(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (
        items[start : start + _MOST_AT_ONCE]
        for start in range(0, len(items), _MOST_AT_ONCE)
    )

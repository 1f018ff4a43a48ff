"""Connections to the state database, which changes while the service runs.

SQLite by default, PostgreSQL by its address. The first use opens it.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

from app.state.tables import TABLES

_BUSY_S = 2  # how long a writer waits for another: so long readers may wait for threads
_MOST_AT_ONCE = 500


class StateError(Exception):
    """The state database cannot be used."""


class Database:
    """Hands out connections. Safe to share between threads."""

    def __init__(self, url: str) -> None:
        """Keep the database's address; nothing is opened yet."""
        self._url = url
        self._engine: sa.Engine | None = None
        self._lock = threading.Lock()

    @classmethod
    def beside(cls, data: Path, url: str | None) -> Self:
        """Return the database at `url`, or the one in the data directory without `url`."""
        return cls(url or f"sqlite:///{(data / 'state.db').absolute()}")

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None of any other. Raises StateError."""
        try:
            address = sa.make_url(self._url)
        except sa.exc.ArgumentError as error:
            raise StateError("WINNOW_STATE_URL is no address of a database") from error
        is_file = address.get_backend_name() == "sqlite" and address.database
        return Path(str(address.database)) if is_file else None

    @contextmanager
    def connect(self) -> Iterator[sa.Connection]:
        """Lend a connection in a transaction; commit unless an error escapes.

        Raises StateError.
        """
        try:
            with self._open().begin() as connection:
                yield connection
        except (sa.exc.SQLAlchemyError, OSError, ImportError) as error:
            reason = getattr(error, "orig", None) or error
            raise StateError(
                f"the database of summaries and stars cannot be used: {reason}; "
                "check WINNOW_STATE_URL, or the data directory"
            ) from error

    def check(self) -> None:
        """Ask the database something. Raises StateError where it does not answer."""
        with self.connect() as connection:
            connection.execute(sa.select(1))

    def close(self) -> None:
        """Close the connections."""
        if self._engine is not None:
            self._engine.dispose()

    def _open(self) -> sa.Engine:
        with self._lock:
            if self._engine is None:
                engine = _create_engine(self._url)
                with engine.begin() as connection:
                    for table in TABLES.sorted_tables:
                        connection.execute(CreateTable(table, if_not_exists=True))
                self._engine = engine
            return self._engine


def split_ids(ids: Sequence[str]) -> Iterator[list[str]]:
    """Yield the ids in lists short enough for one statement."""
    for start in range(0, len(ids), _MOST_AT_ONCE):
        yield list(ids[start : start + _MOST_AT_ONCE])


def _create_engine(url: str) -> sa.Engine:
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(
            address, pool_pre_ping=True, max_overflow=-1, hide_parameters=True
        )
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        address,
        max_overflow=-1,
        connect_args={"timeout": _BUSY_S},
        hide_parameters=True,  # what is logged names no paper of a reader
    )
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")  # readers never wait
    return engine

"""The catalog as a writer: adds papers and keywords."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from index.errors import BuildFailed
from index.papers.paper import Paper
from index.snapshots.catalog.table import (
    BY_ID,
    INDEX_REVISED,
    KEYWORD,
    LATER,
    PAPER,
    SELECT_KEYS,
    make_paper,
    make_row,
    select_by_keys,
    select_texts,
)

_INSERT = (
    f"INSERT OR REPLACE INTO paper ({', '.join(c.name for c in PAPER.c)}) "  # noqa: S608  our own column names
    f"VALUES ({', '.join('?' * len(PAPER.c))})"
)
_INSERT_KEYWORDS = "INSERT OR REPLACE INTO keyword (key, phrases) VALUES (?, ?)"
_FAST_WRITES = (
    "PRAGMA page_size = 16384",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",  # a build is fsynced as a whole before it is published
    "PRAGMA cache_size = -65536",
)


class CatalogWriter:
    """Writes a new catalog, or changes a copy of one. One thread, one transaction."""

    def __init__(self, file: Path) -> None:
        """Open or create the file. Raises BuildFailed."""
        self._file = file
        self._engine = sa.create_engine(f"sqlite:///{file}")
        with self._explain_errors():
            self._connection = self._engine.connect()
            for pragma in _FAST_WRITES:
                self._connection.exec_driver_sql(pragma)
            for table in (PAPER, KEYWORD):
                table.create(self._connection, checkfirst=True)
            self._add_missing_columns()

    def add(self, papers: Sequence[tuple[int, Paper]]) -> None:
        """Write papers; one with a key in use replaces the other. Raises BuildFailed."""
        if not papers:
            return
        with self._explain_errors():
            rows = [make_row(key, paper) for key, paper in papers]
            self._connection.exec_driver_sql(_INSERT, rows)

    def keys(self, ids: Sequence[str]) -> dict[str, int]:
        """Return the keys of the ids that are in the catalog."""
        rows = self._connection.execute(SELECT_KEYS, {"ids": ids})
        return {row.id: row.key for row in rows}

    def by_keys(self, keys: Sequence[int]) -> list[tuple[int, Paper]]:
        """Return papers with their keys, in any order, for some thousand keys at most."""
        statement = select_by_keys(len(keys))
        rows = self._connection.exec_driver_sql(statement, tuple(keys))
        return [(row[0], make_paper(row[1:])) for row in rows]

    def read_texts(self, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return titles and abstracts by key, for some thousand keys at most."""
        statement = select_texts(len(keys))
        rows = self._connection.exec_driver_sql(statement, tuple(keys))
        return {key: (title, abstract) for key, title, abstract in rows}

    def remove(self, key: int) -> None:
        """Take out the paper with that key, and its keywords. Raises BuildFailed."""
        with self._explain_errors():
            for table in (PAPER, KEYWORD):
                self._connection.execute(sa.delete(table).where(table.c.key == key))

    def find_next_key(self) -> int:
        """Return the smallest key above all keys in use."""
        last = self._connection.scalar(sa.select(sa.func.max(PAPER.c.key)))
        return 1 if last is None else last + 1

    def add_keywords(self, found: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Write the keywords of papers, best first. Raises BuildFailed."""
        if not found:
            return
        with self._explain_errors():
            rows = [(key, "\n".join(phrases)) for key, phrases in found]
            self._connection.exec_driver_sql(_INSERT_KEYWORDS, rows)

    def _add_missing_columns(self) -> None:
        """Give an earlier catalog the columns that it lacks, empty for its papers."""
        rows = self._connection.exec_driver_sql("PRAGMA table_info(paper)")
        known = {row[1] for row in rows}
        for name in LATER:
            if name not in known:
                column = sa.schema.CreateColumn(PAPER.c[name]).compile(self._engine)
                self._connection.exec_driver_sql(f"ALTER TABLE paper ADD COLUMN {column}")

    def finish(self) -> None:
        """Index ids and days of last versions, commit and close. Raises BuildFailed."""
        with self._explain_errors():
            self._connection.execute(sa.schema.CreateIndex(BY_ID, if_not_exists=True))
            self._connection.exec_driver_sql(INDEX_REVISED)
            self._connection.commit()
        self.close()

    def close(self) -> None:
        """Close the file; an unfinished catalog is useless."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def _explain_errors(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DatabaseError as error:
            raise BuildFailed(f"cannot write {self._file}: {error.orig}") from error

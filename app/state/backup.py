"""Backups of the state: every row of every table as JSON lines, of one moment.

    {"winnow_state": 1, "created": "2026-11-28T12:00:00Z", "tables": {NAME: [COLUMN, …]}}
    {NAME: [VALUE, …]}
    {"end": {NAME: ROWS}}

The same file is written from SQLite and from PostgreSQL, and can be restored into either.
A file without its last line is not whole.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import orjson
import sqlalchemy as sa

from app.state.connection import Database, StateError
from app.state.contents import END, FORMAT, FORMAT_KEY
from app.state.tables import TABLES

PARTS = ("", "-wal", "-shm")
"""The ends of the names of a SQLite database's files."""

_ROWS = 500  # at once
_BEGINS = f'{{"{FORMAT_KEY}":'
_FREEZE = {
    "sqlite": "BEGIN",  # the driver begins no transaction for what only reads
    "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
}


def write_backup(database: Database, file: Path) -> dict[str, int]:
    """Write every table as it is at one moment; return the rows of each.

    The file appears when it is whole. Writers go on meanwhile. Raises StateError.
    """
    _check_place(database, file)
    draft = file.with_name(f"{file.name}.{os.getpid()}.partial")
    try:
        with draft.open("wb") as out, database.connect() as connection:
            counts = _write_tables(connection, out.write)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    except OSError as error:
        raise StateError(f"cannot write {file}: {error.strerror}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return counts


def _check_place(database: Database, file: Path) -> None:
    """Refuse to write over the state, or over what is no file, or to back up nothing."""
    if file.exists() and not file.is_file():
        raise StateError(f"cannot write {file}: it is no ordinary file")
    place = database.file
    if place and not place.exists():
        raise StateError(f"there is no state to back up: {place} is missing")
    if place and file.resolve() in {Path(f"{place}{part}").resolve() for part in PARTS}:
        raise StateError(f"cannot write {file}: it is the state itself; name another file")
    if file.exists() and not _is_backup(file):
        raise StateError(f"cannot write {file}: it is no backup; name another file")


def _is_backup(file: Path) -> bool:
    """Tell whether a file begins as a backup does. Raises StateError."""
    begins = _BEGINS.encode()
    try:
        with file.open("rb") as lines:
            return lines.read(len(begins)) == begins
    except OSError as error:
        raise StateError(f"cannot read {file}: {error.strerror}") from error


def _write_tables(
    connection: sa.Connection, write: Callable[[bytes], object]
) -> dict[str, int]:
    if statement := _FREEZE.get(connection.dialect.name):
        connection.exec_driver_sql(statement)
    tables = TABLES.sorted_tables
    created = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    columns = {str(t.name): [str(c.name) for c in t.columns] for t in tables}
    write(_format_line({FORMAT_KEY: FORMAT, "created": created, "tables": columns}))
    counts = dict.fromkeys(columns, 0)
    for table in tables:
        chosen = sa.select(table).order_by(*table.primary_key.columns)
        rows = connection.execution_options(yield_per=_ROWS).execute(chosen)
        for row in rows:
            write(_format_line({str(table.name): list(row)}))
            counts[table.name] += 1
    write(_format_line({END: counts}))
    return counts


def _format_line(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)

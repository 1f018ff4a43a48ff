"""Backups of the state: every row of every table as JSON lines, of one moment.

    {"winnow_state": 1, "created": "2026-11-28T12:00:00Z", "tables": {NAME: [COLUMN, …]}}
    {NAME: [VALUE, …]}
    {"end": {NAME: ROWS}}

The same file is written from SQLite and from PostgreSQL, and can be restored into either.
A file without its last line is not whole.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from app.state.connection import Database, StateError
from app.state.tables import TABLES

_FORMAT = 1
_FORMAT_KEY = "winnow_state"
_ROWS = 500  # at once
_FREEZE = {
    "sqlite": "BEGIN",  # the driver begins no transaction for what only reads
    "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
}


class BadBackup(StateError):
    """A file is no whole backup of a state, or has what this version does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The columns of a backup's tables, and how many rows each table has."""

    columns: dict[str, list[str]]
    rows: dict[str, int]


def write_backup(database: Database, file: Path) -> dict[str, int]:
    """Write every table as it is at one moment; return the rows of each.

    The file appears when it is whole. Writers go on meanwhile. Raises StateError.
    """
    draft = file.with_name(f"{file.name}.partial")
    try:
        with draft.open("wb") as out, database.connect() as connection:
            counts = _write(connection, out.write)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    except OSError as error:
        raise StateError(f"cannot write {file}: {error.strerror}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return counts


def read_contents(file: Path) -> Contents:
    """Read a backup to its end and check it. Raises BadBackup."""
    lines = _read_lines(file)
    head = next(lines, None)
    if not isinstance(head, dict) or head.get(_FORMAT_KEY) != _FORMAT:
        raise BadBackup(f"{file} is no backup that this version of Winnow can read")
    columns: dict[str, list[str]] = head.get("tables", {})
    for name, known in columns.items():
        if name not in TABLES.tables or not set(known) <= set(TABLES.tables[name].c.keys()):
            raise BadBackup(f"{file} has a table {name!r} that this version does not know")
    counts, end = Counter[str](), None
    for line in lines:
        if end is not None or not isinstance(line, dict) or len(line) != 1:
            raise BadBackup(f"{file} is damaged")
        ((name, row),) = line.items()
        if name == "end":
            end = row
        elif len(row) != len(columns.get(name, ())):
            raise BadBackup(f"{file} is damaged: a row of {name!r} has {len(row)} values")
        else:
            counts[name] += 1
    if end != {name: counts[name] for name in columns}:
        raise BadBackup(f"{file} is not whole: its end is missing")
    return Contents(columns=columns, rows=end)


def load_rows(database: Database, file: Path, contents: Contents) -> None:
    """Put a backup's rows in place of all there are: all, or none. Raises StateError."""
    with database.connect() as connection:
        for table in reversed(TABLES.sorted_tables):
            connection.execute(table.delete())
        for name, rows in _read_runs(file):
            table = TABLES.tables[name]
            columns = [table.c[column] for column in contents.columns[name]]
            values = [
                {c.name: _convert_value(c, v) for c, v in zip(columns, row, strict=True)}
                for row in rows
            ]
            connection.execute(table.insert(), values)


def _write(connection: sa.Connection, write: Any) -> dict[str, int]:
    if statement := _FREEZE.get(connection.dialect.name):
        connection.exec_driver_sql(statement)
    tables = TABLES.sorted_tables
    created = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    columns = {str(t.name): [str(c.name) for c in t.columns] for t in tables}
    write(_write_line({_FORMAT_KEY: _FORMAT, "created": created, "tables": columns}))
    counts = dict.fromkeys(columns, 0)
    for table in tables:
        chosen = sa.select(table).order_by(*table.primary_key.columns)
        rows = connection.execution_options(yield_per=_ROWS).execute(chosen)
        for row in rows:
            write(_write_line({str(table.name): list(row)}))
            counts[table.name] += 1
    write(_write_line({"end": counts}))
    return counts


def _write_line(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _read_lines(file: Path) -> Iterator[Any]:
    try:
        with file.open("rb") as opened:
            for line in opened:
                yield orjson.loads(line)
    except OSError as error:
        raise BadBackup(f"cannot read {file}: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise BadBackup(f"{file} is damaged, or not whole: {error}") from error


def _read_runs(file: Path) -> Iterator[tuple[str, list[Any]]]:
    """Yield the rows of a checked backup with their table's name, so many at once."""
    name, rows = "", list[Any]()
    for line in _read_lines(file):
        if len(line) > 1 or "end" in line:
            continue
        ((of, row),) = line.items()
        if rows and (of != name or len(rows) == _ROWS):
            yield name, rows
            rows = []
        name = of
        rows.append(row)
    if rows:
        yield name, rows


def _convert_value(column: sa.Column[Any], value: Any) -> Any:
    """Return a value as its column takes it: JSON has no days and times."""
    if isinstance(value, str) and isinstance(column.type, sa.DateTime):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    return value

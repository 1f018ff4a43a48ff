"""The contents of a backup: its tables and rows, checked before anything is changed."""

import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from app.state.connection import StateError
from app.state.tables import TABLES

FORMAT = 1
FORMAT_KEY = "winnow_state"
END = "end"

_MOST = 1 << 63  # what no database keeps as an integer
_DATES = {datetime: datetime.fromisoformat, date: date.fromisoformat}


class BadBackup(StateError):
    """A file is no whole backup of a state, or has what this version does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The columns of a backup's tables, and how many rows each table has."""

    columns: dict[str, list[str]]
    rows: dict[str, int]


def read_contents(file: Path) -> Contents:
    """Read a backup to its end and check it. Raises BadBackup."""
    lines = _read_lines(file)
    columns = _read_head(file, next(lines, None))
    counts, end = Counter[str](), None
    for line in lines:
        if end is not None or not isinstance(line, dict) or len(line) != 1:
            raise BadBackup(f"{file} is damaged")
        ((name, row),) = line.items()
        if name == END:
            end = row
            continue
        _check_row(file, name, columns.get(name, []), row)
        counts[name] += 1
    if end != {name: counts[name] for name in columns}:
        raise BadBackup(f"{file} is not whole: its end is missing")
    return Contents(columns=columns, rows=end)


def read_rows(file: Path, contents: Contents) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of a checked backup, each with its table's name. Raises BadBackup."""
    for line in _read_lines(file):
        ((name, row),) = list(line.items())[:1]
        if name in contents.columns:
            columns = TABLES.tables[name].c
            names = contents.columns[name]
            pairs = zip(names, row, strict=True)
            yield name, {one: _convert_value(columns[one], value) for one, value in pairs}


def _read_head(file: Path, head: Any) -> dict[str, list[str]]:
    """Return the columns of each table that the first line names."""
    if not isinstance(head, dict) or head.get(FORMAT_KEY) != FORMAT:
        raise BadBackup(f"{file} is no backup that this version of Winnow can read")
    columns = head.get("tables")
    if not isinstance(columns, dict):
        raise BadBackup(f"{file} is damaged: it names no tables")
    for name, known in columns.items():
        if not _is_known(name, known):
            raise BadBackup(f"{file} has a table {name!r} that this version does not know")
    return columns


def _is_known(name: str, columns: Any) -> bool:
    if name not in TABLES.tables or not isinstance(columns, list):
        return False
    is_unique = len(columns) == len({str(one) for one in columns})
    return is_unique and all(one in TABLES.tables[name].c for one in columns)


def _check_row(file: Path, name: str, columns: list[str], row: Any) -> None:
    if not columns or not isinstance(row, list) or len(row) != len(columns):
        raise BadBackup(f"{file} is damaged: a row of {name!r} does not have its columns")
    table = TABLES.tables[name]
    for column, value in zip(columns, row, strict=True):
        if not _suits(table.c[column], value):
            raise BadBackup(
                f"{file} is damaged: {value!r:.40} is no {column!r} of {name!r}"
            )


def _suits(column: sa.Column[Any], value: Any) -> bool:
    """Tell whether a column can hold a value of JSON."""
    if value is None:
        return bool(column.nullable)
    kind = column.type.python_type
    if parse := _DATES.get(kind):
        try:
            return isinstance(value, str) and bool(parse(value))
        except ValueError:
            return False
    if isinstance(value, bool) or not isinstance(value, kind):
        return kind is bool and isinstance(value, bool)
    return not isinstance(value, int) or abs(value) < _MOST


def _convert_value(column: sa.Column[Any], value: Any) -> Any:
    """Return a value as its column takes it: JSON has no days and times."""
    parse = _DATES.get(column.type.python_type)
    return parse(value) if parse and isinstance(value, str) else value


def _read_lines(file: Path) -> Iterator[Any]:
    """Yield the lines of a file, which is read twice: a pipe would be empty then."""
    try:
        with file.open("rb") as opened:
            if not stat.S_ISREG(file.stat().st_mode):
                raise BadBackup(f"{file} is no ordinary file; write it to a disk first")
            for line in opened:
                yield orjson.loads(line)
    except OSError as error:
        raise BadBackup(f"cannot read {file}: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise BadBackup(f"{file} is damaged, or not whole: {error}") from error

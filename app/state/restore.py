"""Restoring the state from a backup, with the old state kept beside."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from app.state.backup import PARTS, write_backup
from app.state.connection import Database, StateError
from app.state.contents import BadBackup, Contents, read_contents, read_rows
from app.state.lock import hold_alone
from app.state.tables import TABLES

_ROWS = 500  # at once


def restore(data: Path, url: str | None, file: Path) -> tuple[Contents, Path | None]:
    """Put a backup in place of the state; return what it held, and where the old state is.

    A SQLite database is moved aside, whatever its state; of any other a backup is
    written into the data directory first. Raises StateError, BadBackup, and changes
    nothing then.
    """
    contents = read_contents(file)
    database = Database.beside(data, url)
    with hold_alone(data):
        place = database.file
        if place is None:
            old = _name_old(data / "state-{stamp}.jsonl")
            write_backup(database, old)
            _load_rows(database, file, contents)
            database.close()
            return contents, old
        return contents, _replace(place, file, contents)


def _replace(place: Path, file: Path, contents: Contents) -> Path | None:
    """Build a new database beside the old one, then change their names."""
    new = place.with_name(f"{place.name}.new")
    if file.resolve() == new.resolve():
        raise StateError(f"cannot read {file}, which is replaced: give it another name")
    old = _name_old(place.with_name(f"{place.name}.{{stamp}}"))
    try:
        _remove(new)
        fresh = Database(f"sqlite:///{new.absolute()}")
        _load_rows(fresh, file, contents)
        fresh.close()
        was_there = place.exists()
        for part in PARTS:
            if (beside := Path(f"{place}{part}")).exists():
                beside.rename(f"{old}{part}")
        new.rename(place)
    except OSError as error:
        raise StateError(f"cannot write {place}: {error.strerror}") from error
    finally:
        _remove(new)
    return old if was_there else None


def _name_old(pattern: Path) -> Path:
    """Return a name with the time in it that nothing has."""
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    stamps = (now if number == 1 else f"{now}-{number}" for number in count(1))
    names = (pattern.with_name(pattern.name.replace("{stamp}", stamp)) for stamp in stamps)
    return next(name for name in names if not name.exists())


def _load_rows(database: Database, file: Path, contents: Contents) -> None:
    """Put a backup's rows in place of all there are: all, or none. Raises StateError."""
    counts: Counter[str] = Counter()
    with database.connect() as connection:
        for table in reversed(TABLES.sorted_tables):
            connection.execute(table.delete())
        for name, rows in _split_runs(read_rows(file, contents)):
            connection.execute(TABLES.tables[name].insert(), rows)
            counts[name] += len(rows)
        if any(counts[name] != rows for name, rows in contents.rows.items()):
            raise BadBackup(f"{file} was changed while it was read")


def _split_runs(
    rows: Iterator[tuple[str, dict[str, Any]]],
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield rows of one table together, at most _ROWS at once."""
    run: list[dict[str, Any]] = []
    of = ""
    for name, row in rows:
        if run and (name != of or len(run) == _ROWS):
            yield of, run
            run = []
        of = name
        run.append(row)
    if run:
        yield of, run


def _remove(database: Path) -> None:
    for part in PARTS:
        Path(f"{database}{part}").unlink(missing_ok=True)

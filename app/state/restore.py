"""Restoring the state from a backup, with the old state kept beside."""

from datetime import UTC, datetime
from pathlib import Path

from app.state.backup import Contents, load_rows, read_contents, write_backup
from app.state.connection import Database, StateError
from app.state.lock import hold_alone

_PARTS = ("", "-wal", "-shm")  # of a SQLite database


def restore(data: Path, url: str | None, file: Path) -> tuple[Contents, Path | None]:
    """Put a backup in place of the state; return what it held, and where the old state is.

    A SQLite database is moved aside, whatever its state; of any other a backup is
    written into the data directory first. Raises StateError, BadBackup, and changes
    nothing then.
    """
    contents = read_contents(file)
    database = Database.beside(data, url)
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    with hold_alone(data):
        place = database.file
        if place is None:
            old = data / f"state-{stamp}.jsonl"
            write_backup(database, old)
            load_rows(database, file, contents)
            database.close()
            return contents, old
        return contents, _replace(place, file, contents, stamp)


def _replace(place: Path, file: Path, contents: Contents, stamp: str) -> Path | None:
    """Build a new database beside the old one, then change their names."""
    new, old = (place.with_name(f"{place.name}.{part}") for part in ("new", stamp))
    _remove(new)
    try:
        fresh = Database(f"sqlite:///{new.absolute()}")
        load_rows(fresh, file, contents)
        fresh.close()
        was_there = place.exists()
        for part in _PARTS:
            if (beside := Path(f"{place}{part}")).exists():
                beside.rename(f"{old}{part}")
        new.rename(place)
    except OSError as error:
        raise StateError(f"cannot write {place}: {error.strerror}") from error
    finally:
        _remove(new)
    return old if was_there else None


def _remove(database: Path) -> None:
    for part in _PARTS:
        Path(f"{database}{part}").unlink(missing_ok=True)

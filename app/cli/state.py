"""`winnow backup` and `winnow restore`: the state (summaries, stars) out and in again."""

from pathlib import Path

import click

from app.cards import notes  # the tables of summaries and stars register themselves
from app.cli.options import DATA, read_settings
from app.state.backup import write_backup
from app.state.connection import Database
from app.state.restore import restore as restore_state

__all__ = ["backup", "notes", "restore"]

_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))


@click.command()
@_FILE
@DATA
def backup(file: Path, data: Path) -> None:
    """Write the state to FILE: summaries and stars, as JSON lines, of one moment.

    A server may run and write meanwhile. Of a copy of state.db, what lies in its
    write-ahead log would be missing. PostgreSQL (WINNOW_STATE_URL) is backed up the same.
    """
    database = Database.beside(data, read_settings().state_url)
    counts = write_backup(database, file)
    database.close()
    click.echo(f"{_word_counts(counts)} in {file}")


@click.command()
@_FILE
@DATA
def restore(file: Path, data: Path) -> None:
    """Put the state of FILE, which `winnow backup` wrote, in place of the present one.

    No server may run with this data directory. The old state is kept beside.
    """
    contents, old = restore_state(data, read_settings().state_url, file)
    click.echo(f"{_word_counts(contents.rows)} restored from {file}")
    if old is not None:
        click.echo(f"the old state is in {old}")


def _word_counts(rows: dict[str, int]) -> str:
    return ", ".join(f"{count:,} rows of {name}" for name, count in rows.items())

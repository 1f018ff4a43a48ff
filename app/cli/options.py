"""Options that several commands share, and the settings they default to."""

from pathlib import Path

import click
from pydantic import ValidationError

from app.settings import Settings
from app.wording.refused import word_refused


def read_settings() -> Settings:
    """Read the settings from the environment. Raises click.UsageError."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"WINNOW_{first['loc'][0]}".upper()
        raise click.UsageError(f"{name}: {word_refused(first)}") from error


DATA = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=lambda: read_settings().data_dir,
    show_default="WINNOW_DATA_DIR, or data",
    help="The directory that holds the snapshots.",
)

KEEP = click.option(
    "--keep",
    type=click.IntRange(min=1),
    metavar="N",
    help="Delete all but the N newest snapshots afterwards, the live one included.",
)

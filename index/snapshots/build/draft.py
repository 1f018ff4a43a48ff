"""The directory that a build writes into: lent, explained where it fails, cleared away."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import BuildFailed
from index.snapshots import snapshot as snapshots

_UNCHANGED = "the live snapshot is unchanged"


@contextmanager
def open_draft(data: Path) -> Iterator[Path]:
    """Lock the data directory and lend a new directory inside it for a snapshot.

    What builds that died have left there is deleted, and where this build fails, the
    draft. Raises Busy, BuildFailed.
    """
    with snapshots.lock_data(data):
        with _explain_errors(data):
            draft = snapshots.begin(data)
        try:
            with _explain_errors(draft):
                for left in snapshots.list_unfinished(data):
                    if left != draft:
                        shutil.rmtree(left, ignore_errors=True)
                yield draft
        finally:
            snapshots.discard(draft)


@contextmanager
def _explain_errors(place: Path) -> Iterator[None]:
    """Say what the disk refused, and how much room there is."""
    try:
        yield
    except BuildFailed as error:
        raise BuildFailed(f"{error} ({_describe_room(place)}); {_UNCHANGED}") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise BuildFailed(
            f"cannot write {error.filename or place}: {reason} ({_describe_room(place)}); "
            f"{_UNCHANGED}"
        ) from error


def _describe_room(place: Path) -> str:
    for directory in (place, *place.parents):
        with suppress(OSError):
            return f"{shutil.disk_usage(directory).free / 1e9:.1f} GB free"
    return "free space unknown"

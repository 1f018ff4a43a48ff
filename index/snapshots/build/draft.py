"""The draft: the directory that a build writes into."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import BuildFailed, NothingLeft
from index.snapshots import snapshot as snapshots
from index.snapshots.outcome import record_outcome

_UNCHANGED = "the live snapshot is unchanged"


@contextmanager
def open_draft(data: Path) -> Iterator[Path]:
    """Lock the data directory and lend a new directory in it for a snapshot.

    Deletes the drafts of builds that died and, if this build fails, its own. Notes how
    the build ended. Raises Busy, BuildFailed.
    """
    with snapshots.lock_data(data), record_outcome(data):
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
    """Turn errors of the disk into BuildFailed, and add the free space."""
    try:
        yield
    except NothingLeft:  # of records, not of the disk
        raise
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

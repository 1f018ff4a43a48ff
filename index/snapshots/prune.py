"""Pruning: deletes snapshots that nobody needs any more."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from index.errors import LibraryError, NoSnapshot
from index.snapshots import snapshot as snapshots
from index.snapshots.layout import ENCODING


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """The names of what was deleted, and of snapshots that a process has open."""

    removed: tuple[str, ...]
    in_use: tuple[str, ...]


def prune(data: Path, *, keep: int) -> Pruned:
    """Delete all but the `keep` newest snapshots, and the leftovers of dead builds.

    The leftovers include vectors that the next build could have reused.

    The live snapshot always stays, and counts; so does one that a process has open.
    Raises Busy while a build is running.
    """
    if not data.is_dir():
        raise NoSnapshot(f"there is no directory {data}")
    with snapshots.lock_data(data):
        try:
            live = snapshots.find_live(data).name
        except LibraryError:
            live = ""
        leftovers = [*snapshots.list_unfinished(data), *data.glob(ENCODING)]
        for path in leftovers:
            shutil.rmtree(path)
        others = [path for path in snapshots.list_finished(data) if path.name != live]
        doomed = others[max(0, keep - bool(live)) :]
        gone = {path: snapshots.remove(path) for path in doomed}
    removed = [path.name for path, removed in gone.items() if removed]
    return Pruned(
        removed=(*removed, *(path.name for path in leftovers)),
        in_use=tuple(path.name for path, removed in gone.items() if not removed),
    )

"""Pruning: deletes snapshots that nobody needs any more."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import NoSnapshot
from index.snapshots import snapshot as snapshots
from index.snapshots.layout import ENCODING


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """The names of what was deleted, and of snapshots that a process has open."""

    removed: tuple[str, ...]
    in_use: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prunable:
    """How many snapshots could be deleted, and the bytes that would be free then."""

    snapshots: int
    bytes: int


def find_prunable(data: Path, *, keep: int) -> Prunable:
    """Return what `prune` could delete. Files that others are links to are not counted."""
    doomed = _find_doomed(data, keep)
    kept = [path for path in snapshots.list_finished(data) if path not in doomed]
    needed = {number for path in kept for number, _ in _measure(path)}
    sizes = dict(each for path in doomed for each in _measure(path))
    freed = sum(size for number, size in sizes.items() if number not in needed)
    return Prunable(snapshots=len(doomed), bytes=freed)


def prune(data: Path, *, keep: int) -> Pruned:
    """Delete all but the `keep` newest snapshots, and the leftovers of dead builds.

    The leftovers include vectors that the next build could have reused.

    The live snapshot always stays, and counts; so does one that a process has open.
    Raises Busy while a build is running.
    """
    if not data.is_dir():
        raise NoSnapshot(f"there is no directory {data}")
    with snapshots.lock_data(data):
        leftovers = [*snapshots.list_unfinished(data), *data.glob(ENCODING)]
        for path in leftovers:
            shutil.rmtree(path)
        gone = {path: snapshots.remove(path) for path in _find_doomed(data, keep)}
    removed = [path.name for path, removed in gone.items() if removed]
    return Pruned(
        removed=(*removed, *(path.name for path in leftovers)),
        in_use=tuple(path.name for path, removed in gone.items() if not removed),
    )


def _find_doomed(data: Path, keep: int) -> list[Path]:
    live = snapshots.find_live_or_none(data)
    others = [path for path in snapshots.list_finished(data) if path != live]
    return others[max(0, keep - bool(live)) :]


def _measure(snapshot: Path) -> Iterator[tuple[int, int]]:
    """Yield the inode and the size of each file."""
    for path in snapshot.rglob("*"):
        if path.is_file():
            status = path.stat()
            yield status.st_ino, status.st_size

"""Snapshots on disk: finished ones, drafts, and the live one.

data/CURRENT                          the live snapshot's name, replaced by rename
data/LOCK                             held by the only build that may run
data/snapshots/<UTC stamp>/           a finished snapshot
data/snapshots/<UTC stamp>.partial/   one being built, or left by a build that died
"""

import errno
import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from index.errors import BrokenSnapshot, BuildFailed, Busy, NoSnapshot
from index.snapshots.manifest import NAME as MANIFEST

PARTIAL = ".partial"
_ATTEMPTS = 20
_PAUSE = 0.1  # seconds
_CHUNK = 4 << 20  # bytes
_MOST_COPIED = 1 << 30  # bytes at a time
_STAMP = re.compile(r"\d{8}T\d{6}Z(?:-\d+)?")


def find_pointer(data: Path) -> Path:
    """Return the file that names the live snapshot."""
    return data / "CURRENT"


def find_live(data: Path) -> Path:
    """Return the live snapshot's directory. Raises NoSnapshot or BrokenSnapshot."""
    try:
        name = find_pointer(data).read_text().strip()
    except FileNotFoundError:
        raise NoSnapshot(f"no snapshot in {data}; run `winnow rebuild DUMP`") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenSnapshot(f"cannot read {find_pointer(data)}: {error}") from error
    snapshot = data / "snapshots" / name
    if not _STAMP.fullmatch(name) or not snapshot.is_dir():
        raise BrokenSnapshot(
            f"{find_pointer(data)} names {name!r}, which is not there; write the name of a "
            f"directory of {data / 'snapshots'} into it, or run `winnow rebuild DUMP`"
        )
    return snapshot


def find_live_or_none(data: Path) -> Path | None:
    """Return the live snapshot's directory, or None if there is none or it is broken."""
    try:
        return find_live(data)
    except (NoSnapshot, BrokenSnapshot):
        return None


def list_finished(data: Path) -> list[Path]:
    """Return the finished snapshots' directories, newest first."""
    return sorted(
        (path for path in _list_directories(data) if _STAMP.fullmatch(path.name)),
        key=lambda path: _read_age(path.name),
        reverse=True,
    )


def list_unfinished(data: Path) -> list[Path]:
    """Return the drafts that builds in progress or dead builds have left."""
    return [path for path in _list_directories(data) if path.name.endswith(PARTIAL)]


def begin(data: Path) -> Path:
    """Create an empty directory for a new snapshot. The data directory must be locked."""
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    taken = {path.name.removesuffix(PARTIAL) for path in _list_directories(data)}
    names = (stamp, *(f"{stamp}-{number}" for number in range(2, 1_000)))
    name = next(name for name in names if name not in taken)
    draft = data / "snapshots" / f"{name}{PARTIAL}"
    draft.mkdir(parents=True)
    return draft


def discard(draft: Path) -> None:
    """Delete a draft. An engine's threads may write into it until they have ended."""
    for _ in range(_ATTEMPTS):
        shutil.rmtree(draft, ignore_errors=True)
        if not draft.exists():
            return
        time.sleep(_PAUSE)


def publish(draft: Path) -> Path:
    """Make a finished draft the live snapshot, atomically and durably."""
    data, snapshot = draft.parent.parent, draft.with_name(make_final_name(draft))
    new = find_pointer(data).with_suffix(".new")
    new.write_text(f"{snapshot.name}\n")  # first, for a full disk may refuse it
    sync(new)
    draft.rename(snapshot)
    sync(snapshot.parent)
    new.replace(find_pointer(data))
    sync(data)
    return snapshot


def make_final_name(draft: Path) -> str:
    """Return the name that a draft will have when it is published."""
    return draft.name.removesuffix(PARTIAL)


def link(path: str | Path, target: str | Path) -> None:
    """Link a file to another name, or copy it if links fail. Raises OSError."""
    try:
        os.link(path, target)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copyfile(path, target)


def clone(path: Path, target: Path) -> None:
    """Copy a file within the kernel; where the file system can, both share their blocks.

    Raises OSError.
    """
    with path.open("rb") as source, target.open("wb") as copy:
        try:
            while os.copy_file_range(source.fileno(), copy.fileno(), _MOST_COPIED):
                pass
        except (AttributeError, OSError):  # not on this system, or between these places
            copy.truncate(0)
            copy.seek(0)
            source.seek(0)
            shutil.copyfileobj(source, copy, _CHUNK)


def sync(path: Path) -> None:
    """Flush a file, or the names in a directory, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(directory: Path) -> None:
    """Flush a directory and everything in it to the disk."""
    for path in directory.rglob("*"):
        sync(path)
    sync(directory)


def remove(snapshot: Path) -> bool:
    """Delete a snapshot, unless a process has it open; tell whether it is gone."""
    manifest = snapshot / MANIFEST
    with ExitStack() as held:
        if manifest.exists():
            file = held.enter_context(manifest.open("rb"))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            manifest.unlink()  # a half-deleted snapshot must not be opened
        shutil.rmtree(snapshot)
    return True


def read_ahead(snapshot: Path) -> None:
    """Ask the kernel to read a snapshot's files into memory, as far as there is room.

    Reading a page of results from a cold disk takes ten times as long as from memory.
    """
    for path in snapshot.rglob("*"):
        with suppress(OSError), path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)


@contextmanager
def lock_data(data: Path) -> Iterator[None]:
    """Hold the data directory for one build. Raises Busy, or BuildFailed without access.

    The kernel holds the lock, so it ends with the process, however that ends.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "LOCK").open("a+")
    except OSError as error:
        raise BuildFailed(f"cannot write in {data}: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            raise Busy(
                f"another build is running in {data} (process {holder}), or a prune; "
                "wait for it, or stop it"
            ) from None
        except OSError as error:
            raise BuildFailed(f"cannot lock {data}: {error.strerror}") from error
        with suppress(OSError):  # naming the holder is a courtesy
            os.ftruncate(lock.fileno(), 0)
            os.write(lock.fileno(), str(os.getpid()).encode())
        yield


@contextmanager
def hold_open(snapshot: Path) -> Iterator[None]:
    """Protect a snapshot from pruning while it is open."""
    with (snapshot / MANIFEST).open("rb") as manifest:
        fcntl.flock(manifest, fcntl.LOCK_SH)
        yield


def find_open(data: Path) -> list[Path]:
    """Return the finished snapshots that processes have open, newest first."""
    return [path for path in list_finished(data) if _is_open(path)]


def _is_open(snapshot: Path) -> bool:
    try:
        with (snapshot / MANIFEST).open("rb") as manifest:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _list_directories(data: Path) -> list[Path]:
    try:
        return [path for path in (data / "snapshots").iterdir() if path.is_dir()]
    except (FileNotFoundError, NotADirectoryError):
        return []


def _read_age(name: str) -> tuple[str, int]:
    stamp, _, number = name.partition("-")
    return stamp, int(number or 1)

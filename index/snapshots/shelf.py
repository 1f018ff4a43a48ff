"""The shelf: holds the live library, and notices when a new one is published."""

import gc
import logging
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

from index.errors import BrokenSnapshot, LibraryError, NoSnapshot
from index.snapshots.library import Library
from index.snapshots.outcome import Outcome, read_outcome
from index.snapshots.snapshot import (
    find_live,
    find_live_or_none,
    find_pointer,
    list_finished,
    read_ahead,
)
from index.snapshots.timed import StepWatch

_RETRY_S = 5.0
_RELEASE_S, _LOOK_S = 60.0, 1.0  # after which hardly anybody uses what was replaced
_LOG = logging.getLogger(__name__)


class Shelf:
    """Hands out the live library; the one long-lived object of the web service."""

    def __init__(
        self,
        data: Path,
        *,
        warm: bool = False,
        watch: StepWatch | None = None,
        collect: Callable[[], object] = gc.collect,
    ) -> None:
        """Keep the data directory; with `warm`, read opened snapshots into memory.

        The engine's steps are told to `watch`. What was replaced may be part of cycles,
        which `collect` looks for. Nothing is opened yet.
        """
        self._data = data
        self._watch = watch
        self._collect = collect
        self._warm = warm
        self._opening = Lock()
        self._seen: tuple[int, int] | None = None
        self._library: Library | None = None
        self._refused: tuple[int, int] | None = None
        self._retry_at = 0.0
        self._problem = ""

    @property
    def held(self) -> Library | None:
        """The library that is open, be it live or not."""
        return self._library

    @property
    def problem(self) -> str:
        """Why what was published cannot be opened; empty if it can."""
        return self._problem

    @property
    def last_build(self) -> Outcome | None:
        """How the last build ended, if one has."""
        return read_outcome(self._data)

    def current(self) -> Library | None:
        """Return the library that is open, or None if one has to be opened first.

        Takes a stat of CURRENT.
        """
        library, mark = self._library, self._read_mark()
        is_live = mark == self._seen or self._is_refused(mark)
        return library if is_live else None

    def library(self) -> Library:
        """Return the live library, opening it if it is new.

        Takes a stat of CURRENT if nothing is new. A library that has been replaced stays
        usable by whoever holds it. If the new one cannot be opened, the old one stays, or
        after a start the newest sound one beside it is opened.
        Raises NoSnapshot or BrokenSnapshot if there is none.
        """
        if current := self.current():
            return current
        library, mark = self._library, self._read_mark()
        if library is not None and not self._opening.acquire(blocking=False):
            return library  # another thread is opening the new one
        if library is None:
            self._opening.acquire()
        try:
            return self._open(mark)
        finally:
            self._opening.release()

    def _open(self, mark: tuple[int, int] | None) -> Library:
        if self._library is not None and mark == self._seen:
            return self._library
        if self._is_refused(mark):
            if self._library is None:
                raise BrokenSnapshot(self._problem)
            return self._library
        try:
            library = self._open_live()
        except LibraryError as error:
            return self._keep_another(mark, error)
        if self._library is not None:
            self._release(self._library)
        self._library, self._seen, self._problem = library, mark, ""
        _LOG.info("the live snapshot is %s", library.manifest.name)
        return library

    def _release(self, replaced: Library) -> None:
        """Give back the files and the memory of a library once nobody uses it."""
        held = weakref.ref(replaced)
        Thread(target=self._collect_until_gone, args=(held,), daemon=True).start()

    def _collect_until_gone(self, held: "weakref.ref[Library]") -> None:
        wait_s = _RELEASE_S
        while not _goes_within(held, wait_s):  # else no request need wait for a search
            self._collect()
            wait_s *= 2  # an answer of hours may use it

    def _keep_another(self, mark: tuple[int, int] | None, error: LibraryError) -> Library:
        """Return the old library, or after a start another; raise the error if none."""
        reasons = [str(error)]
        if self._library is None:
            self._library, passed_over = self._open_another()
            reasons += passed_over
            if self._library is not None and self._read_mark() != mark:
                return self._open(self._read_mark())  # it was published just now
        if self._library is None and isinstance(error, NoSnapshot):
            raise error
        self._refuse(mark, reasons)
        if self._library is None:
            raise error
        return self._library

    def _open_another(self) -> tuple[Library | None, list[str]]:
        """Open the newest sound snapshot that is not live; say what others lack."""
        live, reasons = find_live_or_none(self._data), list[str]()
        for snapshot in list_finished(self._data):
            if snapshot != live:
                try:
                    return self._open_snapshot(snapshot), reasons
                except LibraryError as error:
                    reasons.append(str(error))
        return None, reasons

    def _refuse(self, mark: tuple[int, int] | None, reasons: list[str]) -> None:
        """Note, and log once, that what was published cannot be opened."""
        if mark != self._refused or not self._problem:
            kept, helps = "there is no other that can be opened", ""
            if self._library is not None:
                name = self._library.manifest.name
                kept = f"keeping the old snapshot {name}"
                helps = f", or write {name} into {find_pointer(self._data)}"
            _LOG.error(
                "cannot open what was published; %s: %s; to mend it, run "
                "`winnow rebuild DUMP`%s",
                kept,
                "; ".join(reasons),
                helps,
            )
        self._problem = reasons[0]
        self._refused, self._retry_at = mark, time.monotonic() + _RETRY_S

    def _open_live(self) -> Library:
        snapshot = find_live(self._data)
        try:
            return self._open_snapshot(snapshot)
        except LibraryError:
            newer = find_live(self._data)
            if newer == snapshot:
                raise
            return self._open_snapshot(newer)  # the other was replaced and pruned just now

    def _open_snapshot(self, snapshot: Path) -> Library:
        """Open a snapshot; whatever its damage makes a part raise is one error."""
        try:
            library = Library.open(snapshot, self._watch)
        except (LibraryError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of the engine is no Exception
            raise BrokenSnapshot(f"cannot open {snapshot}: {error!r}") from error
        if self._warm:
            Thread(target=read_ahead, args=(snapshot,), daemon=True).start()
            library.warm()
        return library

    def open(self) -> None:
        """Open the live library now, if there is one, so that no request has to wait."""
        try:
            self.library()
        except NoSnapshot:
            _LOG.info("there is no library to open yet")
        except LibraryError:
            _LOG.debug("the service begins without a library")  # _refuse logged why

    def close(self) -> None:
        """Release the library."""
        self._library = None

    def _is_refused(self, mark: tuple[int, int] | None) -> bool:
        """Tell whether this snapshot could not be opened a moment ago."""
        return mark == self._refused and time.monotonic() < self._retry_at

    def _read_mark(self) -> tuple[int, int] | None:
        """Return the inode and time of CURRENT, which change when it is replaced."""
        try:
            status = find_pointer(self._data).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns


def _goes_within(held: "weakref.ref[Library]", seconds: float) -> bool:
    """Wait until a library is gone, at most for some time; tell whether it is."""
    deadline = time.monotonic() + seconds
    while held() is not None and time.monotonic() < deadline:
        time.sleep(min(_LOOK_S, seconds))
    return held() is None

"""The shelf: holds the live library, and notices when a new one is published."""

import logging
import time
from pathlib import Path
from threading import Lock, Thread

from index.errors import BrokenSnapshot, LibraryError, NoSnapshot
from index.snapshots.library import Library
from index.snapshots.outcome import Outcome, read_outcome
from index.snapshots.snapshot import find_live, find_pointer, read_ahead
from index.snapshots.timed import StepWatch

_RETRY_S = 5.0
_LOG = logging.getLogger(__name__)


class Shelf:
    """Hands out the live library; the one long-lived object of the web service."""

    def __init__(
        self, data: Path, *, warm: bool = False, watch: StepWatch | None = None
    ) -> None:
        """Keep the data directory; with `warm`, read opened snapshots into memory.

        The engine's steps are told to `watch`. Nothing is opened yet.
        """
        self._data = data
        self._watch = watch
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
        usable by whoever holds it. If the new one cannot be opened, the old one stays.
        Raises NoSnapshot or BrokenSnapshot if there is no old one.
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
        except NoSnapshot as error:
            if self._library is None:
                raise
            self._refuse(mark, error)
            return self._library
        except LibraryError as error:
            self._refuse(mark, error)
            if self._library is None:
                raise
            return self._library
        self._library, self._seen, self._problem = library, mark, ""
        _LOG.info("the live snapshot is %s", library.manifest.name)
        return library

    def _refuse(self, mark: tuple[int, int] | None, error: LibraryError) -> None:
        """Note, and log once, that what was published cannot be opened."""
        if mark != self._refused or not self._problem:
            kept = "keeping the old snapshot" if self._library else "there is no other"
            _LOG.error("cannot open what was published; %s: %s", kept, error)
        self._problem = str(error)
        self._refused, self._retry_at = mark, time.monotonic() + _RETRY_S

    def _open_live(self) -> Library:
        snapshot = find_live(self._data)
        try:
            library = self._open_snapshot(snapshot)
        except LibraryError:
            newer = find_live(self._data)
            if newer == snapshot:
                raise
            snapshot = newer  # the other was replaced and pruned just now
            library = self._open_snapshot(snapshot)
        if self._warm:
            Thread(target=read_ahead, args=(snapshot,), daemon=True).start()
            library.warm()
        return library

    def _open_snapshot(self, snapshot: Path) -> Library:
        """Open a snapshot; whatever its damage makes a part raise is one error."""
        try:
            return Library.open(snapshot, self._watch)
        except (LibraryError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of the engine is no Exception
            raise BrokenSnapshot(f"cannot open {snapshot}: {error!r}") from error

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

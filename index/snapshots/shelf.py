"""The shelf: holds the live library, and notices when a new one is published."""

import logging
import time
from pathlib import Path
from threading import Lock, Thread

from index.errors import LibraryError
from index.snapshots.library import Library
from index.snapshots.snapshot import find_live, find_pointer, read_ahead

_RETRY_S = 5.0
_LOG = logging.getLogger(__name__)


class Shelf:
    """Hands out the live library; the one long-lived object of the web service."""

    def __init__(self, data: Path, *, warm: bool = False) -> None:
        """Keep the data directory; with `warm`, read opened snapshots into memory.

        Nothing is opened yet.
        """
        self._data = data
        self._warm = warm
        self._opening = Lock()
        self._seen: tuple[int, int] | None = None
        self._library: Library | None = None
        self._refused: tuple[int, int] | None = None
        self._retry_at = 0.0

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
        try:
            library = self._open_live()
        except LibraryError:
            if self._library is None:
                raise
            if mark != self._refused:
                _LOG.exception("cannot open what was published; keeping the old snapshot")
            self._refused, self._retry_at = mark, time.monotonic() + _RETRY_S
            return self._library
        self._library, self._seen = library, mark
        _LOG.info("the live snapshot is %s", library.manifest.name)
        return library

    def _open_live(self) -> Library:
        snapshot = find_live(self._data)
        try:
            library = Library.open(snapshot)
        except LibraryError:
            newer = find_live(self._data)
            if newer == snapshot:
                raise
            snapshot = newer  # the other was replaced and pruned just now
            library = Library.open(snapshot)
        if self._warm:
            Thread(target=read_ahead, args=(snapshot,), daemon=True).start()
            library.warm()
        return library

    def open(self) -> None:
        """Open the live library now, if there is one, so that no request has to wait."""
        try:
            self.library()
        except LibraryError:
            _LOG.info("there is no library to open yet")

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

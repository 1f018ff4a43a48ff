"""The source of a dump's bytes: a file or a pipe whose reading can be cancelled."""

import io
import os
import select
import stat
import sys
from pathlib import Path
from threading import Event, Lock
from typing import BinaryIO, cast

from index.errors import BadDump


class CalledOff(Exception):
    """Reading was cancelled; nobody wants the bytes any more."""


class Source(io.RawIOBase):
    """Bytes that one thread reads; any other may cancel that, even while the reader waits.

    The reader also closes the file. If another thread closed the descriptor during a
    read, it might already belong to the next file opened, which would lose those bytes.
    """

    def __init__(self, raw: BinaryIO, *, is_ours: bool = True) -> None:
        """Keep an opened file; one that is not ours stays open."""
        super().__init__()
        self._raw = cast("io.FileIO", raw)
        self._is_ours = is_ours
        self._off = Event()
        self._lock = Lock()
        status = _status(raw)
        self.is_regular = status is None or stat.S_ISREG(status.st_mode)
        self.size = status.st_size if status and self.is_regular else None
        self._waits = None if self.is_regular else _Waits(raw.fileno())

    @classmethod
    def open(cls, path: Path) -> "Source":
        """Open a file or a named pipe. Raises BadDump."""
        try:
            raw = path.open("rb", buffering=0)
            try:
                return cls(cast("BinaryIO", raw))
            except OSError:
                raw.close()
                raise
        except OSError as error:
            raise BadDump(f"cannot open {path}: {error.strerror}") from error

    @classmethod
    def standard_input(cls) -> "Source":
        """Return standard input, which stays open."""
        buffer = sys.stdin.buffer
        return cls(getattr(buffer, "raw", buffer), is_ours=False)

    def call_off(self) -> None:
        """Make every read raise CalledOff from now on, including one that waits."""
        self._off.set()
        with self._lock:
            if self._waits and not self.closed:
                self._waits.end()

    def check(self) -> None:
        """Raise CalledOff if reading was cancelled."""
        if self._off.is_set():
            raise CalledOff

    def close(self) -> None:
        """Close the file if it is ours. Once reading has begun, only the reader may."""
        with self._lock:
            if self.closed:
                return
            super().close()
        if self._waits:
            self._waits.close()
        if self._is_ours:
            self._raw.close()

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read into a buffer; return the number of bytes, 0 only at the end."""
        while True:
            if self._waits:
                self._waits.wait()
            self.check()
            count = self._raw.readinto(buffer)
            if count is not None:  # or it is a pipe that another has just emptied
                return count

    def seekable(self) -> bool:
        """Tell whether the source can be rewound."""
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to another place."""
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._raw.tell()


class _Waits:
    """Waits until a descriptor has bytes or ends, or until the wait is cancelled."""

    def __init__(self, descriptor: int) -> None:
        self._end, self._ended = os.pipe()
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)
        self._poll.register(self._end, select.POLLIN)

    def wait(self) -> None:
        self._poll.poll()

    def end(self) -> None:
        os.write(self._ended, b"\0")

    def close(self) -> None:
        os.close(self._end)
        os.close(self._ended)


def _status(raw: BinaryIO) -> os.stat_result | None:
    try:
        return os.fstat(raw.fileno())
    except io.UnsupportedOperation:
        return None  # it lies in memory

"""Reading ahead: a separate thread reads and unpacks, a few megabytes in advance."""

from collections.abc import Generator
from contextlib import closing
from queue import SimpleQueue
from threading import Lock, Semaphore, Thread, current_thread

from index.sources.packing import Counted, explain_error, unpack
from index.sources.source import CalledOff, Source

_CHUNK = 2 << 20
_AHEAD = 4  # chunks unpacked in advance
_PATIENCE_S = 1.0


class ReadAhead:
    """The unpacked chunks of a source, iterated over once.

    The thread that reads the source closes it, so that neither outlives the other.
    `packed` counts and hashes what was read; `passed_over` names the files of an archive
    that are no dumps.
    """

    def __init__(self, name: str, source: Source) -> None:
        """Keep a name for messages and the source. Nothing is read yet."""
        self.packed = Counted(source)
        self.passed_over: list[str] = []
        self._name = name
        self._source = source
        self._ready: SimpleQueue[bytes | BaseException | None] = SimpleQueue()
        self._room = Semaphore(_AHEAD)
        self._lock = Lock()
        self._thread: Thread | None = None
        self._is_closed = False

    def __iter__(self) -> Generator[bytes]:
        """Yield the chunks; the source is closed when that ends. Raises BadDump.

        Raises ValueError if it is closed, now or while a chunk is waited for, or if it
        is iterated over already.
        """
        self._start()
        try:
            while (chunk := self._next()) is not None:
                if isinstance(chunk, BaseException):
                    raise explain_error(self._name, chunk) from chunk
                self._room.release()
                yield chunk
        finally:
            self.close()

    def close(self) -> None:
        """End the thread, and with it the source. Any thread may, more than once.

        A pipe's thread is woken, and ends at once but where another process has read
        what it was promised; it is not waited for then, and still closes the pipe.
        """
        with self._lock:
            self._is_closed = True
            thread = self._thread
        self._source.call_off()
        if thread is None:
            self._source.close()
            return
        self._room.release()
        self._ready.put(None)  # for who waits
        if thread is not current_thread():
            thread.join(None if self._source.is_regular else _PATIENCE_S)

    def _next(self) -> bytes | BaseException | None:
        chunk = self._ready.get()
        if self._is_closed:
            raise ValueError(f"{self._name} was closed before it was read to its end")
        return chunk

    def _start(self) -> None:
        with self._lock:
            if self._is_closed:
                raise ValueError(f"{self._name} is closed")
            if self._thread:
                raise ValueError(f"{self._name} is being read; it is read once")
            thread = Thread(target=self._run, name=f"read {self._name}", daemon=True)
            thread.start()
            self._thread = thread

    def _run(self) -> None:
        with closing(self._source):
            try:
                self._read()
            except CalledOff:
                return
            except BaseException as error:  # noqa: BLE001  it is raised again by the reader
                self._ready.put(error)
            else:
                self._ready.put(None)

    def _read(self) -> None:
        text = unpack(self.packed, self.passed_over)
        while chunk := text.read(_CHUNK):
            self._room.acquire()
            self._source.check()
            self._ready.put(chunk)
        while self.packed.read(_CHUNK):
            pass  # what follows the packed data still counts for the checksum

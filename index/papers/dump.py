"""Which papers an arXiv dump holds: one JSON object a line, packed or not.

Plain text, gzip, xz, Zstandard and zip are told apart by their first bytes, not by
name. Reading and unpacking run in a thread of their own, a few megabytes ahead; a
record that is no paper is counted, shown and skipped.
"""

import gzip
import hashlib
import io
import lzma
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Full, Queue
from threading import Event, Thread
from typing import IO, BinaryIO, Final, cast

from backports import zstd

from index.errors import BadDump
from index.papers.paper import Paper
from index.papers.record import BadRecord, read_record

MAX_LINE = 16 << 20
"""A longer line, in bytes, is not a record. The longest real one has 0.2 MB."""

EXAMPLES = 10
"""Bad records shown of each kind."""

_CHUNK = 2 << 20
_AHEAD = 4  # chunks unpacked before they are asked for
_EXCERPT = 60
_UNREADABLE = (
    EOFError,
    OSError,
    lzma.LZMAError,
    zlib.error,
    zstd.ZstdError,
    zipfile.BadZipFile,
    NotImplementedError,  # a zip method that Python does not know
    RuntimeError,  # an encrypted zip
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A record that was skipped: its line number from 1, and how it begins."""

    reason: str
    line: int
    excerpt: str


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the lines read so far. Blank lines do not count."""

    read: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    examples: list[BadLine] = field(default_factory=list)

    def skip(self, reason: str, line: int, text: bytes) -> None:
        """Count a bad record, and keep it as an example if it is one of the first."""
        self.skipped[reason] += 1
        if self.skipped[reason] <= EXAMPLES:
            excerpt = text[:_EXCERPT].decode("utf-8", "backslashreplace")
            self.examples.append(BadLine(reason=reason, line=line, excerpt=excerpt))


class Dump:
    """An opened dump: iterate over it once to get its papers.

    `tally` grows while it is read; `sha256` of the packed bytes is known at the end.
    """

    def __init__(self, name: str, raw: BinaryIO, size: int | None) -> None:
        """Keep a name for messages, the packed bytes, and their number if known."""
        self.name = name
        self.size = size
        self.tally = Tally()
        self.seconds_unpacking = 0.0
        self._bytes = _Counted(raw)

    @classmethod
    @contextmanager
    def open(cls, path: str | Path) -> "Iterator[Dump]":
        """Open a dump file, or standard input for "-". Raises BadDump."""
        if str(path) == "-":
            yield cls("standard input", sys.stdin.buffer, None)
            return
        path = Path(path)
        try:
            raw = path.open("rb", buffering=0)
            size = path.stat().st_size
        except OSError as error:
            raise BadDump(f"cannot open {path}: {error.strerror}") from error
        with raw:
            yield cls(
                path.name, cast("BinaryIO", raw), size if path.is_file() else None
            )

    @property
    def position(self) -> int:
        """How many packed bytes have been read."""
        return self._bytes.count

    @property
    def sha256(self) -> str:
        """The SHA-256 of the packed bytes read so far, in hexadecimal."""
        return self._bytes.digest.hexdigest()

    def __iter__(self) -> Iterator[Paper]:
        """Yield the papers in the order of the dump. Raises BadDump if it breaks off."""
        tally = self.tally
        with closing(self._lines()) as lines:
            for number, line in enumerate(lines, start=1):
                if line is _TOO_LONG:
                    tally.read += 1
                    tally.skip("too_long", number, b"")
                elif line and not line.isspace():
                    record = line if tally.read else self._first(line)
                    tally.read += 1
                    try:
                        yield read_record(record)
                    except BadRecord as bad:
                        tally.skip(bad.reason, number, line)

    def _first(self, line: bytes) -> bytes:
        """Return the first record without a byte order mark, if it is not an array."""
        line = line.removeprefix(b"\xef\xbb\xbf").lstrip()
        if line.startswith(b"["):
            raise BadDump(
                f"{self.name} is a JSON array; a dump is one JSON object a line, as "
                f"`jq -c '.[]' {self.name}` prints them"
            )
        return line

    def _lines(self) -> Iterator[bytes]:
        """Yield lines without their ends; _TOO_LONG stands for one over MAX_LINE."""
        rest, dropping = b"", False
        for chunk in self._chunks():
            lines = (rest + chunk).split(b"\n")
            rest = lines.pop()
            for line in lines:
                yield _TOO_LONG if dropping or len(line) > MAX_LINE else line
                dropping = False
            if len(rest) > MAX_LINE:
                rest, dropping = b"", True
            elif dropping:
                rest = b""
        if dropping:
            yield _TOO_LONG
        elif rest:
            yield rest

    def _chunks(self) -> Iterator[bytes]:
        """Yield unpacked chunks, read ahead by a thread that ends with this iterator."""
        ahead: Queue[bytes | BaseException | None] = Queue(_AHEAD)
        stop = Event()
        thread = Thread(target=self._unpack, args=(ahead, stop), daemon=True)
        thread.start()
        try:
            while (chunk := ahead.get()) is not None:
                if isinstance(chunk, BaseException):
                    raise _explained(self.name, chunk) from chunk
                yield chunk
        finally:
            stop.set()

    def _unpack(
        self, ahead: "Queue[bytes | BaseException | None]", stop: Event
    ) -> None:
        try:
            with _unpacked(self._bytes) as text:
                while (chunk := text.read(_CHUNK)) and not stop.is_set():
                    _put(ahead, chunk, stop)
            while self._bytes.read(_CHUNK) and not stop.is_set():
                pass  # what follows the packed data still counts for the checksum
            _put(ahead, None, stop)
        except BaseException as error:  # noqa: BLE001  it is raised again by the reader
            _put(ahead, error, stop)


_TOO_LONG: Final = b"\x00too long"


class _Counted(io.RawIOBase):
    """Bytes that are counted and hashed as they are read; seeking gives that up."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__()
        self.count = 0
        self.digest = hashlib.sha256()
        self._raw = raw
        self._pushed = b""
        self._is_done = False

    def peek(self, size: int) -> bytes:
        """Return the first bytes without consuming them."""
        while len(self._pushed) < size and (more := self._raw.read(size)):
            self._pushed += more
        return self._pushed[:size]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._is_done:
            return 0
        data = self._pushed[: len(buffer)] or self._raw.read(len(buffer)) or b""
        self._pushed = self._pushed[len(data) :]
        buffer[: len(data)] = data
        self.count += len(data)
        self.digest.update(data)
        return len(data)

    def unread(self) -> BinaryIO:
        """Hash the whole file now and return it rewound, for a format that seeks."""
        if not self._raw.seekable():
            raise BadDump(
                "a zip archive cannot be read from a pipe; name the file, or unzip it "
                "and pipe the JSON lines"
            )
        while self.read(_CHUNK):
            pass
        self._is_done = True
        self._raw.seek(0)
        return self._raw


@contextmanager
def _unpacked(raw: _Counted) -> Iterator[IO[bytes]]:
    start = raw.peek(6)
    source: IO[bytes]
    if start.startswith(b"\x1f\x8b"):
        source = cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    elif start.startswith(b"\xfd7zXZ\x00"):
        source = lzma.LZMAFile(cast("IO[bytes]", raw))
    elif start.startswith(b"\x28\xb5\x2f\xfd"):
        source = cast("IO[bytes]", zstd.ZstdFile(raw))
    elif start.startswith(b"PK\x03\x04"):
        archive = zipfile.ZipFile(raw.unread())
        source = archive.open(_member(archive))
    else:
        source = cast("IO[bytes]", raw)
    yield source


def _member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the largest file of an archive: a dump may have a licence beside it."""
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    if not files:
        raise BadDump("the zip archive is empty")
    return max(files, key=lambda entry: entry.file_size)


def _put(
    ahead: "Queue[bytes | BaseException | None]",
    item: bytes | BaseException | None,
    stop: Event,
) -> None:
    while not stop.is_set():
        try:
            return ahead.put(item, timeout=0.1)
        except Full:
            continue
    return None


def _explained(name: str, error: BaseException) -> BaseException:
    if isinstance(error, BadDump) or not isinstance(error, _UNREADABLE):
        return error
    if isinstance(error, EOFError):
        return BadDump(f"{name} is truncated: it ends in the middle; fetch it again")
    return BadDump(f"{name} cannot be unpacked: {error}; fetch it again")

"""A dump of arXiv papers: one JSON object per line, compressed or not.

Plain text, gzip, xz, Zstandard and zip are told apart by their first bytes, not by
name. Reading and unpacking run in a thread of their own, a few megabytes ahead; a
record that is no paper is counted, shown and skipped.
"""

import sys
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Full, Queue
from threading import Event, Thread
from typing import BinaryIO, Final, cast

from index.errors import BadDump
from index.papers.paper import Paper
from index.sources.packing import Counted, explained, unpacked
from index.sources.record import BadRecord, read_record

MAX_LINE = 16 << 20
"""A longer line, in bytes, is not a record. The longest real one has 0.2 MB."""

EXAMPLES = 10
"""Bad records shown of each kind."""

_CHUNK = 2 << 20
_AHEAD = 4  # chunks unpacked before they are asked for
_EXCERPT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A record that was skipped: its line number from 1, and how it begins."""

    reason: str
    line: int
    excerpt: str


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of the records read and skipped so far. Blank lines do not count."""

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
        self._bytes = Counted(raw)

    @classmethod
    @contextmanager
    def open(cls, path: str | Path) -> "Iterator[Dump]":
        """Open a dump file, or standard input for "-". Raises BadDump."""
        if str(path) == "-":
            source = sys.stdin.buffer
            yield cls("standard input", getattr(source, "raw", source), None)
            return
        path = Path(path)
        try:
            raw = path.open("rb", buffering=0)
            size = path.stat().st_size
        except OSError as error:
            raise BadDump(f"cannot open {path}: {error.strerror}") from error
        with raw:
            yield cls(path.name, cast("BinaryIO", raw), size if path.is_file() else None)

    @property
    def position(self) -> int:
        """The number of packed bytes read so far."""
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

    def _lines(self) -> Generator[bytes]:
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
                    raise explained(self.name, chunk) from chunk
                yield chunk
        finally:
            stop.set()

    def _unpack(self, ahead: "Queue[bytes | BaseException | None]", stop: Event) -> None:
        try:
            text = unpacked(self._bytes)
            while (chunk := text.read(_CHUNK)) and not stop.is_set():
                _put(ahead, chunk, stop)
            while self._bytes.read(_CHUNK) and not stop.is_set():
                pass  # what follows the packed data still counts for the checksum
            _put(ahead, None, stop)
        except BaseException as error:  # noqa: BLE001  it is raised again by the reader
            _put(ahead, error, stop)


_TOO_LONG: Final = b"\x00too long"


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

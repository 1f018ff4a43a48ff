"""A dump of arXiv papers: one JSON object per line, compressed or not.

Plain text, gzip, xz, Zstandard, zip and tar are told apart by their first bytes, not by
name. An archive's files that are no dumps are passed over, and named. A record that is
no paper is counted, shown and skipped.
"""

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from index.errors import BadDump
from index.papers.paper import Paper
from index.sources.ahead import ReadAhead
from index.sources.bad_record import BadRecord
from index.sources.record import read_record
from index.sources.source import Source

MAX_LINE = 16 << 20
"""A longer line, in bytes, is not a record. The longest real one has 0.2 MB."""

EXAMPLES = 10
"""Bad records shown of each kind."""

_EXCERPT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A record that was skipped: its line number from 1, and how it begins, printable."""

    reason: str
    line: int
    excerpt: str


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of the records read and skipped so far. Blank lines do not count.

    `left_out` counts parts of author lists that are no names, by reason. `newest` is the
    newest day on which a record was changed, as the records tell, none after today.
    """

    read: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    examples: list[BadLine] = field(default_factory=list)
    newest: date | None = None

    def see(self, day: date) -> None:
        """Note the day on which a record was changed; one that is yet to come is a slip."""
        if (self.newest is None or day > self.newest) and day <= datetime.now(UTC).date():
            self.newest = day

    def leave_out(self, reason: str) -> None:
        """Count a part of an author list that is no name."""
        self.left_out[reason] += 1

    def skip(self, reason: str, line: int, text: bytes) -> None:
        """Count a bad record, and keep it as an example if it is one of the first."""
        self.skipped[reason] += 1
        if self.skipped[reason] <= EXAMPLES:
            excerpt = _show(text[:_EXCERPT])
            self.examples.append(BadLine(reason=reason, line=line, excerpt=excerpt))


def _show(text: bytes) -> str:
    """Return what can be printed; the rest, which may steer a terminal, is escaped."""
    letters = text.decode("utf-8", "backslashreplace")
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in letters
    )


class Dump:
    """An opened dump: iterate over it once to get its papers.

    `tally` grows while it is read; `sha256` of the packed bytes is known at the end.
    """

    def __init__(self, name: str, source: Source) -> None:
        """Keep a name for messages, and where the packed bytes come from."""
        self.name = name
        self.size = source.size
        self.tally = Tally()
        self._chunks = ReadAhead(name, source)

    @classmethod
    @contextmanager
    def open(cls, path: str | Path) -> "Iterator[Dump]":
        """Open a dump file, or standard input for "-". Raises BadDump."""
        if str(path) == "-":
            dump = cls("standard input", Source.standard_input())
        else:
            dump = cls(Path(path).name, Source.open(Path(path)))
        with closing(dump):
            yield dump

    def close(self) -> None:
        """End the reading, wherever it is, and close the file; a pipe is not waited for."""
        self._chunks.close()

    @property
    def position(self) -> int:
        """The number of packed bytes read so far."""
        return self._chunks.packed.count

    @property
    def passed_over(self) -> tuple[str, ...]:
        """The names, printable, of an archive's files that are no dumps, so far."""
        return tuple(
            _show(name.encode(errors="replace")) for name in self._chunks.passed_over
        )

    @property
    def sha256(self) -> str:
        """The SHA-256 of the packed bytes read so far, in hexadecimal."""
        return self._chunks.packed.digest.hexdigest()

    def __iter__(self) -> Iterator[Paper]:
        """Yield the papers in the order of the dump. Raises BadDump if it breaks off.

        The file is closed when the iterator is. Raises ValueError for a closed dump, and
        for one that is being read.
        """
        tally = self.tally
        with closing(iter(self._chunks)) as chunks, closing(_lines(chunks)) as lines:
            for number, line in enumerate(lines, start=1):
                if line is _TOO_LONG:
                    tally.read += 1
                    tally.skip("too_long", number, b"")
                elif line and not line.isspace():
                    record = line if tally.read else self._first(line)
                    tally.read += 1
                    try:
                        yield read_record(record, tally.leave_out, tally.see)
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


_TOO_LONG: Final = b"\x00too long"


def _lines(chunks: Iterator[bytes]) -> Generator[bytes]:
    """Yield lines without their ends; _TOO_LONG stands for one over MAX_LINE."""
    rest, dropping = b"", False
    for chunk in chunks:
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

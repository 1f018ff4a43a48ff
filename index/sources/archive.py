"""An archive as a dump: its files of JSON lines, read one after the other.

The names of its other files, such as a licence, are noted.
"""

import tarfile
import zipfile
from collections.abc import Iterator
from typing import IO, Protocol, cast

from index.errors import BadDump

_BLOCK = 512  # bytes of a tar header, which begins the archive
_BEGINS = (b"{", b"[")  # an array is refused by name later
_SPACE = b"\xef\xbb\xbf \t\r\n"
_LOOKED_AT = 4_096
_CHUNK = 1 << 20


class Readable(Protocol):
    """Bytes that can be read forwards."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, at most so many; none at the end."""
        ...


def open_archive(text: Readable, passed_over: list[str]) -> Readable:
    """Return the bytes of a dump in a tar archive; other bytes as they are.

    Files that do not begin like JSON are passed over, and noted. Reading may raise
    BadDump, tarfile.TarError and, where the archive's end is missing, EOFError.
    """
    head = b""
    while not _is_json(head) and (more := text.read(_BLOCK - len(head))):
        head += more
    rejoined = _Chained(iter([_Bytes(head), text]))
    return _Chained(_read_files(rejoined, passed_over)) if _is_header(head) else rejoined


def _is_header(block: bytes) -> bool:
    """Tell whether a block is a tar header: its checksum fits."""
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def read_zipped(archive: zipfile.ZipFile, passed_over: list[str]) -> Readable:
    """Return the bytes of a dump in a zip archive; without JSON, those of its largest file.

    Raises BadDump for an empty archive.
    """
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    if not files:
        raise BadDump("the zip archive is empty")
    dumps = [entry for entry in files if _begins_as_json(archive, entry)]
    dumps = dumps or [max(files, key=lambda entry: entry.file_size)]
    passed_over += [entry.filename for entry in files if entry not in dumps]
    return _Chained(
        part for entry in dumps for part in (archive.open(entry), _Bytes(b"\n"))
    )


def _begins_as_json(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    with archive.open(entry) as file:
        return _is_json(file.read(_LOOKED_AT))


def _read_files(packed: Readable, passed_over: list[str]) -> Iterator[Readable]:
    found = 0
    watched = _Watched(packed)
    with tarfile.open(fileobj=cast("IO[bytes]", watched), mode="r|") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isreg() else None
            head = file.read(_LOOKED_AT) if file else b""
            if file and _is_json(head):
                found += 1
                yield from (_Bytes(head), file, _Bytes(b"\n"))
            elif not member.isdir():
                passed_over.append(member.name)
    watched.check_end()
    if not found:
        raise BadDump("the tar archive has no file of JSON lines")


def _is_json(head: bytes) -> bool:
    return head.lstrip(_SPACE).startswith(_BEGINS)


class _Watched:
    """An archive whose end is looked at: tarfile takes a cut header for one."""

    def __init__(self, packed: Readable) -> None:
        self._packed = packed
        self._last = b""

    def read(self, size: int, /) -> bytes:
        data = self._packed.read(size)
        self._last = (self._last + data)[-_BLOCK:]
        return data

    def check_end(self) -> None:
        """Read what is left; raise EOFError if it does not end with a block of zeros."""
        while self.read(_CHUNK):
            pass
        if self._last != bytes(_BLOCK):
            raise EOFError


class _Bytes:
    """A few bytes, to be read."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int, /) -> bytes:
        data, self._data = self._data[:size], self._data[size:]
        return data


class _Chained:
    """Several readables as one."""

    def __init__(self, parts: Iterator[Readable]) -> None:
        self._parts = parts
        self._part: Readable | None = next(parts, None)

    def read(self, size: int, /) -> bytes:
        while self._part is not None:
            if data := self._part.read(size):
                return data
            self._part = next(self._parts, None)
        return b""

"""Packing of a dump: gzip, bzip2, xz, Zstandard, zip or tar, known by its first bytes."""

import bz2
import gzip
import hashlib
import io
import lzma
import tarfile
import zipfile
import zlib
from typing import IO, cast

from backports import zstd

from index.errors import BadDump
from index.sources.archive import Readable, open_archive, read_zipped
from index.sources.source import Source

_CHUNK = 2 << 20
UNREADABLE = (
    EOFError,
    OSError,
    lzma.LZMAError,
    zlib.error,
    zstd.ZstdError,
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,  # a zip method that Python does not know
    RuntimeError,  # an encrypted zip
)


class Counted(io.RawIOBase):
    """Bytes that are counted and hashed as they are read; `unread` ends that."""

    def __init__(self, raw: Source) -> None:
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
        """Say yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read into a buffer; return how many bytes."""
        if self._is_done:
            return 0
        data = self._pushed[: len(buffer)] or self._raw.read(len(buffer)) or b""
        self._pushed = self._pushed[len(data) :]
        buffer[: len(data)] = data
        self.count += len(data)
        self.digest.update(data)
        return len(data)

    def unread(self) -> Source:
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


def unpack(raw: Counted, passed_over: list[str]) -> Readable:
    """Return the bytes behind packed ones; note the files of an archive passed over.

    Reading may raise what UNREADABLE lists.
    """
    if raw.peek(4) == b"PK\x03\x04":
        archive = zipfile.ZipFile(cast("IO[bytes]", raw.unread()))
        return read_zipped(archive, passed_over)  # closed with the file it reads
    return open_archive(_decompress(raw), passed_over)


def _decompress(raw: Counted) -> Readable:
    start = raw.peek(6)
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=raw)
    if start.startswith(b"BZh"):
        return bz2.BZ2File(cast("IO[bytes]", raw))
    if start.startswith(b"\xfd7zXZ\x00"):
        return lzma.LZMAFile(cast("IO[bytes]", raw))
    if start.startswith(b"\x28\xb5\x2f\xfd"):
        return zstd.ZstdFile(raw)
    return raw


def explain_error(name: str, error: BaseException) -> BaseException:
    """Return a BadDump for what went wrong with unpacking, any other error as it is."""
    if isinstance(error, BadDump) or not isinstance(error, UNREADABLE):
        return error
    if isinstance(error, EOFError) or str(error) == "unexpected end of data":
        return BadDump(f"{name} is truncated: it ends in the middle; fetch it again")
    return BadDump(f"{name} cannot be unpacked: {error}; fetch it again")

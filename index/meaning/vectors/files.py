"""Files of vectors: one quantised row per paper.

    dimensions    the number of dimensions, as text
    rows.i8       int8, 127 for the largest magnitude of a row
    scales.f4     float32: a row's vector is its int8 values times its scale
    signs.u1      a bit per dimension, set if the number is above zero
    digests.u8    uint64: the digest of the text (index/snapshots/encoding/digests.py)

All numbers are little-endian; rows are in the order of keys. The files grow together;
after a kill, only rows that are complete in all of them count.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from index.errors import BrokenSnapshot, BuildFailed

Floats = NDArray[np.float32]
Digests = NDArray[np.uint64]

ROWS, SCALES, SIGNS, DIGESTS = "rows.i8", "scales.f4", "signs.u1", "digests.u8"
_DIMENSIONS = "dimensions"
_GREATEST = 127
_MOST_DIMENSIONS = 8_192


def compute_widths(dimensions: int) -> dict[str, int]:
    """Return the bytes of a row in each file."""
    return {ROWS: dimensions, SCALES: 4, SIGNS: -(-dimensions // 8), DIGESTS: 8}


def read_dimensions(directory: Path) -> int:
    """Read the number of dimensions. Raises BrokenSnapshot."""
    try:
        dimensions = int((directory / _DIMENSIONS).read_text())
    except (OSError, ValueError) as error:
        raise BrokenSnapshot(f"cannot read {directory / _DIMENSIONS}: {error}") from error
    if not 0 < dimensions <= _MOST_DIMENSIONS:
        raise BrokenSnapshot(f"{directory} has vectors of {dimensions} dimensions")
    return dimensions


def count_whole_rows(directory: Path) -> int:
    """Count the rows that are complete in all files. Raises BrokenSnapshot."""
    sizes = compute_widths(read_dimensions(directory))
    try:
        return min((directory / f).stat().st_size // width for f, width in sizes.items())
    except OSError as error:
        raise BrokenSnapshot(f"cannot open {error.filename}: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class Packed:
    """Vectors as the files have them: int8 of (n, dimensions), n scales, n rows of bits."""

    rows: NDArray[np.int8]
    scales: Floats
    signs: NDArray[np.uint8]

    @classmethod
    def blank(cls, count: int, dimensions: int) -> Self:
        """Return so many vectors of zeros."""
        return cls.of(np.zeros((count, dimensions), dtype=np.float32))

    @classmethod
    def of(cls, vectors: Floats) -> Self:
        """Pack float32 of (n, dimensions). Raises ValueError if some are not finite."""
        if not np.isfinite(vectors).all():
            raise ValueError("a vector has numbers that are not finite")
        scales = np.abs(vectors).max(axis=1, initial=0.0) / _GREATEST
        small = vectors / np.where(scales > 0, scales, 1.0)[:, np.newaxis]
        return cls(
            np.rint(small).astype(np.int8), scales.astype("<f4"), pack_signs(vectors)
        )

    def put(self, places: NDArray[np.bool_], others: Self) -> None:
        """Replace those at some places, in order."""
        self.rows[places] = others.rows
        self.scales[places] = others.scales
        self.signs[places] = others.signs


class VectorsWriter:
    """Writes vectors in the order of their keys, which begin at 1. One thread."""

    def __init__(self, directory: Path, dimensions: int) -> None:
        """Open the files of a directory; use `create` or `extend`."""
        self._directory = directory
        self._dimensions = dimensions
        self.count = 0
        with self._explain_errors():
            self._files: dict[str, BinaryIO] = {
                name: (directory / name).open("r+b") for name in compute_widths(dimensions)
            }

    @classmethod
    def create(cls, directory: Path, dimensions: int) -> Self:
        """Start in a new directory. Raises BuildFailed."""
        with _explain_errors(directory):
            directory.mkdir(parents=True)
            (directory / _DIMENSIONS).write_text(f"{dimensions}\n")
            for name in compute_widths(dimensions):
                (directory / name).touch()
        return cls(directory, dimensions)

    @classmethod
    def extend(cls, directory: Path) -> Self:
        """Continue after the last complete row. Raises BrokenSnapshot."""
        writer = cls(directory, read_dimensions(directory))
        writer._end_at(count_whole_rows(directory))
        return writer

    def append(self, vectors: Floats, digests: Digests) -> None:
        """Append unit vectors, float32 of (n, dimensions).

        Raises ValueError for another shape or numbers that are not finite; BuildFailed.
        """
        self._check(vectors)
        self.append_packed(Packed.of(vectors), digests)

    def append_packed(self, packed: Packed, digests: Digests) -> None:
        """Append vectors that are packed. Raises ValueError, BuildFailed."""
        if len(digests) != len(packed.rows):
            raise ValueError(f"{len(packed.rows)} vectors have {len(digests)} digests")
        self._write(packed, digests)
        self.count += len(packed.rows)

    def put(self, key: int, vector: Floats, digest: int) -> None:
        """Replace the vector of an existing key. Raises ValueError, BuildFailed."""
        if not 0 < key <= self.count:
            raise ValueError(f"there is no vector {key} to replace")
        digests = np.array([digest], dtype=np.uint64)
        self._check(vector[np.newaxis])
        packed = Packed.of(vector[np.newaxis])
        self._seek(key - 1)
        self._write(packed, digests)
        self._seek(self.count)

    def shorten(self, count: int) -> None:
        """Drop the vectors of all keys above `count`. Raises BuildFailed."""
        if count < self.count:
            self._end_at(count)

    def flush(self) -> None:
        """Flush to the operating system, so that the rows outlive this process."""
        with self._explain_errors():
            for file in self._files.values():
                file.flush()

    def close(self) -> None:
        """Flush and close the files."""
        with self._explain_errors():
            for file in self._files.values():
                file.close()

    def _check(self, vectors: Floats) -> None:
        if vectors.ndim != 2 or vectors.shape[1] != self._dimensions:  # noqa: PLR2004  rows and columns
            raise ValueError(f"vectors are {vectors.shape}, not (n, {self._dimensions})")

    def _write(self, packed: Packed, digests: Digests) -> None:
        content: dict[str, NDArray[Any]] = {
            ROWS: packed.rows,
            SCALES: packed.scales,
            SIGNS: packed.signs,
            DIGESTS: digests.astype("<u8"),
        }
        with self._explain_errors():
            for name, numbers in content.items():
                self._files[name].write(numbers.tobytes())

    def _seek(self, row: int) -> None:
        for name, width in compute_widths(self._dimensions).items():
            self._files[name].seek(row * width)

    def _end_at(self, rows: int) -> None:
        self.count = rows
        with self._explain_errors():
            for name, width in compute_widths(self._dimensions).items():
                self._files[name].truncate(rows * width)
        self._seek(rows)

    @contextmanager
    def _explain_errors(self) -> Iterator[None]:
        with _explain_errors(self._directory):
            yield


def pack_signs(vectors: Floats) -> NDArray[np.uint8]:
    """Return a bit per dimension, packed: set if the number is above zero."""
    return np.packbits(vectors > 0, axis=1)


@contextmanager
def _explain_errors(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BuildFailed(f"cannot write {directory}: {error.strerror}") from error

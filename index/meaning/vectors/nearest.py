"""The vectors of a snapshot, and the search for those nearest to a point.

A scan over all sign bits finds the vectors at the smallest Hamming distance (faiss); the
best of them are compared in full. The files are mapped into memory and shared by all
processes that open them. The only module that imports faiss.
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from index.errors import BrokenSnapshot
from index.meaning.vectors.files import (
    DIGESTS,
    ROWS,
    SCALES,
    SIGNS,
    Floats,
    Packed,
    compute_widths,
    count_whole_rows,
    pack_signs,
    read_dimensions,
)

RESCORED = 40
"""Candidates by sign bits to compare in full, for each neighbour wanted."""

_FEWEST_RESCORED, _MOST_RESCORED = 400, 1_000
_GREATEST_SCALE = 1.01 / 127  # of a unit vector
_LEAST_RESCORED = 2  # per neighbour wanted, whatever the limits


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Keys and their cosine similarities, nearest first."""

    keys: tuple[int, ...]
    similarities: tuple[float, ...]


@cache
def _import_faiss() -> ModuleType:
    """Import faiss quietly, and only when a library with vectors is searched."""
    logging.getLogger("faiss").setLevel(logging.WARNING)
    import faiss  # noqa: PLC0415  see above

    return faiss


class Vectors:
    """Reads the vectors of a directory. Safe to share between threads."""

    def __init__(self, directory: Path) -> None:
        """Map the files. Raises BrokenSnapshot."""
        self.dimensions = read_dimensions(directory)
        self.count = count_whole_rows(directory)
        self._rows = self._map_file(directory, ROWS, "i1", self.dimensions)
        self._scales = self._map_file(directory, SCALES, "<f4")
        self._signs = self._map_file(directory, SIGNS, "u1", -(-self.dimensions // 8))
        self.digests = self._map_file(directory, DIGESTS, "<u8")

    @classmethod
    def open(cls, directory: Path, count: int) -> Self:
        """Open finished vectors, which must have `count` rows. Raises BrokenSnapshot."""
        vectors = cls(directory)
        sizes = compute_widths(vectors.dimensions)
        if any((directory / f).stat().st_size != count * w for f, w in sizes.items()):
            raise BrokenSnapshot(
                f"{directory} does not hold just {count:,} vectors; run `winnow verify`"
            )
        if not ((vectors._scales >= 0) & (vectors._scales <= _GREATEST_SCALE)).all():
            raise BrokenSnapshot(f"{directory / SCALES} is damaged; run `winnow verify`")
        return vectors

    def of(self, keys: Sequence[int]) -> Floats:
        """Return the vectors of keys: float32 of (n, dimensions), of about unit length."""
        rows = np.asarray(keys, dtype=np.int64) - 1
        found: Floats = self._rows[rows].astype(np.float32)
        found *= self._scales[rows][:, np.newaxis]
        return found

    def packed(self, rows: NDArray[np.int64]) -> Packed:
        """Return vectors as the files have them; rows begin at 0."""
        return Packed(self._rows[rows], self._scales[rows], self._signs[rows])

    def similarities(self, vector: Floats, keys: Sequence[int]) -> Floats:
        """Return the cosine of a unit vector with each of the keys' vectors."""
        rows = np.asarray(keys, dtype=np.int64) - 1
        found: Floats = self._rows[rows].astype(np.float32) @ self._check(vector)
        found *= self._scales[rows]
        return found

    def nearest(
        self, vector: Floats, limit: int, *, without: Collection[int] = ()
    ) -> Neighbours:
        """Return the `limit` keys nearest to a unit vector of (dimensions,) by cosine.

        Ties are in the order of keys. Raises ValueError for another shape, or numbers
        that are not finite.
        """
        vector = self._check(vector)
        if limit < 1 or not self.count:
            return Neighbours((), ())
        candidates = self._find_candidates(vector, limit + len(without))
        if without:
            candidates = np.setdiff1d(candidates, np.fromiter(without, np.int64))
        similarities = self.similarities(vector, candidates)  # type: ignore[arg-type]
        order = np.lexsort((candidates, -similarities))[:limit]
        return Neighbours(
            tuple(candidates[order].tolist()), tuple(similarities[order].tolist())
        )

    def _find_candidates(self, vector: Floats, wanted: int) -> NDArray[np.int64]:
        """Return the keys whose sign bits differ least, in increasing order."""
        enough = min(RESCORED * wanted, max(_MOST_RESCORED, _LEAST_RESCORED * wanted))
        most = min(self.count, max(_FEWEST_RESCORED, enough))
        if most == self.count:
            return np.arange(1, self.count + 1)
        faiss = _import_faiss()
        faiss.omp_set_num_threads(1)  # for this thread: others run queries of their own
        signs = pack_signs(vector[np.newaxis])
        _, found = faiss.knn_hamming(signs, self._signs, most)
        return np.sort(found[0].astype(np.int64)) + 1

    def _check(self, vector: Floats) -> Floats:
        if vector.shape != (self.dimensions,) or not np.isfinite(vector).all():
            raise ValueError(
                f"a vector of {vector.shape} is given where vectors have "
                f"{self.dimensions} finite numbers"
            )
        return vector.astype(np.float32, copy=False)

    def _map_file(
        self, directory: Path, name: str, kind: str, width: int | None = None
    ) -> NDArray[Any]:
        shape = (self.count,) if width is None else (self.count, width)
        if not self.count:
            return np.zeros(shape, dtype=kind)
        try:
            return np.asarray(np.memmap(directory / name, kind, "r", shape=shape))
        except (OSError, ValueError) as error:
            raise BrokenSnapshot(f"cannot open {directory / name}: {error}") from error

"""Donors: vectors that were made before, of texts that a build has again."""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from index.errors import BrokenSnapshot
from index.meaning.encoders.encoder import EncoderRecord
from index.meaning.vectors.files import Digests, VectorsWriter
from index.meaning.vectors.nearest import Vectors
from index.snapshots.layout import VECTORS
from index.snapshots.manifest import Manifest, find_altered

_LOG = logging.getLogger(__name__)

RECORD = "encoder.json"
"""Beside vectors in progress: their encoder."""

_BEFORE = "before"


@dataclass(slots=True)
class Donor:
    """Vectors to reuse, found by the digest of their text."""

    vectors: Vectors
    _order: NDArray[np.int64] = field(init=False)
    _sorted: Digests = field(init=False)

    def __post_init__(self) -> None:
        """Sort the digests."""
        self._order = np.argsort(self.vectors.digests)
        self._sorted = np.asarray(self.vectors.digests)[self._order]

    def find_rows(self, digests: Digests) -> NDArray[np.int64]:
        """Return the row of each digest, -1 where there is none."""
        if not len(self._sorted):
            return np.full(len(digests), -1)
        places = np.searchsorted(self._sorted, digests).clip(max=len(self._sorted) - 1)
        return np.where(self._sorted[places] == digests, self._order[places], -1)


def find_donors(live: Path | None, work: Path, record: EncoderRecord) -> Iterator[Donor]:
    """Yield the donors of vectors; skip damaged ones."""
    if (work / _BEFORE).exists():
        yield Donor(Vectors(work / _BEFORE))
    if live is None:
        return
    try:
        manifest = Manifest.read_from(live)
        if manifest.encoder != record:
            return
        problems = find_altered(live, manifest, within=f"{VECTORS}/")
        if not problems:
            yield Donor(Vectors.open(live / VECTORS, manifest.papers))
    except BrokenSnapshot as error:
        problems = [str(error)]
    if problems:
        _LOG.warning("no vectors are taken from %s: %s", live, "; ".join(problems))


def set_aside(work: Path, record: EncoderRecord) -> None:
    """Keep the larger set of vectors that earlier builds made with this encoder."""
    wanted = orjson.dumps(asdict(record))
    rows = {name: _count_rows(work / name, wanted) for name in (_BEFORE, VECTORS)}
    best = max(rows, key=lambda name: rows[name])
    for name, count in rows.items():
        if name != best or not count:
            shutil.rmtree(work / name, ignore_errors=True)
    if rows[best] and best == VECTORS:
        (work / VECTORS).rename(work / _BEFORE)


def _count_rows(directory: Path, wanted: bytes) -> int:
    try:
        if (directory / RECORD).read_bytes() != wanted:
            return 0
        return Vectors(directory).count
    except (OSError, BrokenSnapshot):
        return 0


def begin_vectors(work: Path, record: EncoderRecord) -> VectorsWriter:
    """Begin vectors in progress, with the record of their encoder. Raises BuildFailed."""
    directory = work / VECTORS
    writer = VectorsWriter.create(directory, record.dimensions)
    (directory / RECORD).write_bytes(orjson.dumps(asdict(record)))
    return writer


def has_any(live: Path | None, work: Path, record: EncoderRecord) -> bool:
    """Tell whether vectors of an encoder are there, of a live snapshot or in progress."""
    wanted = orjson.dumps(asdict(record))
    if any(_count_rows(work / name, wanted) for name in (_BEFORE, VECTORS)):
        return True
    try:
        return live is not None and Manifest.read_from(live).encoder == record
    except BrokenSnapshot:
        return False

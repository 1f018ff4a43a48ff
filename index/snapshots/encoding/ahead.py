"""Encoding ahead: vectors made in a process of their own while a dump is being read.

Reading keeps one core busy; the shipped encoder, which needs nothing but the texts, has
the other. Its vectors are left in progress, where the stage takes them from as it does
from those of a build that was killed (donors.py).
"""

import gc
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from index.meaning.encoders.encoder import AUTO, SHIPPED
from index.meaning.encoders.shipped import RECORD, open_shipped
from index.meaning.encoders.static import StaticEncoder
from index.meaning.vectors.files import VectorsWriter
from index.orphans import end_with_parent
from index.snapshots.encoding.digests import compute_digest
from index.snapshots.encoding.donors import begin_vectors, has_any, set_aside

_ALONE = 20_000  # papers; for fewer, another process is not worth starting
_WAITING = 4  # batches that may wait: reading does not run away from encoding


class Ahead:
    """Encodes texts in the order in which they come; close it at the end."""

    def __init__(self, work: Path) -> None:
        """Leave the vectors in a directory of work in progress; start with nothing."""
        self._work = work
        self._held: list[Sequence[str]] = []
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[Future[None]] = deque()

    def take(self, texts: Sequence[str]) -> None:
        """Have some texts encoded. Raises BuildFailed and OSError of earlier ones."""
        if self._pool:
            self._submit(texts)
            return
        self._held.append(texts)
        if sum(map(len, self._held)) >= _ALONE:
            set_aside(self._work, RECORD)
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(1, context, _begin, (self._work,))
            for some in self._held:
                self._submit(some)
            self._held.clear()

    def finish(self) -> None:
        """Wait until all texts are encoded, and end. Raises BuildFailed, OSError."""
        while self._waiting:
            self._waiting.popleft().result()
        if self._pool:
            self._pool.submit(_end).result()
        self.close()

    def close(self) -> None:
        """End the process, whatever still waits."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _submit(self, texts: Sequence[str]) -> None:
        assert self._pool  # noqa: S101  `take` has started it
        while len(self._waiting) >= _WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._pool.submit(_encode, texts))


@contextmanager
def encode_ahead(encoder: str, live: Path | None, work: Path) -> Iterator[Ahead | None]:
    """Yield what encodes ahead, None where it would not pay.

    Other encoders take far longer than reading, and one that is trained must have seen
    all texts; where vectors are there already, most texts have theirs.
    """
    if encoder not in (AUTO, SHIPPED) or has_any(live, work, RECORD):
        yield None
        return
    ahead = Ahead(work)
    try:
        yield ahead
    finally:
        ahead.close()


_here: list[tuple[StaticEncoder, VectorsWriter]] = []  # of the process that encodes


def _begin(work: Path) -> None:
    end_with_parent()
    gc.disable()  # texts hold no cycles
    _here.append((open_shipped().speed_up(), begin_vectors(work, RECORD)))


def _encode(texts: Sequence[str]) -> None:
    encoder, writer = _here[0]
    digests = np.array([compute_digest(text) for text in texts], dtype=np.uint64)
    writer.append(encoder.encode(texts), digests)
    writer.flush()


def _end() -> None:
    _here[0][1].close()

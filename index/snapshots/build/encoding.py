"""Encoding: the stage of a build that makes vectors, and reuses earlier ones.

data/encoding/            work in progress; outlives a build that is killed or fails
    model/                a trained static encoder
    texts                 the fingerprint of the texts that it was trained on
    vectors/              vectors so far; encoder.json names their encoder
    before/               vectors of a build that was killed, for reuse

It reuses a vector from there or from the live snapshot if encoder and text are the same.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from index.errors import BrokenSnapshot
from index.meaning.encoders.choosing import Choice, load
from index.meaning.encoders.encoder import (
    CARRIED,
    NONE,
    SHIPPED,
    STATIC,
    Encoder,
    EncoderRecord,
    compose_text,
)
from index.meaning.encoders.lessons import Material
from index.meaning.encoders.shipped import MODEL
from index.meaning.encoders.static import VERSION, StaticEncoder, describe
from index.meaning.encoders.training import train_static
from index.meaning.vectors.files import Digests, Floats, VectorsWriter
from index.meaning.vectors.nearest import Vectors
from index.papers.paper import Paper
from index.search.spelling.words import read_words
from index.snapshots.build.digests import UNCHANGED, TextDigests
from index.snapshots.catalog import Catalog
from index.snapshots.layout import ENCODER, ENCODING, VECTORS, WORDS
from index.snapshots.manifest import Manifest, find_altered
from index.snapshots.snapshot import link

_LOG = logging.getLogger(__name__)

_RECORD, _TEXTS, _MODEL, _BEFORE = "encoder.json", "texts", "model", "before"
_BATCH, _STATIC_BATCH = 128, 2_048
"""Papers between two flushes of the vectors: some seconds of work."""

_READ = 2_000

Watch = Callable[[str, int, int], None]
"""Called with a stage, the amount done, and the total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The texts to encode, and the draft to write; `live` is a snapshot to reuse."""

    data: Path
    draft: Path
    catalog: Catalog
    digests: TextDigests
    watch: Watch
    live: Path | None = None


def encode_all(task: Task, choice: Choice) -> EncoderRecord:
    """Encode every paper; return the encoder's record.

    Raises EncoderMissing, BuildFailed, OSError.
    """
    work = task.data / ENCODING
    if choice.name == NONE:
        return EncoderRecord()
    encoder, record = _train(task, work) if choice.name == STATIC else load(choice.name)
    directory = work / VECTORS
    _set_aside(work, record)
    writer = VectorsWriter.create(directory, record.dimensions)
    (directory / _RECORD).write_bytes(orjson.dumps(asdict(record)))
    donors = [*_find_donors(task, work, record)]
    count = len(task.digests)
    size = _STATIC_BATCH if choice.name in CARRIED else _BATCH
    try:
        for start in range(1, count + 1, size):
            keys = range(start, min(start + size, count + 1))
            digests = np.array(task.digests.get(keys), dtype=np.uint64)
            vectors = _make_vectors(task.catalog.by_keys(keys), digests, encoder, donors)
            writer.append(vectors, digests)
            writer.flush()
            task.watch("encode", keys.stop - 1, count)
    finally:
        writer.close()
    _lend(directory, task.draft / VECTORS)
    if choice.name == STATIC:
        _lend(work / _MODEL, task.draft / ENCODER)
    elif choice.name == SHIPPED:
        shutil.copytree(MODEL, task.draft / ENCODER, copy_function=shutil.copyfile)
    return record


def forget(data: Path) -> None:
    """Delete the work in progress, after a build has been published."""
    shutil.rmtree(data / ENCODING, ignore_errors=True)


def _lend(directory: Path, target: Path) -> None:
    """Link the files into a draft, which may still be thrown away."""
    ignored = shutil.ignore_patterns(_RECORD)
    shutil.copytree(directory, target, ignore=ignored, copy_function=link)


def encode_changed(task: Task, encoder: Encoder) -> None:
    """Encode the texts that an update changed, into the copy of its parent's vectors."""
    count = len(task.digests)
    known = np.array(Vectors(task.draft / VECTORS).digests)[:count]
    digests = np.array(task.digests.get(range(1, count + 1)), dtype=np.uint64)
    due = digests != UNCHANGED
    due[: len(known)] &= digests[: len(known)] != known
    changed = (np.flatnonzero(due) + 1).tolist()
    writer = VectorsWriter.extend(task.draft / VECTORS)
    try:
        writer.shorten(count)
        for start in range(0, len(changed), _BATCH):
            keys = changed[start : start + _BATCH]
            texts = [compose_text(paper) for paper in task.catalog.by_keys(keys)]
            _replace(writer, keys, encoder.encode(texts), digests[np.array(keys) - 1])
            task.watch("encode", start + len(keys), len(changed))
    finally:
        writer.close()


def _replace(
    writer: VectorsWriter, keys: list[int], vectors: Floats, digests: Digests
) -> None:
    for key, vector, digest in zip(keys, vectors, digests, strict=True):
        if key > writer.count:
            writer.append(vector[np.newaxis], np.array([digest], dtype=np.uint64))
        else:
            writer.put(key, vector, int(digest))


def _make_vectors(
    papers: list[Paper], digests: Digests, encoder: Encoder, donors: list["_Donor"]
) -> Floats:
    """Return the papers' vectors, reused from a donor that has the text, else encoded."""
    vectors = np.zeros((len(papers), encoder.dimensions), dtype=np.float32)
    due = np.ones(len(papers), dtype=bool)
    for donor in donors:
        rows = donor.find_rows(digests)
        given = due & (rows >= 0)
        vectors[given] = donor.vectors.of(rows[given] + 1)  # type: ignore[arg-type]
        due &= ~given
    if due.any():
        texts = [compose_text(papers[n]) for n in np.flatnonzero(due)]
        vectors[due] = encoder.encode(texts)
    return vectors


@dataclass(slots=True)
class _Donor:
    """Vectors to reuse, found by the digest of their text."""

    vectors: Vectors
    _order: NDArray[np.int64] = field(init=False)
    _sorted: Digests = field(init=False)

    def __post_init__(self) -> None:
        self._order = np.argsort(self.vectors.digests)
        self._sorted = np.asarray(self.vectors.digests)[self._order]

    def find_rows(self, digests: Digests) -> NDArray[np.int64]:
        """Return the row of each digest, -1 where there is none."""
        if not len(self._sorted):
            return np.full(len(digests), -1)
        places = np.searchsorted(self._sorted, digests).clip(max=len(self._sorted) - 1)
        return np.where(self._sorted[places] == digests, self._order[places], -1)


def _find_donors(task: Task, work: Path, record: EncoderRecord) -> Iterator[_Donor]:
    """Yield the donors of vectors; skip damaged ones."""
    if (work / _BEFORE).exists():
        yield _Donor(Vectors(work / _BEFORE))
    if task.live is None:
        return
    try:
        manifest = Manifest.read_from(task.live)
        if manifest.encoder != record:
            return
        problems = find_altered(task.live, manifest, within=f"{VECTORS}/")
        if not problems:
            yield _Donor(Vectors.open(task.live / VECTORS, manifest.papers))
    except BrokenSnapshot as error:
        problems = [str(error)]
    if problems:
        _LOG.warning("no vectors are taken from %s: %s", task.live, "; ".join(problems))


def _set_aside(work: Path, record: EncoderRecord) -> None:
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
        if (directory / _RECORD).read_bytes() != wanted:
            return 0
        return Vectors(directory).count
    except (OSError, BrokenSnapshot):
        return 0


def _train(task: Task, work: Path) -> tuple[Encoder, EncoderRecord]:
    """Train a static encoder on these texts, or reuse one that was trained on them."""
    model, texts = work / _MODEL, work / _TEXTS
    wanted = f"{task.digests.compute_fingerprint()} {STATIC} {VERSION}\n"
    if not (texts.exists() and texts.read_text() == wanted and model.exists()):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        fresh = work / f"{_MODEL}.new"
        train_static(
            Material(
                papers=chain.from_iterable(task.catalog.read_batches(_READ)),
                count=len(task.digests),
                words=read_words(task.draft / WORDS),
            ),
            fresh,
            watch=lambda done, of: task.watch("train", done, of),
        )
        fresh.rename(model)
        texts.write_text(wanted)
    return StaticEncoder.open(model).speed_up(), describe(model)

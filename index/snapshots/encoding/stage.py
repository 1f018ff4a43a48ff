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
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from index.meaning.encoders.choosing import Choice, load
from index.meaning.encoders.deferred import DeferredEncoder
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
from index.meaning.encoders.shipped import RECORD as SHIPPED_RECORD
from index.meaning.encoders.static import VERSION, StaticEncoder, describe
from index.meaning.encoders.training import train_static
from index.meaning.vectors.files import Digests, Floats, Packed, VectorsWriter
from index.meaning.vectors.nearest import Vectors
from index.search.spelling.words import read_words
from index.snapshots.catalog import Catalog
from index.snapshots.encoding.digests import UNCHANGED, TextDigests
from index.snapshots.encoding.donors import (
    RECORD,
    Donor,
    begin_vectors,
    find_donors,
    set_aside,
)
from index.snapshots.layout import ENCODER, ENCODING, VECTORS, WORDS
from index.snapshots.snapshot import link

_LOG = logging.getLogger(__name__)

_TEXTS, _MODEL = "texts", "model"
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
    encoder, record = _open(task, work, choice.name)
    directory = work / VECTORS
    set_aside(work, record)
    writer = begin_vectors(work, record)
    donors = [*find_donors(task.live, work, record)]
    count = len(task.digests)
    size = _STATIC_BATCH if choice.name in CARRIED else _BATCH
    try:
        for start in range(1, count + 1, size):
            keys = range(start, min(start + size, count + 1))
            digests = np.array(task.digests.get(keys), dtype=np.uint64)
            vectors = _make_vectors(task.catalog, keys, digests, encoder, donors)
            writer.append_packed(vectors, digests)
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
    ignored = shutil.ignore_patterns(RECORD)
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
    catalog: Catalog,
    keys: range,
    digests: Digests,
    encoder: Encoder,
    donors: list[Donor],
) -> Packed:
    """Return the papers' vectors, reused from a donor that has the text, else encoded."""
    vectors = Packed.blank(len(keys), encoder.dimensions)
    due = np.ones(len(keys), dtype=bool)
    for donor in donors:
        rows = donor.find_rows(digests)
        given = due & (rows >= 0)
        vectors.put(given, donor.vectors.packed(rows[given]))
        due &= ~given
    if due.any():
        wanted = [keys[n] for n in np.flatnonzero(due)]
        texts = [compose_text(paper) for paper in catalog.by_keys(wanted)]
        vectors.put(due, Packed.of(encoder.encode(texts)))
    return vectors


def _open(task: Task, work: Path, name: str) -> tuple[Encoder, EncoderRecord]:
    """Return an encoder and its record. All texts may have been encoded before."""
    if name == STATIC:
        return _train(task, work)
    if name == SHIPPED:
        return DeferredEncoder(SHIPPED_RECORD, lambda: load(name)[0]), SHIPPED_RECORD
    return load(name)


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

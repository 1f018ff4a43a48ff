"""The soundness of a snapshot's files, as far as opening can afford to look.

All sizes are compared with the manifest. Small files are read whole, of large ones a
sample: its digests lie in a file of the snapshot, which old snapshots do not have.
`winnow verify` reads everything.
"""

import hashlib
import stat
from pathlib import Path
from typing import BinaryIO

import orjson

from index.errors import BrokenSnapshot
from index.snapshots.layout import ENCODER, SAMPLES
from index.snapshots.manifest import Manifest, StoredFile, describe, list_files

WHOLE = 4 << 20
"""Bytes up to which a file is read whole."""

_BLOCKS, _BLOCK = 64, 4_096  # of a large file, spread evenly, its first and last included


def write_samples(draft: Path) -> None:
    """Write the digests of the large files' samples into a draft that is complete."""
    sampled = {
        name: _digest_sample(path)
        for name, path in list_files(draft)
        if path.stat().st_size > WHOLE
    }
    (draft / SAMPLES).write_bytes(orjson.dumps(sampled, option=orjson.OPT_INDENT_2))


def list_needed(manifest: Manifest) -> dict[str, StoredFile]:
    """Return the files that a library needs: without its encoder it goes by words."""
    return {
        name: stored
        for name, stored in manifest.files.items()
        if not name.startswith(f"{ENCODER}/")
    }


def check_sizes(snapshot: Path, manifest: Manifest) -> None:
    """Compare the size of every needed file with the manifest. Raises BrokenSnapshot."""
    for name, stored in list_needed(manifest).items():
        try:
            status = (snapshot / name).stat()
        except OSError as error:
            raise BrokenSnapshot(
                f"cannot open {snapshot / name}: {error.strerror}; run `winnow verify`"
            ) from error
        if not stat.S_ISREG(status.st_mode) or status.st_size != stored.bytes:
            raise BrokenSnapshot(
                f"cannot open {snapshot / name}: it has {status.st_size:,} bytes instead "
                f"of {stored.bytes:,}; run `winnow verify`"
            )


def check_files(snapshot: Path, manifest: Manifest) -> None:
    """Compare sizes, small files and samples with the manifest. Raises BrokenSnapshot."""
    check_sizes(snapshot, manifest)
    needed = list_needed(manifest)
    sampled: dict[str, str] = {}
    try:
        for name, stored in needed.items():
            if stored.bytes <= WHOLE and describe(snapshot / name) != stored:
                raise _make_error(snapshot / name)
        if SAMPLES in manifest.files:
            sampled = orjson.loads((snapshot / SAMPLES).read_bytes())
        for name, digest in sampled.items():
            if name in needed and _digest_sample(snapshot / name) != digest:
                raise _make_error(snapshot / name)
    except OSError as error:
        raise BrokenSnapshot(f"cannot open {error.filename}: {error.strerror}") from error


def _make_error(path: Path) -> BrokenSnapshot:
    return BrokenSnapshot(
        f"cannot open {path}: it is not what was written; run `winnow verify`"
    )


def _digest_sample(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for start in _spread_starts(path.stat().st_size):
            digest.update(_read_block(file, start))
    return digest.hexdigest()


def _spread_starts(size: int) -> list[int]:
    last = max(0, size - _BLOCK)
    return [last * number // (_BLOCKS - 1) for number in range(_BLOCKS)]


def _read_block(file: BinaryIO, start: int) -> bytes:
    file.seek(start)
    return file.read(_BLOCK)

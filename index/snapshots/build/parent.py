"""The snapshot that a build begins with: its files for an update, or its papers."""

import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Self

from index.errors import BrokenSnapshot
from index.papers.paper import Paper
from index.snapshots.catalog import Catalog
from index.snapshots.layout import CATALOG, ENCODER, FULLTEXT, PROPER, VECTORS
from index.snapshots.manifest import (
    Manifest,
    StoredFile,
    describe,
    find_altered,
    list_files,
)
from index.snapshots.snapshot import clone, link
from index.snapshots.soundness import check_files
from index.sources.dump import Tally

_BATCH = 2_000  # papers held in memory at once


def take_over(parent: Path, draft: Path) -> None:
    """Link the files that never change; copy the catalog, vectors and tantivy's lists.

    Copies where the file system has no hard links. What is copied is compared whole, what
    is linked as far as opening it would: it keeps the checksum that it was written with.
    Raises OSError, and BrokenSnapshot if the parent is damaged.
    """
    manifest = Manifest.read_from(parent)
    _check(parent, manifest)
    for name in (CATALOG, PROPER):
        _copy(parent, name, draft, manifest.files)
    if (parent / VECTORS).exists():
        (draft / VECTORS).mkdir()
        for path in (parent / VECTORS).iterdir():
            _copy(parent, f"{VECTORS}/{path.name}", draft, manifest.files)
    if (parent / ENCODER).exists():
        shutil.copytree(parent / ENCODER, draft / ENCODER, copy_function=link)
    (draft / FULLTEXT).mkdir()
    for path in (parent / FULLTEXT).iterdir():
        target = draft / FULLTEXT / path.name
        if path.suffix == ".json":
            shutil.copyfile(path, target)
        elif path.suffix != ".lock":
            link(path, target)


def _copy(parent: Path, name: str, draft: Path, stored: Mapping[str, StoredFile]) -> None:
    """Copy a file, and check meanwhile that it is as written.

    Raises OSError, BrokenSnapshot.
    """
    with ThreadPoolExecutor(1) as beside:
        found = beside.submit(describe, parent / name)
        clone(parent / name, draft / name)
    if found.result() != stored[name]:
        raise _make_error(parent, f"{name} is not what was written: its checksum differs")


def _check(parent: Path, manifest: Manifest) -> None:
    """Look at all files of a snapshot as far as opening does, at an encoder whole.

    Raises BrokenSnapshot.
    """
    there = {name for name, _ in list_files(parent)}
    if strange := there - manifest.files.keys():
        raise _make_error(parent, f"{min(strange)} does not belong here")
    try:
        check_files(parent, manifest)
    except BrokenSnapshot as error:
        raise _make_error(parent, str(error)) from error
    if problems := find_altered(parent, manifest, within=f"{ENCODER}/"):
        raise _make_error(parent, "; ".join(problems))


def _make_error(parent: Path, problem: str) -> BrokenSnapshot:
    return BrokenSnapshot(f"{parent} is damaged: {problem}; run `winnow rebuild DUMP`")


class OwnPapers:
    """All papers of a snapshot, in the order of their keys, as a dump would have them."""

    def __init__(self, catalog: Catalog, snapshot: Path, sha256: str) -> None:
        """Keep an opened catalog, which is in this snapshot and has this SHA-256."""
        self.name = f"its own papers in {snapshot.name}"
        self.size: int | None = (snapshot / CATALOG).stat().st_size
        self.sha256 = sha256
        self.tally = Tally()
        self._catalog = catalog
        self._count = max(1, catalog.count())

    @classmethod
    @contextmanager
    def open(cls, snapshot: Path) -> Iterator[Self]:
        """Open the papers of a snapshot. Raises BrokenSnapshot if they are not as written.

        They are all that there is: what is damaged must not become the new library.
        """
        stored = Manifest.read_from(snapshot).files[CATALOG]
        if describe(snapshot / CATALOG) != stored:
            raise BrokenSnapshot(
                f"{snapshot.name}/{CATALOG} is not what was written; restore the "
                "snapshot before this one, or rebuild from a dump"
            )
        catalog = Catalog.open(snapshot / CATALOG)
        try:
            yield cls(catalog, snapshot, stored.sha256)
        finally:
            catalog.close()

    @property
    def position(self) -> int:
        """The number of bytes read so far, as if all papers had the same size."""
        return (self.size or 0) * self.tally.read // self._count

    def __iter__(self) -> Iterator[Paper]:
        """Yield the papers without their keywords, which a build finds anew."""
        for batch in self._catalog.read_batches(_BATCH):
            for paper in batch:
                self.tally.read += 1
                yield replace(paper, keywords=())

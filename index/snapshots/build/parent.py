"""The parent of an update: the snapshot whose files it takes over."""

import errno
import os
import shutil
from pathlib import Path

from index.errors import BrokenSnapshot
from index.snapshots.layout import CATALOG, ENCODER, FULLTEXT, PROPER, VECTORS
from index.snapshots.manifest import Manifest, find_altered


def take_over(parent: Path, draft: Path) -> None:
    """Link the files that never change; copy the catalog, vectors and tantivy's lists.

    Copies where the file system has no hard links. Raises OSError, and BrokenSnapshot if
    the parent is damaged.
    """
    if problems := find_altered(parent, Manifest.read_from(parent)):
        raise BrokenSnapshot(
            f"{parent} is damaged: {'; '.join(problems)}; run `winnow rebuild DUMP`"
        )
    for name in (CATALOG, PROPER):
        shutil.copyfile(parent / name, draft / name)
    if (parent / VECTORS).exists():
        shutil.copytree(parent / VECTORS, draft / VECTORS)
    if (parent / ENCODER).exists():
        shutil.copytree(parent / ENCODER, draft / ENCODER, copy_function=link)
    (draft / FULLTEXT).mkdir()
    for path in (parent / FULLTEXT).iterdir():
        target = draft / FULLTEXT / path.name
        if path.suffix == ".json":
            shutil.copyfile(path, target)
        elif path.suffix != ".lock":
            link(path, target)


def link(path: str | Path, target: str | Path) -> None:
    """Link a file to another name, or copy it if links fail. Raises OSError."""
    try:
        os.link(path, target)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copyfile(path, target)

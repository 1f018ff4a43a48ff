"""What an update takes over from the snapshot that it begins with."""

import errno
import os
import shutil
from pathlib import Path

from index.errors import BrokenSnapshot
from index.snapshots.layout import CATALOG, ENCODER, FULLTEXT, PROPER, VECTORS
from index.snapshots.manifest import Manifest, find_altered


def take_over(parent: Path, draft: Path) -> None:
    """Share what never changes, copy what may: catalog, vectors, tantivy's lists.

    Files are shared by hard links, or copied where the file system has none. Raises
    OSError, and BrokenSnapshot rather than take over what is damaged.
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
    """Have a file under another name too, as a copy if need be. Raises OSError."""
    try:
        os.link(path, target)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copyfile(path, target)

"""Files of the history: one for each month, in which each build has a part.

    changes/2026-11.txt

    = 20261129T043000Z 2            the name of a build, and the number of its changes
    new 2611.01234                  kind and id of each
    version 2403.00009

A build appends to the file of its month, of which it writes a copy; the files of earlier
months are hard links. Where builds are not told apart, the history begins anew, with a
part that is empty.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.snapshots.history.change import Change, Mark
from index.snapshots.layout import CHANGES
from index.snapshots.snapshot import link

MONTHS = 13
"""Files that are kept: the last twelve whole months and the present one."""

MOST_BYTES = 64 << 20
"""Of all files, beyond which the oldest are left out: some 2 million changes."""


@dataclass(frozen=True, slots=True)
class Part:
    """The changes of a build: a file, and the bytes in it that hold them, line by line."""

    build: str
    count: int
    file: Path
    start: int
    stop: int


def list_files(snapshot: Path) -> list[Path]:
    """Return the files of a snapshot's history, the oldest first; none without one."""
    directory = snapshot / CHANGES
    return sorted(directory.glob("*.txt")) if directory.is_dir() else []


def begin_history(draft: Path, build: str) -> None:
    """Write a history that begins behind a build. Raises OSError."""
    (draft / CHANGES).mkdir()
    (draft / CHANGES / _name_file(build)).write_text(_write_head(build, 0))


def continue_history(
    parent: Path, draft: Path, build: str, changes: Sequence[Change]
) -> None:
    """Write the history of another snapshot, and the changes of a build. Raises OSError.

    Where that snapshot has none, the history begins behind it.
    """
    known = {file.name: file for file in list_files(parent)}
    name = max(_name_file(build), *known, "")  # a clock may have been set back
    (draft / CHANGES).mkdir()
    for file in _choose([file for file in known.values() if file.name != name]):
        link(file, draft / CHANGES / file.name)
    target = draft / CHANGES / name
    if name in known:
        shutil.copyfile(known[name], target)
    with target.open("a") as output:
        if not known:
            output.write(_write_head(parent.name, 0))
        output.write(_write_head(build, len(changes)))
        output.writelines(f"{one.kind} {one.paper_id}\n" for one in changes)


def read_parts(file: Path) -> list[Part]:
    """Return the parts of a file, the oldest first. Raises OSError, ValueError."""
    content = file.read_bytes()
    parts: list[Part] = []
    place = 0
    while place < len(content):
        end = content.index(b"\n", place)
        mark, build, count = content[place:end].decode().split(" ")
        if mark != "=" or Mark.read(build) is None:
            raise ValueError(f"a part of {file.name} begins with {mark!r} {build!r}")
        following = content.find(b"\n= ", end)
        stop = len(content) if following < 0 else following + 1
        parts.append(Part(build, int(count), file, end + 1, stop))
        place = stop
    return parts


def _write_head(build: str, count: int) -> str:
    return f"= {build} {count}\n"


def _name_file(build: str) -> str:
    return f"{build[:4]}-{build[4:6]}.txt"


def _choose(files: Sequence[Path]) -> list[Path]:
    """Return the files of earlier months to keep."""
    kept: list[Path] = []
    room = MOST_BYTES
    for file in reversed(files[-MONTHS + 1 :]):
        room -= file.stat().st_size
        if room < 0:
            break
        kept.append(file)
    return kept

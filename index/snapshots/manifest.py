"""The manifest of a snapshot: its source, its contents and its build."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Self

import orjson

from index.errors import BrokenSnapshot
from index.meaning.encoders.encoder import EncoderRecord
from index.search.terms.author_keys import VERSION

FORMAT = 5
"""Increases when older versions cannot read what newer ones write."""

OLDEST = 3
"""The oldest format that is read; what a snapshot of it lacks counts as absent."""

FIELDS = 6
"""Increases when more is kept of papers. Up to 5 it is the format."""

_TIMES = 6
"""The first fields with the times of versions in the index. A catalog has them since 5."""

NAME = "manifest.json"
_CHUNK = 4 << 20
_READINGS = 2  # from which version of the keys on names have several readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A dump: its name, its packed size in bytes, and its SHA-256.

    With `--limit` the checksum covers only the bytes that were read.
    """

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a build: its wall-clock seconds, and the process's peak memory."""

    stage: str
    seconds: float
    peak_mib: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file of a snapshot."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The description of one snapshot.

    `read` counts the records of the dump; `kept` the papers taken from it, `repeated`
    the records whose paper a later one replaced, `skipped` the bad ones by reason.
    `papers` counts all papers of the snapshot. `parent` is the snapshot an update
    was made from. `left_out` counts what was left out of author lists by reason, and
    `author_keys` is the version of the keys under which authors are found, `fields` tells
    what is kept of all of the papers (FIELDS). `harvested` has, for each set of
    arXiv's, "" for all of them, the day up to which its changes are known; it is None if no
    record told a day. `written` counts what updates have written or taken out since the
    last rebuild, None where that is not known. Days are ISO 8601.
    """

    format: int = FORMAT
    name: str
    created: str
    command: str
    parent: str | None
    source: Source
    read: int
    kept: int
    repeated: int
    skipped: dict[str, int]
    papers: int
    first_day: date | None
    last_day: date | None
    categories: dict[str, int]
    left_out: dict[str, int] = field(default_factory=dict)
    author_keys: int = 1
    fields: int = OLDEST
    harvested: dict[str, date] | None = None
    written: int | None = None
    encoder: EncoderRecord = field(default_factory=EncoderRecord)
    stages: list[Stage] = field(default_factory=list)
    files: dict[str, StoredFile] = field(default_factory=dict)

    def write(self, snapshot: Path) -> None:
        """Write the manifest into a snapshot's directory."""
        text = orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2)
        (snapshot / NAME).write_bytes(text + b"\n")

    @classmethod
    def read_from(cls, snapshot: Path) -> Self:
        """Read a snapshot's manifest. Raises BrokenSnapshot."""
        try:
            data = orjson.loads((snapshot / NAME).read_bytes())
        except FileNotFoundError:
            raise BrokenSnapshot(f"{snapshot} has no {NAME}: unfinished?") from None
        except (OSError, orjson.JSONDecodeError) as error:
            raise BrokenSnapshot(f"cannot read {snapshot / NAME}: {error}") from error
        if not isinstance(data, dict) or not _is_readable(data.get("format")):
            raise BrokenSnapshot(
                f"{snapshot} was written by another version of Winnow; "
                "run `winnow rebuild DUMP`"
            )
        try:
            manifest = cls(**_convert(data))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BrokenSnapshot(f"{snapshot / NAME} is damaged: {error}") from error
        return manifest


def _is_readable(number: object) -> bool:
    return isinstance(number, int) and OLDEST <= number <= FORMAT


def _convert(data: dict[str, Any]) -> dict[str, Any]:
    """Convert a manifest's JSON to the types of its fields."""
    data = _ABSENT | data
    for name, kind in _KINDS.items():
        if not isinstance(data[name], kind):
            raise TypeError(f"{name} is {data[name]!r}")
    for name in ("categories", "skipped", "left_out"):
        if not all(isinstance(count, int) for count in data[name].values()):
            raise TypeError(f"{name} are {data[name]!r}")
    days = {name: _parse_day(data[name]) for name in ("first_day", "last_day")}
    harvested = data["harvested"] and {
        name: date.fromisoformat(day) for name, day in data["harvested"].items()
    }
    return (
        data
        | days
        | {
            "harvested": harvested,
            "source": Source(**data["source"]),
            "encoder": EncoderRecord(**data["encoder"]),
            "stages": [Stage(**stage) for stage in data["stages"]],
            "files": {name: StoredFile(**file) for name, file in data["files"].items()},
        }
    )


_ABSENT: dict[str, Any] = {
    "left_out": {},
    "author_keys": 1,
    "fields": OLDEST,
    "harvested": None,
    "written": None,
}
"""What manifests of earlier formats lack."""

_KINDS = {
    "name": str,
    "command": str,
    "encoder": dict,
    "read": int,
    "kept": int,
    "repeated": int,
    "papers": int,
    "skipped": dict,
    "left_out": dict,
    "author_keys": int,
    "fields": int,
    "written": int | None,
    "categories": dict,
}


def _parse_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def list_gains(manifest: Manifest) -> Iterator[str]:
    """Yield what a rebuild would add to a snapshot of an earlier version, as phrases."""
    if manifest.author_keys < _READINGS:
        yield (
            "authors found under every reading and spelling of their names "
            "(Van Gool, O'Brien, Mueller), and the groups they speak for"
        )
    elif manifest.author_keys < VERSION:
        yield "authors found under names in their own script (王伟), and as tHooft"

    if manifest.fields < _TIMES:
        yield "papers found and ordered by the minute (submittedDate:, /api/query)"
    if manifest.fields < FORMAT:
        yield (
            "report numbers (rn:), licences, submitters, marks on withdrawn papers, and "
            'journals found although glued to their volume (jr:"Phys. Rev. D")'
        )
        yield (
            "titles and abstracts without commands of TeX and elements of HTML, and "
            "Chinese found in simplified and traditional characters alike"
        )


def renew_fields(fields: int) -> int:
    """Return the fields of a library that is rebuilt from its own catalog."""
    return FIELDS if fields >= FORMAT else fields


def list_files(snapshot: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files that a manifest lists: all but itself and tantivy's locks."""
    for path in sorted(snapshot.rglob("*")):
        if path.is_file() and path.name != NAME and path.suffix != ".lock":
            yield path.relative_to(snapshot).as_posix(), path


def find_altered(snapshot: Path, manifest: Manifest, within: str = "") -> list[str]:
    """Return the differences from the manifest, as sentences, below a directory."""
    there = {n: path for n, path in list_files(snapshot) if n.startswith(within)}
    listed = {n: file for n, file in manifest.files.items() if n.startswith(within)}
    problems = [f"{name} is missing" for name in listed if name not in there]
    problems += [f"{name} does not belong here" for name in there if name not in listed]
    for name, stored in listed.items():
        if name in there and describe(there[name]) != stored:
            problems.append(f"{name} is not what was written: its checksum differs")
    return problems


def describe(path: Path) -> StoredFile:
    """Return a file's size and checksum."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return StoredFile(bytes=size, sha256=digest.hexdigest())

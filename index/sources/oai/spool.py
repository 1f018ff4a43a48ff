"""The spool: the pages that a harvest has fetched, kept until they are in a snapshot.

    plan.json   the server, and the day from which each set is fetched
    00001.gz    a page: a line that tells about it, then its records, one JSON object a line

A file appears whole or not at all. Each page has a checksum: one that is damaged counts as
not fetched, and so do those after it.
"""

import gzip
import hashlib
import logging
import os
import shutil
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import orjson

from index.sources.oai.page import Page

_LOG = logging.getLogger(__name__)
_PLAN = "plan.json"
_LEVEL = 1
_DAMAGED = (OSError, EOFError, ValueError, TypeError, KeyError, zlib.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where a harvest fetches from, and from which day on each set; "" is every set.

    `base` is the snapshot that was live then, "" where there was none.
    """

    url: str
    starts: Mapping[str, date]
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """All about a page but its records.

    `within` is its set, `listing` counts the requests from a day on, `token` leads to the
    next page. `newest` and `oldest` are days of its records, None if it has none.
    """

    within: str
    listing: int
    token: str | None
    count: int
    oldest: date | None
    newest: date | None
    fetched: date
    sha256: str


class Spool:
    """The pages in a directory, which one process writes."""

    def __init__(self, directory: Path) -> None:
        """Read what is there. What is damaged is deleted, with a line in the log."""
        self._directory = directory
        self.plan = self._read_plan()
        self.heads: list[Head] = []
        if self.plan is None:
            self.clear()
            return
        for path in self._list_pages():
            head = _check_page(path) if path == self._place(len(self.heads) + 1) else None
            if head is None:
                self._drop_from(len(self.heads) + 1)
                break
            self.heads.append(head)

    def begin(self, plan: Plan) -> None:
        """Start a new harvest in place of what is there. Raises OSError."""
        self.clear()
        self._directory.mkdir(parents=True)
        _write(self._directory / _PLAN, orjson.dumps(asdict(plan)))
        self.plan = plan

    def add(self, within: str, listing: int, page: Page) -> Head:
        """Keep a page for good. Raises OSError."""
        body = encode_records(page)
        days = page.days
        head = Head(
            within=within,
            listing=listing,
            token=page.token,
            count=len(page.records),
            oldest=min(days, default=None),
            newest=max(days, default=None),
            fetched=datetime.now(UTC).date(),
            sha256=hashlib.sha256(body).hexdigest(),
        )
        packed = gzip.compress(orjson.dumps(asdict(head)) + b"\n" + body, _LEVEL)
        _write(self._place(len(self.heads) + 1), packed)
        self.heads.append(head)
        return head

    def read(self) -> Iterator[bytes]:
        """Yield all records as lines without their ends, in the order they came."""
        for number in range(1, len(self.heads) + 1):
            with gzip.open(self._place(number)) as file:
                file.readline()
                yield from (line.rstrip(b"\n") for line in file)

    def clear(self) -> None:
        """Delete everything."""
        shutil.rmtree(self._directory, ignore_errors=True)
        self.plan, self.heads = None, []

    def _read_plan(self) -> Plan | None:
        try:
            kept = orjson.loads((self._directory / _PLAN).read_bytes())
            starts = {str(n): date.fromisoformat(d) for n, d in kept["starts"].items()}
            return Plan(url=str(kept["url"]), starts=starts, base=str(kept["base"]))
        except (FileNotFoundError, KeyError):  # or of a version that kept less
            return None
        except (*_DAMAGED, AttributeError):
            _LOG.warning("%s is damaged; its pages are fetched again", self._directory)
            return None

    def _list_pages(self) -> list[Path]:
        return sorted(self._directory.glob("*.gz"))

    def _place(self, number: int) -> Path:
        return self._directory / f"{number:05}.gz"

    def _drop_from(self, number: int) -> None:
        doomed = [path for path in self._list_pages() if path >= self._place(number)]
        _LOG.warning("%s is damaged; %d pages are fetched again", doomed[0], len(doomed))
        for path in doomed:
            path.unlink()


def encode_records(page: Page) -> bytes:
    """Return the records of a page as lines."""
    return b"".join(orjson.dumps(record) + b"\n" for record in page.records)


def _check_page(path: Path) -> Head | None:
    """Return what a page tells about itself, if it is whole."""
    digest = hashlib.sha256()
    try:
        with gzip.open(path) as file:
            told = orjson.loads(file.readline())
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        for name in ("oldest", "newest", "fetched"):
            told[name] = told[name] and date.fromisoformat(told[name])
        head = Head(**told)
    except _DAMAGED:
        return None
    return head if head.sha256 == digest.hexdigest() else None


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole, or not at all, whatever happens."""
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Changes: the records of a spool that say something which a snapshot does not know."""

import gzip
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import orjson

from index.errors import BadId
from index.papers.arxiv_id import ArxivId
from index.papers.paper import Paper
from index.snapshots.catalog import Catalog
from index.snapshots.layout import CATALOG
from index.sources.bad_record import BadRecord
from index.sources.oai.spool import Spool
from index.sources.record import read_record

_BATCH = 500
_LEVEL = 1

_Read = tuple[bytes, Paper | None]


@dataclass(slots=True)
class Changes:
    """How many records were read and say something new, and what is deleted.

    A record that is no paper is written too, so that the build tells of it; `unread`
    counts them alone. `removed` are the ids to take out; `deleted` and `written` are those
    of the records so far, `kept` those written whose last record says nothing new.
    """

    read: int = 0
    unread: int = 0
    removed: frozenset[str] = frozenset()
    deleted: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """How many papers come, change or go."""
        return len(self.written) - len(self.kept) + len(self.removed)


def write_changes(spool: Spool, live: Path | None, file: Path) -> Changes:
    """Write the records that differ from those of a snapshot, all of them without one.

    Of an id, the last record counts. Raises BrokenSnapshot, OSError.
    """
    changes = Changes()
    lines = spool.read()
    with ExitStack() as held:
        output = held.enter_context(gzip.open(file, "wb", _LEVEL))
        catalog = Catalog.open(live / CATALOG) if live else None
        if catalog:
            held.enter_context(closing(catalog))
        while batch := list(islice(lines, _BATCH)):
            changes.read += len(batch)
            read = list(_read_papers(batch, changes))
            known = catalog.by_ids([p.id for _, p in read if p]) if catalog else {}
            for line, paper in read:
                if _is_news(paper, known, changes):
                    output.write(line + b"\n")
        gone = sorted(changes.deleted)
        here = catalog.keys(gone) if catalog else ()
        changes.removed = frozenset(here) | (changes.deleted & changes.written)
    return changes


def _read_papers(batch: list[bytes], changes: Changes) -> Iterator[_Read]:
    """Yield the papers of some lines; note which ids are deleted at last."""
    for line in batch:
        record = orjson.loads(line)
        if record.get("deleted"):
            with suppress(BadId):
                changes.deleted.add(ArxivId.parse(str(record["id"])).id)
            continue
        try:
            paper = read_record(line)
        except BadRecord:
            yield line, None
        else:
            changes.deleted.discard(paper.id)
            yield line, paper


def _is_news(paper: Paper | None, known: dict[str, Paper], changes: Changes) -> bool:
    if paper is None:
        changes.unread += 1
        return True
    old = known.get(paper.id)
    is_known = old is not None and replace(old, keywords=()) == paper
    if is_known and paper.id not in changes.written:
        return False
    changes.written.add(paper.id)
    if is_known:
        changes.kept.add(paper.id)
    else:
        changes.kept.discard(paper.id)
    return True

"""The intake of a build: writes a dump's papers into catalog and index."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Protocol

from index.errors import BadDump
from index.meaning.encoders.encoder import EncoderRecord, compose_text
from index.papers.paper import Paper
from index.search.engine import EngineWriter
from index.search.terms.author_keys import VERSION
from index.snapshots.build.keywording import count_capitals
from index.snapshots.build.stages import Stages
from index.snapshots.catalog import CatalogWriter
from index.snapshots.encoding.ahead import Ahead
from index.snapshots.encoding.digests import TextDigests
from index.snapshots.encoding.stage import Task
from index.snapshots.manifest import FIELDS
from index.sources.dump import Tally

BATCH = 2_000  # papers held in memory at once


class PaperSource(Protocol):
    """Where a build takes papers from: a dump, or a snapshot's own papers.

    `size` is in bytes, if it is known, as is `position`, how far reading has come.
    """

    name: str
    size: int | None
    tally: Tally

    @property
    def position(self) -> int:
        """The number of bytes read so far."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of what was read, in hexadecimal."""

    def __iter__(self) -> Iterator[Paper]:
        """Yield the papers, once."""


Watch = Callable[[str, PaperSource, int, int | None], None]
"""Called often with the stage, the source, the papers done, and their total if known;
while an encoder is trained, with steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """All that a harvest knows beside its papers: deleted ids, and how far it came.

    `reached` is what the manifest says as `harvested`.
    """

    removed: frozenset[str] = frozenset()
    reached: Mapping[str, date]


@dataclass(slots=True, kw_only=True)
class Build:
    """One build: its inputs, its draft and its counts.

    `encode` makes the vectors and returns the encoder's record; some may be made `ahead`,
    while papers are read. `author_keys` is the
    version that all papers have, `fields` the format whose fields they have: the
    snapshot that the papers come from may have an earlier one. `harvested` and
    `written` are what that snapshot has so, the last one as far as updates came before.
    """

    dump: PaperSource
    draft: Path
    watch: Watch
    encode: Callable[[Task], EncoderRecord]
    ahead: Ahead | None = None
    digests: TextDigests = field(default_factory=TextDigests)
    capitals: Counter[str] = field(default_factory=Counter)
    stages: Stages = field(default_factory=Stages)
    author_keys: int = VERSION
    fields: int = FIELDS
    kept: int = 0
    repeated: int = 0
    harvest: Harvest | None = None
    harvested: dict[str, date] | None = None
    written: int | None = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Announce a stage and measure it."""
        self.watch(name, self.dump, self.kept, None)
        with self.stages.measure(name):
            yield


def take(
    build: Build,
    papers: Iterator[Paper],
    catalog: CatalogWriter,
    engine: EngineWriter,
) -> None:
    """Write papers in batches; of two with the same id, the later one wins."""
    keys: dict[str, int] = {}  # of the papers taken from this dump
    fresh = catalog.find_next_key()
    is_new = fresh == 1
    while batch := list(islice(papers, BATCH)):
        known = {} if is_new else catalog.keys([paper.id for paper in batch])
        rows: dict[int, Paper] = {}
        for paper in batch:
            key = keys.get(paper.id)
            if key is not None:
                build.repeated += 1
            else:
                key = known.get(paper.id)
            if key is None:
                key, fresh = fresh, fresh + 1
            elif key not in rows:
                engine.remove(paper.id)
            keys[paper.id] = key
            rows[key] = paper
        catalog.add(list(rows.items()))
        engine.add(rows.items())
        texts = {key: compose_text(rows[key]) for key in sorted(rows)}
        for key, text in texts.items():
            build.digests.note(key, text)
        if build.ahead:
            build.ahead.take([*texts.values()])
        count_capitals(build.capitals, rows.values())
        build.kept = len(keys)
        build.watch("index", build.dump, build.kept, None)
    if not build.kept and not (build.harvest and build.harvest.removed):
        raise BadDump(
            f"{build.dump.name} holds no paper that can be read; a dump is one JSON "
            "object a line, with the field names of arXiv's metadata snapshot"
        )

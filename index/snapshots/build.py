"""From a dump to the live snapshot: rebuild, and update."""

import gc
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from index.errors import BadDump, BuildFailed
from index.papers.dump import Dump
from index.papers.paper import Paper
from index.search.engine import EngineWriter
from index.search.fulltext import FulltextEngine, FulltextWriter
from index.search.spelling import write_words
from index.snapshots import snapshot as snapshots
from index.snapshots.catalog import Catalog, CatalogWriter
from index.snapshots.library import CATALOG, FULLTEXT, WORDS
from index.snapshots.manifest import NAME as MANIFEST
from index.snapshots.manifest import Manifest, Source, describe, stored_files
from index.snapshots.parent import take_over
from index.snapshots.stages import Stages
from index.snapshots.verify import check_contents

BATCH = 2_000  # papers held in memory at once
_LOG = logging.getLogger(__name__)

Watch = Callable[[str, Dump, int], None]
"""Called often with the stage, the dump and the papers kept so far."""


@dataclass(slots=True, kw_only=True)
class _Build:
    """One build: where it writes, and what it has counted."""

    dump: Dump
    draft: Path
    watch: Watch
    stages: Stages = field(default_factory=Stages)
    kept: int = 0
    repeated: int = 0


def rebuild(dump: Dump, data: Path, *, limit: int | None = None, watch: Watch) -> Manifest:
    """Build a new snapshot of a dump alone and make it the live one.

    At most `limit` papers are taken. Until the end nothing of it is live, so that a
    failure changes nothing. Raises Busy, BadDump, BuildFailed.
    """
    with _drafted(data) as draft, _without_collector():
        build = _Build(dump=dump, draft=draft, watch=watch)
        with (
            closing(CatalogWriter(draft / CATALOG)) as catalog,
            closing(FulltextWriter.create(draft / FULLTEXT)) as engine,
        ):
            with build.stages.measure("index"):
                _take(build, islice(dump, limit), catalog, engine)
            return _finish(build, catalog, engine, command="rebuild", parent=None)


def update(dump: Dump, data: Path, *, watch: Watch) -> Manifest:
    """Build a new snapshot of the live one and a dump, and make it the live one.

    Papers of the dump are added, or replace those of the same id. Files that do not
    change are shared with the live snapshot by hard links. Raises NoSnapshot, Busy,
    BadDump, BuildFailed.
    """
    snapshots.live(data)
    with _drafted(data) as draft, _without_collector():
        live = snapshots.live(data)
        parent = Manifest.read_from(live)
        build = _Build(dump=dump, draft=draft, watch=watch)
        with build.stages.measure("copy"):
            take_over(live, draft)
        with (
            closing(CatalogWriter(draft / CATALOG)) as catalog,
            closing(FulltextWriter.extend(draft / FULLTEXT)) as engine,
        ):
            with build.stages.measure("index"):
                _take(build, iter(dump), catalog, engine)
            return _finish(build, catalog, engine, command="update", parent=parent.name)


def _take(
    build: _Build,
    papers: Iterator[Paper],
    catalog: CatalogWriter,
    engine: EngineWriter,
) -> None:
    """Write papers a batch at a time; the later of two with one id wins."""
    keys: dict[str, int] = {}  # of the papers taken from this dump
    fresh = catalog.next_key()
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
        build.kept = len(keys)
        build.watch("index", build.dump, build.kept)
    if not build.kept:
        raise BadDump(
            f"{build.dump.name} holds no paper that can be read; a dump is one JSON "
            "object a line, with the field names of arXiv's metadata snapshot"
        )


def _finish(
    build: _Build,
    catalog: CatalogWriter,
    engine: EngineWriter,
    *,
    command: str,
    parent: str | None,
) -> Manifest:
    """Commit, verify, list and publish what was written."""
    draft, stages = build.draft, build.stages
    build.watch("commit", build.dump, build.kept)
    with stages.measure("commit"):
        engine.commit()
    with stages.measure("catalog"):
        catalog.finish()
    with stages.measure("words"):
        _write_words(draft)
    build.watch("verify", build.dump, build.kept)
    with stages.measure("verify"):
        manifest = _described(build, command=command, parent=parent)
        check_contents(draft, manifest)
    build.watch("checksum", build.dump, build.kept)
    with stages.measure("checksum"):
        files = {name: describe(path) for name, path in stored_files(draft)}
    build.watch("publish", build.dump, build.kept)
    with stages.measure("fsync"):
        snapshots.sync_tree(draft)
    manifest = replace(manifest, files=files, stages=stages.done)
    manifest.write(draft)
    snapshots.sync(draft / MANIFEST)
    snapshots.sync(draft)
    published = snapshots.publish(draft)
    _LOG.info("published %s", published)
    return manifest


def _write_words(draft: Path) -> None:
    """Write the words that spelling is corrected with: those that are no slips."""
    engine = FulltextEngine.open(draft / FULLTEXT)
    often = next(n for papers, n in _OFTEN if engine.count() >= papers)
    write_words(engine.words(often), draft / WORDS)


_OFTEN = ((10_000, 5), (1_000, 2), (0, 1))
"""In how many papers a word must be, in a library of at least so many."""


def _described(build: _Build, *, command: str, parent: str | None) -> Manifest:
    catalog = Catalog.open(build.draft / CATALOG)
    days = catalog.first_and_last_day()
    papers = catalog.count()
    catalog.close()
    engine = FulltextEngine.open(build.draft / FULLTEXT)
    dump, tally = build.dump, build.dump.tally
    return Manifest(
        name=snapshots.final_name(build.draft),
        created=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        command=command,
        parent=parent,
        source=Source(name=dump.name, bytes=dump.position, sha256=dump.sha256),
        read=tally.read,
        kept=build.kept,
        repeated=build.repeated,
        skipped=dict(tally.skipped),
        papers=papers,
        first_day=days[0] if days else None,
        last_day=days[1] if days else None,
        categories=dict(engine.counts_by_category()),
        encoder="none",
    )


@contextmanager
def _drafted(data: Path) -> Iterator[Path]:
    """Lock the data directory and lend a new one inside it; leave no debris."""
    with snapshots.locked(data):
        for left in snapshots.unfinished(data):
            shutil.rmtree(left, ignore_errors=True)
        with _explained(data):
            draft = snapshots.begin(data)
        try:
            with _explained(draft):
                yield draft
        finally:
            snapshots.discard(draft)


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    """Say what the disk refused, and how much room there is."""
    try:
        yield
    except BuildFailed as error:
        raise BuildFailed(f"{error} ({_room(place)}); {_UNCHANGED}") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise BuildFailed(
            f"cannot write {error.filename or place}: {reason} ({_room(place)}); "
            f"{_UNCHANGED}"
        ) from error


_UNCHANGED = "the live snapshot is unchanged"


def _room(place: Path) -> str:
    for directory in (place, *place.parents):
        with suppress(OSError):
            return f"{shutil.disk_usage(directory).free / 1e9:.1f} GB free"
    return "free space unknown"


@contextmanager
def _without_collector() -> Iterator[None]:
    """Spare the cycle collector: papers hold no cycles, and there are millions."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()

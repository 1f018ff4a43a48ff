"""From a dump to the live snapshot: rebuild, and update."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from index.meaning.encoders.choosing import AUTO, Choice, choose, load, reopen
from index.meaning.encoders.encoder import NONE, STATIC, EncoderRecord
from index.search.engine import EngineWriter
from index.search.spelling import write_words
from index.search.tantivy import FulltextEngine, FulltextWriter
from index.snapshots import snapshot as snapshots
from index.snapshots.build.digests import TextDigests
from index.snapshots.build.draft import drafted
from index.snapshots.build.encoding import Task, encode_all, encode_changed, forget
from index.snapshots.build.intake import Build, Watch, take
from index.snapshots.build.keywording import find_keywords, write_proper
from index.snapshots.build.parent import take_over
from index.snapshots.build.verify import check_contents
from index.snapshots.catalog import Catalog, CatalogWriter
from index.snapshots.layout import CATALOG, ENCODER, FULLTEXT, PROPER, WORDS
from index.snapshots.manifest import NAME as MANIFEST
from index.snapshots.manifest import Manifest, Source, describe, stored_files
from index.snapshots.soundness import write_samples
from index.sources.dump import Dump

_LOG = logging.getLogger(__name__)

Chosen = Callable[[Choice], None]
"""Called with the encoder that a build uses, before it does."""


def rebuild(  # noqa: PLR0913  each is another thing to say of a build
    dump: Dump,
    data: Path,
    *,
    limit: int | None = None,
    encoder: str = NONE,
    allow_download: bool = False,
    watch: Watch,
    chosen: Chosen = lambda _: None,
) -> Manifest:
    """Build a new snapshot of a dump alone and make it the live one.

    At most `limit` papers are taken. A model that is not on this machine is fetched from
    its hub only with `allow_download`. Until the end nothing of it is live, so that a
    failure changes nothing; what was encoded until then is kept for the next build.
    Raises Busy, BadDump, BuildFailed, EncoderMissing.
    """

    def encode(task: Task) -> EncoderRecord:
        choice = choose(encoder, len(task.digests))
        chosen(choice)
        return encode_all(task, choice)

    if encoder not in (AUTO, NONE, STATIC):
        # Or it would be missed after all papers are indexed.
        load(encoder, allow_download=allow_download)
    with drafted(data) as draft, _without_collector():
        build = Build(dump=dump, draft=draft, watch=watch, encode=encode)
        with (
            closing(CatalogWriter(draft / CATALOG)) as catalog,
            closing(FulltextWriter.create(draft / FULLTEXT)) as engine,
        ):
            with build.stages.measure("index"):
                take(build, islice(dump, limit), catalog, engine)
            manifest = _finish(build, catalog, engine, command="rebuild", parent=None)
        forget(data)
    return manifest


def update(dump: Dump, data: Path, *, watch: Watch) -> Manifest:
    """Build a new snapshot of the live one and a dump, and make it the live one.

    Papers of the dump are added, or replace those of the same id. Files that do not
    change are shared with the live snapshot by hard links. Raises NoSnapshot, Busy,
    BadDump, BuildFailed, EncoderMissing.
    """
    snapshots.live(data)
    with drafted(data) as draft, _without_collector():
        live = snapshots.live(data)
        parent = Manifest.read_from(live)

        def encode(task: Task) -> EncoderRecord:
            if parent.encoder.name != NONE:
                encode_changed(task, reopen(parent.encoder, draft / ENCODER))
            return parent.encoder

        build = Build(
            dump=dump,
            draft=draft,
            watch=watch,
            encode=encode,
            digests=TextDigests(parent.papers),
        )
        with build.stages.measure("copy"):
            take_over(live, draft)
        with (
            closing(CatalogWriter(draft / CATALOG)) as catalog,
            closing(FulltextWriter.extend(draft / FULLTEXT)) as engine,
        ):
            with build.stages.measure("index"):
                take(build, iter(dump), catalog, engine)
            return _finish(build, catalog, engine, command="update", parent=parent.name)


def _finish(
    build: Build,
    catalog: CatalogWriter,
    engine: EngineWriter,
    *,
    command: str,
    parent: str | None,
) -> Manifest:
    """Commit, verify, list and publish what was written."""
    draft, stages = build.draft, build.stages
    with build.stage("commit"):
        engine.commit()
    with build.stage("keywords"):
        _find_keywords(build, catalog)
    with build.stage("catalog"):
        catalog.finish()
    with build.stage("words"):
        _write_words(draft)
    with build.stage("encode"):
        encoder = _encoded(build)
    with build.stage("verify"):
        manifest = _described(build, encoder, command=command, parent=parent)
        check_contents(draft, manifest)
    with build.stage("checksum"):
        write_samples(draft)
        files = {name: describe(path) for name, path in stored_files(draft)}
    with build.stage("publish"):
        snapshots.sync_tree(draft)
    manifest = replace(manifest, files=files, stages=stages.done)
    manifest.write(draft)
    snapshots.sync(draft / MANIFEST)
    snapshots.sync(draft)
    published = snapshots.publish(draft)
    _LOG.info("published %s", published)
    return manifest


def _find_keywords(build: Build, catalog: CatalogWriter) -> None:
    fulltext, proper = build.draft / FULLTEXT, build.draft / PROPER
    write_proper(build.capitals, fulltext, proper)
    keys = list(build.digests.changed())
    find_keywords(
        catalog,
        keys,
        fulltext,
        proper,
        lambda done, of: build.watch("keywords", build.dump, done, of),
    )


def _encoded(build: Build) -> EncoderRecord:
    """Make the vectors; return the record of what made them."""
    data = build.draft.parent.parent
    with closing(Catalog.open(build.draft / CATALOG)) as catalog:
        return build.encode(
            Task(
                data=data,
                draft=build.draft,
                catalog=catalog,
                digests=build.digests,
                watch=lambda stage, done, of: build.watch(stage, build.dump, done, of),
                live=snapshots.live_or_none(data),
            )
        )


def _write_words(draft: Path) -> None:
    """Write the words that spelling is corrected with: those that are no slips."""
    engine = FulltextEngine.open(draft / FULLTEXT)
    often = next(n for papers, n in _OFTEN if engine.count() >= papers)
    write_words(engine.words(often), draft / WORDS)


_OFTEN = ((10_000, 5), (1_000, 2), (0, 1))
"""In how many papers a word must be, in a library of at least so many."""


def _described(
    build: Build, encoder: EncoderRecord, *, command: str, parent: str | None
) -> Manifest:
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
        encoder=encoder,
    )


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

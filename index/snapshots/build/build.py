"""Builds that turn a dump into the live snapshot: rebuild and update."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from index.meaning.encoders.choosing import Choice, check, choose, reopen
from index.meaning.encoders.encoder import NONE, EncoderRecord
from index.search.engine import EngineWriter
from index.search.spelling.words import write_words
from index.search.tantivy import Fulltext, FulltextWriter
from index.snapshots import snapshot as snapshots
from index.snapshots.build.description import describe_draft
from index.snapshots.build.digests import TextDigests
from index.snapshots.build.draft import open_draft
from index.snapshots.build.encoding import Task, encode_all, encode_changed, forget
from index.snapshots.build.intake import Build, Harvest, Watch, take
from index.snapshots.build.keywording import find_keywords, write_proper
from index.snapshots.build.parent import take_over
from index.snapshots.build.removal import take_out
from index.snapshots.build.verify import check_contents
from index.snapshots.catalog import Catalog, CatalogWriter
from index.snapshots.counts import write_years
from index.snapshots.layout import CATALOG, ENCODER, FULLTEXT, PROPER, WORDS
from index.snapshots.manifest import NAME as MANIFEST
from index.snapshots.manifest import Manifest, describe, list_files
from index.snapshots.soundness import write_samples
from index.sources.dump import Dump

_LOG = logging.getLogger(__name__)

Chosen = Callable[[Choice], None]
"""Called with the choice of an encoder before the build uses it."""


def rebuild(  # noqa: PLR0913  each is one more option of a build
    dump: Dump,
    data: Path,
    *,
    limit: int | None = None,
    encoder: str = NONE,
    allow_download: bool = False,
    harvest: Harvest | None = None,
    watch: Watch,
    chosen: Chosen = lambda _: None,
) -> Manifest:
    """Build a new snapshot from a dump alone and make it the live one.

    Takes at most `limit` papers. A model that is not on this machine is fetched from
    its hub only with `allow_download`. Nothing is live before the end, so a failure changes
    nothing; the next build reuses what this one has encoded.
    Raises Busy, BadDump, BuildFailed, EncoderMissing.
    """

    def encode(task: Task) -> EncoderRecord:
        choice = choose(encoder, len(task.digests))
        chosen(choice)
        return encode_all(task, choice)

    check(encoder, allow_download=allow_download)
    with open_draft(data) as draft, _pause_collector():
        build = Build(dump=dump, draft=draft, watch=watch, encode=encode, harvest=harvest)
        with (
            closing(CatalogWriter(draft / CATALOG)) as catalog,
            closing(FulltextWriter.create(draft / FULLTEXT)) as engine,
        ):
            with build.stages.measure("index"):
                take(build, islice(dump, limit), catalog, engine)
                _take_out(build, catalog, engine)
            manifest = _finish(build, catalog, engine, command="rebuild", parent=None)
        forget(data)
    return manifest


def update(
    dump: Dump, data: Path, *, harvest: Harvest | None = None, watch: Watch
) -> Manifest:
    """Build a new snapshot from the live one and a dump, and make it the live one.

    Papers of the dump are added, or replace those with the same id; those that a harvest
    found deleted are taken out. Unchanged files are hard links to those of the live
    snapshot. Raises NoSnapshot, Busy, BadDump, BuildFailed, EncoderMissing.
    """
    _check_encoder(snapshots.find_live(data))
    with open_draft(data) as draft, _pause_collector():
        live = snapshots.find_live(data)
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
            author_keys=parent.author_keys,
            fields=parent.fields,
            harvest=harvest,
            harvested=parent.harvested,
        )
        with build.stages.measure("copy"):
            take_over(live, draft)
        with (
            closing(CatalogWriter(draft / CATALOG)) as catalog,
            closing(FulltextWriter.extend(draft / FULLTEXT)) as engine,
        ):
            with build.stages.measure("index"):
                take(build, iter(dump), catalog, engine)
                _take_out(build, catalog, engine)
            return _finish(build, catalog, engine, command="update", parent=parent.name)


def _take_out(build: Build, catalog: CatalogWriter, engine: EngineWriter) -> None:
    if build.harvest:
        take_out(build, build.harvest.removed, catalog, engine)


def _check_encoder(live: Path) -> None:
    """Raise EncoderMissing if what encoded a snapshot cannot encode any more.

    A model that it carries is opened there, so that an error names a place that stays.
    """
    encoder = Manifest.read_from(live).encoder
    if encoder.name != NONE:
        reopen(encoder, live / ENCODER).encode([])


def _finish(
    build: Build,
    catalog: CatalogWriter,
    engine: EngineWriter,
    *,
    command: str,
    parent: str | None,
) -> Manifest:
    """Commit, verify, list and publish the draft."""
    draft, stages = build.draft, build.stages
    with build.stage("commit"):
        engine.commit()
    with build.stage("keywords"):
        _find_keywords(build, catalog)
    with build.stage("catalog"):
        catalog.finish()
    with build.stage("words"):
        fulltext = Fulltext.open(draft / FULLTEXT)
        _write_words(fulltext, draft)
        write_years(fulltext.counts.by_year, draft)
    with build.stage("encode"):
        encoder = _encode(build)
    with build.stage("verify"):
        manifest = describe_draft(build, encoder, command=command, parent=parent)
        check_contents(draft, manifest)
    with build.stage("checksum"):
        write_samples(draft)
        files = {name: describe(path) for name, path in list_files(draft)}
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
    keys = list(build.digests.list_changed())
    find_keywords(
        catalog,
        keys,
        fulltext,
        proper,
        lambda done, of: build.watch("keywords", build.dump, done, of),
    )


def _encode(build: Build) -> EncoderRecord:
    """Make the vectors; return the record of the encoder that made them."""
    data = build.draft.parent.parent
    with closing(Catalog.open(build.draft / CATALOG)) as catalog:
        return build.encode(
            Task(
                data=data,
                draft=build.draft,
                catalog=catalog,
                digests=build.digests,
                watch=lambda stage, done, of: build.watch(stage, build.dump, done, of),
                live=snapshots.find_live_or_none(data),
            )
        )


def _write_words(fulltext: Fulltext, draft: Path) -> None:
    """Write the words that spelling is corrected with: those that are no slips."""
    often = next(n for papers, n in _OFTEN if fulltext.counts.papers >= papers)
    write_words(fulltext.vocabulary.words(often), draft / WORDS)


_OFTEN = ((10_000, 5), (1_000, 2), (0, 1))
"""Papers in the library, and papers that must then contain a word."""


@contextmanager
def _pause_collector() -> Iterator[None]:
    """Pause the cycle collector: papers hold no cycles, and there are millions."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()

"""Builds that turn a dump, or the library itself, into the live snapshot."""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import islice
from pathlib import Path

from index.meaning.encoders.choosing import Choice, check, choose, reopen
from index.meaning.encoders.encoder import NONE, Encoder, EncoderRecord
from index.search.engine import EngineWriter
from index.search.tantivy import FulltextWriter
from index.snapshots import snapshot as snapshots
from index.snapshots.build.draft import open_draft
from index.snapshots.build.finishing import finish
from index.snapshots.build.intake import Build, Harvest, PaperSource, Watch, take
from index.snapshots.build.parent import OwnPapers, take_over
from index.snapshots.build.removal import take_out
from index.snapshots.catalog import CatalogWriter
from index.snapshots.encoding.ahead import Ahead, encode_ahead
from index.snapshots.encoding.digests import TextDigests
from index.snapshots.encoding.stage import Task, encode_all, encode_changed, forget
from index.snapshots.layout import CATALOG, ENCODER, ENCODING, FULLTEXT
from index.snapshots.manifest import Manifest, renew_fields
from index.sources.dump import Dump

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
    check(encoder, allow_download=allow_download)
    with open_draft(data) as draft, _pause_collector(), _go_ahead(encoder, data) as ahead:
        build = Build(
            dump=dump,
            draft=draft,
            watch=watch,
            ahead=ahead,
            encode=_encode_by(encoder, chosen),
            harvest=harvest,
        )
        manifest = _build_whole(build, limit)
        forget(data)
    return manifest


def rebuild_live(
    data: Path,
    *,
    encoder: str = NONE,
    allow_download: bool = False,
    watch: Watch,
    chosen: Chosen = lambda _: None,
) -> tuple[PaperSource, Manifest]:
    """Build a new snapshot from the papers of the live one, and make it the live one.

    What updates wear is made anew: spelling, keywords, the engine's segments, a model
    trained on the library. A field that the live snapshot lacks stays absent. Returns
    where the papers came from, too. Raises NoSnapshot, Busy, BrokenSnapshot, BuildFailed,
    EncoderMissing.
    """
    check(encoder, allow_download=allow_download)
    snapshots.find_live(data)
    with open_draft(data) as draft, _pause_collector(), _go_ahead(encoder, data) as ahead:
        live = snapshots.find_live(data)  # no other build can replace it any more
        parent = Manifest.read_from(live)
        with OwnPapers.open(live) as papers:
            build = Build(
                dump=papers,
                draft=draft,
                watch=watch,
                ahead=ahead,
                encode=_encode_by(encoder, chosen),
                fields=renew_fields(parent.fields),
                harvested=parent.harvested,
            )
            manifest = _build_whole(build)
        forget(data)
    return papers, manifest


def _go_ahead(encoder: str, data: Path) -> AbstractContextManager[Ahead | None]:
    return encode_ahead(encoder, snapshots.find_live_or_none(data), data / ENCODING)


def _encode_by(encoder: str, chosen: Chosen) -> Callable[[Task], EncoderRecord]:
    def encode(task: Task) -> EncoderRecord:
        choice = choose(encoder, len(task.digests))
        chosen(choice)
        return encode_all(task, choice)

    return encode


def _build_whole(build: Build, limit: int | None = None) -> Manifest:
    with (
        closing(CatalogWriter(build.draft / CATALOG)) as catalog,
        closing(FulltextWriter.create(build.draft / FULLTEXT)) as engine,
    ):
        with build.stages.measure("index"):
            take(build, islice(build.dump, limit), catalog, engine)
            _take_out(build, catalog, engine)
        return finish(build, catalog, engine, command="rebuild", parent=None)


def update(
    dump: Dump, data: Path, *, harvest: Harvest | None = None, watch: Watch
) -> Manifest:
    """Build a new snapshot from the live one and a dump, and make it the live one.

    Papers of the dump are added, or replace those with the same id; those that a harvest
    found deleted are taken out. Unchanged files are hard links to those of the live
    snapshot. Raises NoSnapshot, Busy, BadDump, BuildFailed, EncoderMissing.
    """
    snapshots.find_live(data)
    with (
        open_draft(data) as draft,
        ThreadPoolExecutor(1) as beside,
        _pause_collector(),
    ):
        live = snapshots.find_live(data)
        parent = Manifest.read_from(live)
        encoder = beside.submit(_reopen_encoder, live, parent.encoder)

        def encode(task: Task) -> EncoderRecord:
            if opened := encoder.result():
                encode_changed(task, opened)
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
            written=0 if parent.command == "rebuild" else parent.written,
        )
        with build.stages.measure("copy"):
            try:
                take_over(live, draft)
            finally:
                encoder.result()  # before papers are read, in case it is missing
        with (
            closing(CatalogWriter(draft / CATALOG)) as catalog,
            closing(FulltextWriter.extend(draft / FULLTEXT)) as engine,
        ):
            with build.stages.measure("index"):
                take(build, iter(dump), catalog, engine)
                _take_out(build, catalog, engine)
            return finish(build, catalog, engine, command="update", parent=parent.name)


def _take_out(build: Build, catalog: CatalogWriter, engine: EngineWriter) -> None:
    if build.harvest:
        take_out(build, build.harvest.removed, catalog, engine)


def check_encoder(data: Path, encoder: str) -> None:
    """Raise EncoderMissing if the next build could not encode, before papers are fetched.

    An update uses the encoder of the live snapshot, the first build the one that is named.
    """
    live = snapshots.find_live_or_none(data)
    if live is None:
        check(encoder)
    else:
        _reopen_encoder(live, Manifest.read_from(live).encoder)


def _reopen_encoder(live: Path, record: EncoderRecord) -> Encoder | None:
    """Open what encoded a snapshot, None if nothing did. Raises EncoderMissing.

    A model that it carries is opened there, so that an error names a place that stays.
    """
    if record.name == NONE:
        return None
    encoder = reopen(record, live / ENCODER)
    encoder.encode([])
    return encoder


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

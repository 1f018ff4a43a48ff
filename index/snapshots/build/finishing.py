"""The end of a build: from papers that are written to a snapshot that is published."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

from index.meaning.encoders.encoder import EncoderRecord
from index.papers.paper import Paper
from index.search.engine import EngineWriter
from index.search.spelling.words import read_words, renew_words, write_words
from index.search.tantivy import Fulltext
from index.snapshots import snapshot as snapshots
from index.snapshots.build.description import describe_draft
from index.snapshots.build.intake import Build
from index.snapshots.build.keywording import find_keywords, write_proper
from index.snapshots.build.verify import check_contents
from index.snapshots.catalog import Catalog, CatalogWriter
from index.snapshots.counts import write_years
from index.snapshots.encoding.stage import Task
from index.snapshots.history.recording import Touched, record_changes
from index.snapshots.layout import CATALOG, FULLTEXT, PROPER, WORDS
from index.snapshots.manifest import NAME as MANIFEST
from index.snapshots.manifest import Manifest, StoredFile, describe, list_files
from index.snapshots.soundness import write_samples

_LOG = logging.getLogger(__name__)


def finish(
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
        if build.ahead:
            build.ahead.finish()  # its memory is for what follows
    with build.stage("keywords"):
        _find_keywords(build, catalog)
    with build.stage("catalog"):
        catalog.finish()
    look_at = _make_look(draft, parent)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        begun = {  # while other stages go on
            name: pool.submit(look_at, name, path)
            for name, path in list_files(draft)
            if name.split("/")[0] in (CATALOG, FULLTEXT)
        }
        manifest = _complete(build, command, parent)
        with build.stage("checksum"):
            write_samples(draft)
            described = {
                name: begun.get(name) or pool.submit(look_at, name, path)
                for name, path in list_files(draft)
            }
            files = {name: file.result() for name, file in described.items()}
    with build.stage("publish"):
        snapshots.sync_tree(draft)
    manifest = replace(manifest, files=files, stages=stages.done)
    manifest.write(draft)
    snapshots.sync(draft / MANIFEST)
    snapshots.sync(draft)
    published = snapshots.publish(draft)
    _LOG.info("published %s", published)
    return manifest


def _complete(build: Build, command: str, parent: str | None) -> Manifest:
    """Write all that follows from catalog and index; return what there is, verified."""
    draft = build.draft
    with build.stage("history"):
        _record_changes(build, command)
    with build.stage("words"):
        fulltext = Fulltext.open(draft / FULLTEXT)
        _write_words(build, fulltext, draft.parent / parent if parent else None)
        write_years(fulltext.counts.by_year, draft)
    with build.stage("encode"):
        encoder = _encode(build)
    with build.stage("verify"):
        manifest = describe_draft(build, encoder, command=command, parent=parent)
        check_contents(draft, manifest)
    return manifest


def _make_look(draft: Path, parent: str | None) -> Callable[[str, Path], StoredFile]:
    """Return what flushes and describes a file: one that is the parent's, as it has it."""
    old = draft.parent / parent if parent else None
    known = Manifest.read_from(old).files if old else {}

    def look_at(name: str, path: Path) -> StoredFile:
        if old and name in known and path.samefile(old / name):
            return known[name]
        snapshots.sync(path)
        return describe(path)

    return look_at


def _record_changes(build: Build, command: str) -> None:
    """Write the history: all papers are compared, or those that an update has written."""
    touched = None
    if command == "update":
        removed = build.harvest.removed if build.harvest else frozenset()
        touched = Touched(keys=build.digests.list_changed(), removed=removed)
    live = snapshots.find_live_or_none(build.draft.parent.parent)
    name = snapshots.make_final_name(build.draft)
    record_changes(live, build.draft, name, touched)


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


def _write_words(build: Build, fulltext: Fulltext, parent: Path | None) -> None:
    """Write the words that spelling is corrected with: those that are no slips.

    An update looks up the words of the papers that it wrote, and keeps all others.
    """
    least = _find_least(fulltext.counts.papers)
    changed = list(islice(build.digests.list_changed(), _MOST_LOOKED_UP + 1))
    is_alike = parent and _find_least(Manifest.read_from(parent).papers) == least
    if parent is None or not is_alike or len(changed) > _MOST_LOOKED_UP:
        write_words(fulltext.vocabulary.words(least), build.draft / WORDS)
        return
    with closing(Catalog.open(build.draft / CATALOG)) as catalog:
        texts = map(_compose_text, catalog.by_keys(changed))
        words = {word for text in texts for word in fulltext.vocabulary.split(text)}
    known = read_words(parent / WORDS)
    renew_words(known, words, fulltext.vocabulary.frequency, least)
    write_words(known.items(), build.draft / WORDS)


def _compose_text(paper: Paper) -> str:
    names = " ".join(author.name for author in paper.authors)
    return f"{paper.title} {paper.abstract} {names}"


def _find_least(papers: int) -> int:
    return next(least for many, least in _OFTEN if papers >= many)


_OFTEN = ((10_000, 5), (1_000, 2), (0, 1))
"""Papers in the library, and papers that must then contain a word."""

_AT_ONCE = 4  # files to wait for; hashing one leaves the others alone
_MOST_LOOKED_UP = 5_000
"""Papers of an update; for more, all words are counted anew."""

"""The library: an opened snapshot with all parts that answer requests."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self
from weakref import finalize

from index.errors import BrokenSnapshot, LibraryError
from index.meaning.encoders.choosing import find_obstacle, reopen, try_to_open
from index.meaning.encoders.deferred import DeferredEncoder
from index.meaning.encoders.encoder import NONE
from index.meaning.hybrid import Semantic, share_of_words
from index.meaning.keywords.extractor import KeywordExtractor
from index.meaning.keywords.surface import read_proper
from index.meaning.related.relater import Relater
from index.meaning.vectors.nearest import Vectors
from index.search.cost.metered import MeteredEngine
from index.search.cost.price import Prices
from index.search.engine import Counts, Engine, Vocabulary
from index.search.exact import ExactFinder
from index.search.finder import Finder
from index.search.listings.lister import Lister
from index.search.spelling.speller import Speller
from index.search.suggest import Suggester
from index.search.tantivy import Fulltext
from index.snapshots.catalog import Catalog
from index.snapshots.counts import SnapshotCounts
from index.snapshots.guarded import guard
from index.snapshots.history.arrivals import Arrivals
from index.snapshots.history.change import read_moment
from index.snapshots.history.history import History
from index.snapshots.layout import CATALOG, ENCODER, FULLTEXT, PROPER, VECTORS, WORDS
from index.snapshots.manifest import Manifest, find_altered
from index.snapshots.snapshot import hold_open
from index.snapshots.soundness import check_files
from index.snapshots.timed import StepWatch, time_steps


@dataclass(frozen=True, kw_only=True)
class Library:
    """An opened snapshot, for the service and the CLI. Safe to share between threads.

    It closes when nobody holds it any more, so that a request ends with the library that
    it started with, whatever was published meanwhile.
    """

    snapshot: Path
    manifest: Manifest
    catalog: Catalog
    engine: Engine
    vocabulary: Vocabulary
    counts: Counts
    finder: Finder
    exact: ExactFinder
    suggester: Suggester
    lister: Lister
    relater: Relater
    extractor: KeywordExtractor
    history: History
    arrivals: Arrivals
    _semantic: Semantic | None = field(repr=False)
    _held: ExitStack = field(repr=False)

    @property
    def vectors(self) -> Vectors | None:
        """The vectors, if the snapshot has any."""
        return self._semantic.vectors if self._semantic else None

    @property
    def cache_bytes(self) -> dict[str, int]:
        """About how many bytes each of the caches takes."""
        return {"related": self.relater.remembered_bytes}

    @classmethod
    def open(cls, snapshot: Path, watch: StepWatch | None = None) -> Self:
        """Open a snapshot's directory, checking its files as far as can be afforded.

        The steps of its engine are told to `watch`. Raises BrokenSnapshot.
        """
        manifest = Manifest.read_from(snapshot)
        with ExitStack() as held:
            try:
                held.enter_context(hold_open(snapshot))
            except OSError as error:
                raise BrokenSnapshot(f"cannot open {snapshot}: {error}") from error
            check_files(snapshot, manifest)
            catalog = Catalog.open(snapshot / CATALOG)
            held.callback(catalog.close)
            _check_count(snapshot, manifest, catalog)
            fulltext = Fulltext.open(snapshot / FULLTEXT)
            vocabulary: Vocabulary = guard(fulltext.vocabulary)
            engine: Engine = guard(fulltext.engine)
            if watch is not None:
                engine = time_steps(engine, watch)
            engine = MeteredEngine(engine, Prices(vocabulary.size, manifest.papers))
            counts = SnapshotCounts(snapshot, manifest, fulltext.counts)
            semantic = _open_semantic(snapshot, manifest, engine)
            vectors = semantic.vectors if semantic else None
            relater = Relater(engine, catalog, vectors)
            history = History(snapshot)
            library = cls(
                snapshot=snapshot,
                manifest=manifest,
                catalog=catalog,
                engine=engine,
                vocabulary=vocabulary,
                counts=counts,
                finder=Finder(
                    engine=engine,
                    vocabulary=vocabulary,
                    counts=counts,
                    records=catalog,
                    speller=Speller.open(snapshot / WORDS),
                    snapshot=manifest.name,
                    meaning=semantic,
                ),
                exact=ExactFinder(engine, catalog),
                suggester=Suggester(engine, vocabulary, catalog, counts.by_category),
                lister=Lister(engine, catalog, relater),
                relater=relater,
                extractor=KeywordExtractor(vocabulary.frequencies, _read_proper(snapshot)),
                history=history,
                arrivals=Arrivals(history, catalog, engine),
                _semantic=semantic,
                _held=held.pop_all(),
            )
        finalize(library, library._held.close)
        return library

    @property
    def encoder(self) -> DeferredEncoder | None:
        """The encoder of queries, if papers have vectors."""
        return self._semantic.encoder if self._semantic else None

    @property
    def built(self) -> datetime:
        """When its build began."""
        return read_moment(self.manifest.name)

    @property
    def edition(self) -> str:
        """The snapshot's name, and whether its encoder is open: what answers depend on."""
        is_whole = self.encoder is None or self.encoder.is_open
        return self.manifest.name if is_whole else f"{self.manifest.name}-words"

    @property
    def problem(self) -> str:
        """Why queries cannot be encoded as papers were; empty if they can.

        Anybody may read it: it names no path. The log has the whole reason.
        """
        if self.encoder is None:
            return ""
        if self.encoder.is_opening:
            return "the encoder is being opened"
        obstacle = find_obstacle(self.manifest.encoder)
        helps = self.encoder.helps or (obstacle.helps if obstacle else "")
        return f"the encoder cannot be used; {helps}" if helps else ""

    def warm(self) -> None:
        """Begin to open the encoder in the background, if there is one."""
        if self._semantic is not None:
            self._semantic.warm()

    def close(self) -> None:
        """Close the files now; nothing can be read afterwards."""
        self._held.close()


def _check_count(snapshot: Path, manifest: Manifest, catalog: Catalog) -> None:
    """Compare the catalog with the manifest, whose own bytes nothing else vouches for."""
    if (papers := catalog.count()) != manifest.papers:
        raise BrokenSnapshot(
            f"{snapshot} has {papers:,} papers instead of {manifest.papers:,}; "
            "run `winnow rebuild DUMP`"
        )


def open_vectors(snapshot: Path, manifest: Manifest) -> Vectors | None:
    """Open a snapshot's vectors, None if it has none. Raises BrokenSnapshot."""
    record = manifest.encoder
    if record.name == NONE:
        return None
    vectors = Vectors.open(snapshot / VECTORS, manifest.papers)
    if vectors.dimensions != record.dimensions:
        raise BrokenSnapshot(
            f"{snapshot} has vectors of {vectors.dimensions} dimensions, but its encoder "
            f"{record.model} makes {record.dimensions}; run `winnow rebuild DUMP`"
        )
    return vectors


def find_encoder_problem(snapshot: Path, manifest: Manifest) -> str:
    """Return why queries cannot be encoded as papers were, and what helps; else "".

    Reads the model that a snapshot carries, and opens the encoder whatever it is, which
    may take seconds: no request waits for this.
    """
    record = manifest.encoder
    if record.name == NONE:
        return ""
    place = snapshot / ENCODER
    if altered := find_altered(snapshot, manifest, within=f"{ENCODER}/"):
        return f"{place} is damaged: {'; '.join(altered)}; run `winnow rebuild DUMP`"
    try:
        try_to_open(record, place)
    except LibraryError as error:
        return str(error)
    return ""


def _open_semantic(snapshot: Path, manifest: Manifest, engine: Engine) -> Semantic | None:
    """Open the search by meaning, if the snapshot has vectors."""
    vectors = open_vectors(snapshot, manifest)
    if vectors is None:
        return None
    record = manifest.encoder
    encoder = reopen(record, snapshot / ENCODER)
    return Semantic(engine, encoder, vectors, share_of_words(record.name))


def _read_proper(snapshot: Path) -> list[str]:
    try:
        return read_proper(snapshot / PROPER)
    except OSError as error:
        raise BrokenSnapshot(f"cannot open {snapshot / PROPER}: {error}") from error

"""An opened snapshot: the parts that answer, bundled."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from weakref import finalize

from index.errors import BrokenSnapshot
from index.search.engine import Engine
from index.search.finder import Finder
from index.search.fulltext import FulltextEngine
from index.search.spelling import Speller
from index.search.suggest import Suggester
from index.snapshots.catalog import Catalog
from index.snapshots.manifest import Manifest
from index.snapshots.snapshot import in_use

CATALOG, FULLTEXT, WORDS = "catalog.db", "fulltext", "words.txt"


@dataclass(frozen=True, kw_only=True)
class Library:
    """What the web service and the command line read. Safe to share between threads.

    It is closed when nobody holds it any more, so that a request that began with a
    library ends with it, whatever was published meanwhile.
    """

    manifest: Manifest
    catalog: Catalog
    engine: Engine
    finder: Finder
    suggester: Suggester
    _held: ExitStack = field(repr=False)

    @classmethod
    def open(cls, snapshot: Path) -> Self:
        """Open a snapshot's directory. Raises BrokenSnapshot."""
        manifest = Manifest.read_from(snapshot)
        with ExitStack() as held:
            try:
                held.enter_context(in_use(snapshot))
            except OSError as error:
                raise BrokenSnapshot(f"cannot open {snapshot}: {error}") from error
            catalog = Catalog.open(snapshot / CATALOG)
            held.callback(catalog.close)
            engine = FulltextEngine.open(snapshot / FULLTEXT)
            library = cls(
                manifest=manifest,
                catalog=catalog,
                engine=engine,
                finder=Finder(
                    engine, catalog, Speller.open(snapshot / WORDS), manifest.name
                ),
                suggester=Suggester(engine, catalog, manifest.categories),
                _held=held.pop_all(),
            )
        finalize(library, library._held.close)
        return library

    def close(self) -> None:
        """Close the files now. Nothing can be read afterwards."""
        self._held.close()

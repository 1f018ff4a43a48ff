"""Removal: takes papers out of a build, and keeps the keys without gaps.

The paper with the largest key moves to the key that becomes free, as if it had changed:
vectors are rows by key, and a library counts its keys from 1.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from index.errors import NothingLeft
from index.meaning.encoders.encoder import compose_text
from index.search.engine import EngineWriter
from index.snapshots.build.intake import Build
from index.snapshots.catalog import CatalogWriter

_BATCH = 500


def take_out(
    build: Build, ids: Iterable[str], catalog: CatalogWriter, engine: EngineWriter
) -> None:
    """Take the papers with those ids out; others are passed over. Raises NothingLeft."""
    doomed = {key: paper_id for paper_id, key in _find_keys(ids, catalog)}
    if doomed and len(doomed) == catalog.find_next_key() - 1:
        raise NothingLeft(
            "every paper of the library would be taken out: the server calls all of them "
            "deleted; nothing was changed, and the next harvest fetches anew"
        )
    for key in sorted(doomed, reverse=True):  # so that the last one is never doomed
        engine.remove(doomed[key])
        last = catalog.find_next_key() - 1
        if key == last:
            catalog.remove(key)
        else:
            _move(build, last, key, catalog, engine)
        build.digests.drop_last()


def _find_keys(ids: Iterable[str], catalog: CatalogWriter) -> Iterator[tuple[str, int]]:
    remaining = iter(sorted(ids))
    while some := list(islice(remaining, _BATCH)):
        yield from catalog.keys(some).items()


def _move(
    build: Build, old: int, new: int, catalog: CatalogWriter, engine: EngineWriter
) -> None:
    ((_, paper),) = catalog.by_keys([old])
    catalog.remove(old)
    catalog.remove(new)
    catalog.add([(new, paper)])
    engine.remove(paper.id)
    engine.add([(new, paper)])
    build.digests.note(new, compose_text(paper))

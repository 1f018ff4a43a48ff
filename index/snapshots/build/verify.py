"""Verification of a snapshot: its counts, a sample of its papers, its checksums."""

from pathlib import Path

from index.errors import BrokenSnapshot
from index.meaning.encoders.encoder import CARRIED
from index.meaning.encoders.static import holds
from index.papers.paper import Paper
from index.search.engine import Counts, Engine, Hits, Sort
from index.search.query.tree import Field, Query, Term
from index.search.tantivy import Fulltext
from index.search.terms.title import title_key
from index.snapshots.catalog import Catalog
from index.snapshots.layout import CATALOG, ENCODER, FULLTEXT
from index.snapshots.library import open_vectors
from index.snapshots.manifest import Manifest, find_altered

SAMPLE = 200
_MOST_TWINS = 2_000  # papers with the same title to look at


def verify(snapshot: Path) -> list[str]:
    """Check a finished snapshot thoroughly; return its problems as sentences.

    Raises BrokenSnapshot if it has no readable manifest.
    """
    manifest = Manifest.read_from(snapshot)
    problems = find_altered(snapshot, manifest)
    if not problems:
        try:
            check_contents(snapshot, manifest, thorough=True)
        except BrokenSnapshot as error:
            problems.append(str(error))
    return problems


def check_contents(snapshot: Path, manifest: Manifest, *, thorough: bool = False) -> None:
    """Check that catalog, index and manifest agree, and that a sample of papers is found.

    Raises BrokenSnapshot, which names the first problem.
    """
    catalog = Catalog.open(snapshot / CATALOG)
    try:
        fulltext = Fulltext.open(snapshot / FULLTEXT)
        counts = (manifest.papers, catalog.count(), fulltext.counts.papers)
        if len(set(counts)) > 1:
            raise BrokenSnapshot(
                "manifest, catalog and index count {:,}, {:,} and {:,} papers".format(
                    *counts
                )
            )
        open_vectors(snapshot, manifest)
        encoder = manifest.encoder
        if encoder.name in CARRIED and not holds(snapshot / ENCODER, encoder):
            raise BrokenSnapshot("the encoder is not the one in the manifest")
        if thorough:
            _check_manifest(snapshot, manifest, catalog, fulltext.counts)
        for key, paper in catalog.sample(SAMPLE):
            _check_found(fulltext.engine, key, paper)
    finally:
        catalog.close()


def _check_manifest(
    snapshot: Path, manifest: Manifest, catalog: Catalog, counts: Counts
) -> None:
    if not catalog.is_intact():
        raise BrokenSnapshot(f"{snapshot / CATALOG} is damaged")
    if manifest.categories != dict(counts.by_category):
        raise BrokenSnapshot("the manifest does not count the categories as the index does")
    days = (manifest.first_day, manifest.last_day)
    if days != (catalog.find_first_and_last_day() or (None, None)):
        raise BrokenSnapshot("the manifest and the catalog differ in the first or last day")


def _check_found(engine: Engine, key: int, paper: Paper) -> None:
    by_id = Query(tree=Term(Field.ID, paper.id))
    if _search(engine, by_id).keys != (key,):
        raise BrokenSnapshot(f"the index does not find {paper.id} by its id")
    title = title_key(paper.title)
    by_title = _search(engine, Query(tree=Term(Field.ID, ""), title=title))
    are_all = by_title.total == len(by_title.keys)
    if title and are_all and key not in by_title.keys:
        raise BrokenSnapshot(f"the index does not find {paper.id} by its title")


def _search(engine: Engine, query: Query) -> Hits:
    return engine.search(query, limit=_MOST_TWINS, offset=0, sort=Sort.RELEVANCE)

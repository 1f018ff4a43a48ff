"""The description of a draft: its manifest, from what a build did and what there is."""

from datetime import UTC, date, datetime

from index.meaning.encoders.encoder import EncoderRecord
from index.search.engine import Sort
from index.search.query.tree import Days, Query
from index.search.tantivy import Fulltext
from index.snapshots import snapshot as snapshots
from index.snapshots.build.intake import Build
from index.snapshots.build.parent import OwnPapers
from index.snapshots.catalog import Catalog
from index.snapshots.layout import CATALOG, FULLTEXT
from index.snapshots.manifest import Manifest, Source


def describe_draft(
    build: Build, encoder: EncoderRecord, *, command: str, parent: str | None
) -> Manifest:
    """Return the manifest of a draft, without files and stages. Raises BrokenSnapshot."""
    catalog = Catalog.open(build.draft / CATALOG)
    papers = catalog.count()
    fulltext = Fulltext.open(build.draft / FULLTEXT)
    days = [_find_day(fulltext, catalog, sort) for sort in (Sort.OLDEST, Sort.NEWEST)]
    catalog.close()
    counts = fulltext.counts
    dump, tally = build.dump, build.dump.tally
    return Manifest(
        name=snapshots.make_final_name(build.draft),
        created=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        command=command,
        parent=parent,
        source=Source(name=dump.name, bytes=dump.position, sha256=dump.sha256),
        read=tally.read,
        kept=build.kept,
        repeated=build.repeated,
        skipped=dict(tally.skipped),
        left_out=dict(tally.left_out),
        author_keys=build.author_keys,
        fields=build.fields,
        harvested=_find_harvested(build, command),
        written=_count_written(build, command),
        papers=papers,
        first_day=days[0],
        last_day=days[1],
        categories=dict(counts.by_category),
        encoder=encoder,
    )


def _find_day(fulltext: Fulltext, catalog: Catalog, sort: Sort) -> date | None:
    """Return the day of the first paper in an order, None without papers.

    The engine has the days at hand; the catalog would read all papers.
    """
    every = Query(filters=(Days(None, date.max),))
    hits = fulltext.engine.search(every, limit=1, sort=sort)
    papers = catalog.by_keys(hits.keys)
    return papers[0].submitted if papers else None


def _count_written(build: Build, command: str) -> int | None:
    """Return how many papers updates have written or taken out since a rebuild."""
    if command == "rebuild" or build.written is None:
        return build.written
    removed = len(build.harvest.removed) if build.harvest else 0
    return build.written + build.kept + removed


def _find_harvested(build: Build, command: str) -> dict[str, date] | None:
    """Return how far the library knows what has changed.

    A dump tells it by its newest record. An update from a file changes nothing: it may
    leave out days between. A rebuild from a snapshot's own papers knows what that knew.
    """
    if build.harvest:
        return dict(build.harvest.reached)
    if command == "update" or isinstance(build.dump, OwnPapers):
        return build.harvested
    newest = build.dump.tally.newest
    return {"": newest} if newest else None

"""The description of a draft: its manifest, from what a build did and what there is."""

from datetime import UTC, date, datetime

from index.meaning.encoders.encoder import EncoderRecord
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
    days = catalog.find_first_and_last_day()
    papers = catalog.count()
    catalog.close()
    counts = Fulltext.open(build.draft / FULLTEXT).counts
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
        papers=papers,
        first_day=days[0] if days else None,
        last_day=days[1] if days else None,
        categories=dict(counts.by_category),
        encoder=encoder,
    )


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

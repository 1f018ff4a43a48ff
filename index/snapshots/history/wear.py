"""Wear: what updates do to a snapshot in the course of time, and when to rebuild it."""

from collections.abc import Iterator
from pathlib import Path

from index.meaning.encoders.encoder import STATIC
from index.search.tantivy import read_segments
from index.snapshots.layout import FULLTEXT
from index.snapshots.manifest import Manifest

MOST_DELETED = 0.15
"""Of the search index, beyond which searches and files are that much larger."""

MOST_SEGMENTS = 40
"""Of the search index: each search asks all of them."""

MOST_WRITTEN = 0.25
"""Of the papers, since words, keywords and a trained encoder were made from all."""


def list_wear(snapshot: Path, manifest: Manifest) -> Iterator[str]:
    """Yield why a rebuild is due, as phrases; nothing where it is not.

    Raises BrokenSnapshot.
    """
    segments = read_segments(snapshot / FULLTEXT)
    if segments.share_deleted > MOST_DELETED:
        yield (
            f"{segments.share_deleted:.0%} of the search index are papers as they were "
            "before they changed: searches and files are that much larger"
        )
    if segments.count > MOST_SEGMENTS:
        yield f"the search index is in {segments.count} pieces, and searches ask each"
    written = manifest.written
    if written and manifest.papers and written / manifest.papers > MOST_WRITTEN:
        share = f"{written / manifest.papers:.0%}"
        yield (
            f"updates have written {share} of the papers since the last one: spelling and "
            "keywords go by how often words were before"
        )
        if manifest.encoder.name == STATIC:
            yield f"the encoder was trained without {share} of the papers"

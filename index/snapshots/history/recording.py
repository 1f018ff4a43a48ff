"""Recording: compares what a build made with the live snapshot, and carries its history on.

A history holds what every build has changed. Where it cannot, it begins anew: without a
live snapshot, with a damaged one, or with too many changes to be worth telling one by one.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from index.errors import BrokenSnapshot
from index.snapshots.catalog import Catalog, find_differences
from index.snapshots.history.change import Change, Kind, find_kind
from index.snapshots.history.files import begin_history, continue_history
from index.snapshots.layout import CATALOG, CHANGES
from index.snapshots.manifest import Manifest, find_altered

_LOG = logging.getLogger(__name__)

MOST = 100_000
"""Changes of one build. Whoever follows fetches all papers anew where there are more."""

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """All that an update has written: keys of papers, and ids that it took out."""

    keys: Iterable[int] = field(repr=False)
    removed: frozenset[str]


def record_changes(
    live: Path | None, draft: Path, build: str, touched: Touched | None
) -> None:
    """Write a draft's history: the live snapshot's, and what this build has changed.

    Without `touched`, all papers are compared. Raises OSError, BrokenSnapshot if the draft
    cannot be read.
    """
    found = None if live is None else _find_changes(live, draft, touched)
    if live is None or found is None:
        begin_history(draft, build)
        return
    try:
        problems = find_altered(live, Manifest.read_from(live), within=f"{CHANGES}/")
    except BrokenSnapshot as error:
        problems = [str(error)]
    if problems:
        _LOG.warning("the history of %s is lost: %s", live.name, "; ".join(problems))
        begin_history(draft, build)
    else:
        continue_history(live, draft, build, found)


def _find_changes(live: Path, draft: Path, touched: Touched | None) -> list[Change] | None:
    """Return what differs from the live snapshot; None if it is too much, or damaged."""
    try:
        before = Catalog.open(live / CATALOG)
    except BrokenSnapshot as error:
        _LOG.warning("what has changed is not known: %s", error)
        return None
    with closing(before), closing(Catalog.open(draft / CATALOG)) as after:
        try:
            keys, gone = _list_touched(live, draft, touched)
            changed = _compare(before, after, keys)
            found = chain(changed, _find_deleted(before, after, gone))
            changes = list(islice(found, MOST + 1))
        except BrokenSnapshot as error:
            _LOG.warning("what has changed is not known: %s", error)
            return None
    return changes if len(changes) <= MOST else None


def _list_touched(
    live: Path, draft: Path, touched: Touched | None
) -> tuple[Iterable[int], Sequence[str]]:
    """Return the keys of papers that may have changed, and ids that may be gone."""
    if touched is not None:
        return touched.keys, sorted(touched.removed)
    return find_differences(live / CATALOG, draft / CATALOG, MOST + 1)


def _compare(before: Catalog, after: Catalog, keys: Iterable[int]) -> Iterator[Change]:
    remaining = iter(keys)
    while some := list(islice(remaining, _BATCH)):
        papers = after.by_keys(some)
        known = before.by_ids([paper.id for paper in papers])
        for paper in papers:
            if kind := find_kind(known.get(paper.id), paper):
                yield Change(kind, paper.id)


def _find_deleted(before: Catalog, after: Catalog, gone: Sequence[str]) -> Iterator[Change]:
    known, kept = before.keys(gone), after.keys(gone)
    for paper_id in gone:
        if paper_id in known and paper_id not in kept:
            yield Change(Kind.DELETED, paper_id)

"""Gathering: what a server has and the live snapshot has not, as the dump of a build.

data/harvest/
    LOCK                held (flock) by the one harvest that may run
    pages/              the spool (index/sources/oai/spool.py)
    changes.jsonl.gz    the records in it that say something new
    reached.json        how far the last harvest came, if it brought nothing to publish
"""

import fcntl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from index.errors import Busy, HarvestFailed, NoSnapshot, NothingLeft
from index.snapshots import snapshot as snapshots
from index.snapshots.build.intake import Harvest
from index.snapshots.harvest.changes import write_changes
from index.snapshots.harvest.reached import note_reached, read_reached
from index.snapshots.layout import HARVEST
from index.snapshots.manifest import Manifest
from index.sources.dump import Dump
from index.sources.oai.client import OaiClient
from index.sources.oai.fetching import Watch, fetch, find_newest, is_complete
from index.sources.oai.spool import Plan, Spool
from index.sources.source import Source

_OVERLAP = timedelta(days=1)
_PAGES, _CHANGES, _LOCK = "pages", "changes.jsonl.gz", "LOCK"
_REACHED = "reached.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that a harvest brings for a build.

    `changes` counts records that are new or differ, and papers to take out; with 0 there
    is nothing to build. `unread` counts records that are no papers. `is_first` says that
    there is no snapshot to update. `is_late` says that all was fetched on an earlier day,
    so that another harvest is due.
    """

    dump: Dump
    harvest: Harvest
    records: int
    changes: int
    unread: int
    is_first: bool
    is_late: bool


@contextmanager
def gather(
    data: Path,
    client: OaiClient,
    *,
    sets: Sequence[str] = (),
    since: date | None = None,
    watch: Watch = lambda _: None,
) -> Iterator[Gathered]:
    """Fetch what has changed since a day; lend it for a build into a data directory.

    Without a day, since the one that the live snapshot knows of, less one. What is fetched
    is kept until the block ends well: whatever ends it otherwise, the next one goes on.
    Raises Busy, NoSnapshot, BrokenSnapshot, HarvestFailed.
    """
    place = data / HARVEST
    with _explain_errors(place), _lock(place):
        spool = Spool(place / _PAGES)
        plan = _make_plan(data, client, sets or ("",), since, spool.plan)
        if spool.plan != plan:
            spool.begin(plan)
        was_complete = is_complete(spool)
        fetch(client, spool, plan, watch)
        live = _find_live(data)
        reached = _reach(place, live, spool)
        changes = write_changes(spool, live, place / _CHANGES)
        last = max(head.fetched for head in spool.heads)
        with (
            closing(_open_dump(client, place / _CHANGES)) as dump,
            _forget_if_refused(spool),
        ):
            yield Gathered(
                dump=dump,
                harvest=Harvest(removed=changes.removed, reached=reached),
                records=changes.read,
                changes=changes.count,
                unread=changes.unread,
                is_first=live is None,
                is_late=was_complete and last < datetime.now(UTC).date(),
            )
        if live and not changes.count:
            note_reached(place / _REACHED, live, reached)
        spool.clear()
        (place / _CHANGES).unlink()


@contextmanager
def _forget_if_refused(spool: Spool) -> Iterator[None]:
    """Let the next harvest fetch anew where no build will ever take what was fetched."""
    try:
        yield
    except NothingLeft:
        spool.clear()
        raise


def _open_dump(client: OaiClient, changes: Path) -> Dump:
    return Dump(f"harvest of {client.url}", Source.open(changes))


def _find_live(data: Path) -> Path | None:
    """Return the live snapshot, None if there is none yet. Raises BrokenSnapshot."""
    try:
        return snapshots.find_live(data)
    except NoSnapshot:
        return None


def _make_plan(
    data: Path,
    client: OaiClient,
    sets: Sequence[str],
    since: date | None,
    begun: Plan | None,
) -> Plan:
    """Return what to fetch: the plan that was begun, if it is for the same.

    It is not where another snapshot is live, which may have newer versions of what was
    fetched, nor where it would leave out days that are due.
    Raises NoSnapshot, BrokenSnapshot, HarvestFailed.
    """
    live = _find_live(data)
    base = live.name if live else ""
    is_same = begun and (begun.url, begun.base) == (client.url, base)
    if begun and (not is_same or set(begun.starts) != set(sets)):
        begun = None
    if since:
        starts = dict.fromkeys(sets, since)
        is_same = begun is not None and begun.starts == starts
        return begun if begun and is_same else _plan(client, starts, base)
    if live is None:
        if begun:
            return begun
        raise NoSnapshot(
            f"no snapshot in {data}; say with --from from which day on to fetch papers, or "
            "run `winnow rebuild DUMP`"
        )
    known = _find_known(data / HARVEST, live)
    starts = {name: _find_start(known, name) for name in sets}
    if begun and all(begun.starts[name] <= day for name, day in starts.items()):
        return begun
    return _plan(client, starts, base)


def _plan(client: OaiClient, starts: Mapping[str, date], base: str) -> Plan:
    return Plan(url=client.url, starts=starts, base=base)


def _find_known(place: Path, live: Path) -> Mapping[str, date]:
    """Return how far each set is known; of an older snapshot, by its newest paper."""
    if noted := read_reached(place / _REACHED, live):
        return noted
    manifest = Manifest.read_from(live)
    if manifest.harvested:
        return manifest.harvested
    last = manifest.last_day
    return {"": min(last, datetime.now(UTC).date())} if last else {}


def _find_start(known: Mapping[str, date], name: str) -> date:
    day = _find_day(known, name)
    if day is None:
        raise HarvestFailed(
            f"the live snapshot does not know how current it is in {name or 'all sets'}; "
            "say with --from from which day on to fetch papers"
        )
    return day - _OVERLAP


def _find_day(known: Mapping[str, date], name: str) -> date | None:
    """Return how far a set is known: by itself, or as a part of a larger one."""
    parts = name.split(":")
    larger = {"", *(":".join(parts[:count]) for count in range(1, len(parts) + 1))}
    return max((day for other, day in known.items() if other in larger), default=None)


def _reach(place: Path, live: Path | None, spool: Spool) -> dict[str, date]:
    """Return how far each set is known with what was fetched."""
    known = dict(_find_known(place, live)) if live else {}
    today = datetime.now(UTC).date()
    for name, start in spool.plan.starts.items() if spool.plan else ():
        newest = find_newest(spool, name)
        reached = min(newest, today) if newest else _find_day(known, name) or start
        known[name] = max(reached, known.get(name, reached))
    return {name: day for name, day in known.items() if day > _find_larger(known, name)}


def _find_larger(known: Mapping[str, date], name: str) -> date:
    """Return how far the larger sets are known that a set is a part of."""
    others = {other: day for other, day in known.items() if other != name}
    return _find_day(others, name) or date.min


@contextmanager
def _lock(place: Path) -> Iterator[None]:
    place.mkdir(parents=True, exist_ok=True)
    with (place / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"another harvest is running in {place.parent}") from None
        yield


@contextmanager
def _explain_errors(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or place
        raise HarvestFailed(f"cannot write {where}: {error.strerror or error}") from error

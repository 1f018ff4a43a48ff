"""Updates of a library, measured: seconds, bytes, and searches before and after."""

import random
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import winnow
from benchmarks.kinds import drawn, understood
from benchmarks.tables import spread
from index import Library, Manifest, Search, Shelf, Window, find_live

SEED, QUERIES = 2026, 100
_MIB = 1 << 20


def update(data: Path, dump: Path) -> dict[str, Any]:
    """Update a library with a dump and delete its old snapshot; return what it took."""
    old = find_live(data)
    start = time.perf_counter()
    winnow("update", dump, "--data", data)
    seconds = time.perf_counter() - start
    live = find_live(data)
    manifest = Manifest.read_from(live)
    row = {
        "records": manifest.kept,
        "s": round(seconds, 2),
        "mib": _measure_new(live),
        "before": Manifest.read_from(old).papers,
        "papers": manifest.papers,
        "stages": {stage.stage: stage.seconds for stage in manifest.stages},
    }
    shutil.rmtree(old)
    return row


def _measure_new(snapshot: Path) -> float:
    """Return the MiB that a snapshot does not share with the one before."""
    stats = (path.stat() for path in snapshot.rglob("*") if path.is_file())
    return sum(stat.st_size for stat in stats if stat.st_nlink == 1) / _MIB


def measure_size(snapshot: Path) -> float:
    """Return the MiB of a snapshot."""
    files = snapshot.rglob("*")
    return sum(path.stat().st_size for path in files if path.is_file()) / _MIB


def ask(data: Path) -> float:
    """Return the median milliseconds of searches of all kinds with a page of papers."""
    return ask_in_turn([Shelf(data).library()])[0]


def ask_in_turn(libraries: Sequence[Library], *, facets: bool = False) -> list[float]:
    """Return the median of each library, the same searches asked of one after another."""
    kinds = drawn(libraries[0], random.Random(SEED), QUERIES)
    window = Window(limit=20, facets=facets)
    times: list[list[float]] = [[] for _ in libraries]
    for turn, query in enumerate(query for some in kinds.values() for query in some):
        for at in range(len(libraries)):
            which = (turn + at) % len(libraries)
            times[which].append(_time(libraries[which], query, window, facets=facets))
    return [spread(some)["p50"] for some in times]


def _time(library: Library, query: str, window: Window, *, facets: bool) -> float:
    text, filters = understood(query)
    start = time.perf_counter()
    found = library.finder.find(Search(text, filters=filters), window)
    if facets:
        found.facets  # noqa: B018  counted when it is asked for
    return (time.perf_counter() - start) * 1_000

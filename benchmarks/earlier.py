"""Time and memory of a rebuild beside those of an earlier version of Winnow.

WINNOW_EARLIER names the `winnow` of a checkout with an environment of its own, and
WINNOW_EARLIER_PAPERS how many papers of the old file are taken, 588,238 at most.
"""

import os
import statistics
import sys
from pathlib import Path
from shutil import rmtree

from benchmarks.corpus import OLD, WINNOW, Corpus
from benchmarks.tables import write
from benchmarks.timed import run_timed

PAPERS = int(os.environ.get("WINNOW_EARLIER_PAPERS", "100000"))
CYCLES = 3 if PAPERS <= 100_000 else 1


def run(corpus: Corpus) -> None:
    """Rebuild the first papers of the old file by both versions in turn."""
    earlier = os.environ.get("WINNOW_EARLIER")
    if not earlier:
        sys.exit("set WINNOW_EARLIER to the `winnow` of an earlier version")
    plain, _ = corpus.unpacked(OLD)
    versions = {"earlier": Path(earlier), "now": WINNOW}
    times: dict[str, list[tuple[float, float, float]]] = {name: [] for name in versions}
    for _ in range(CYCLES):
        for name, program in versions.items():
            times[name].append(_rebuild(program, plain, corpus.scratch / "turn"))
    middle = {
        name: [statistics.median(column) for column in zip(*cycles, strict=True)]
        for name, cycles in times.items()
    }
    rows = [
        {"version": name, **dict(zip(_COLUMNS, middle[name], strict=True))}
        for name in versions
    ]
    ratios = [now / then for then, now in zip(*middle.values(), strict=True)]
    rows.append({"version": "ratio", **dict(zip(_COLUMNS, ratios, strict=True))})
    title = f"Rebuild of {PAPERS:,} papers, interleaved cycles: {CYCLES}"
    write("rebuild-earlier", title, rows, by="earlier", cycles=times)


_COLUMNS = ("wall s", "CPU s", "peak MiB")


def _rebuild(program: Path, dump: Path, data: Path) -> tuple[float, float, float]:
    """Return seconds, those of processors, and peak MiB of a rebuild from nothing."""
    rmtree(data, ignore_errors=True)
    command = ("rebuild", dump, "--data", data, "--limit", PAPERS)
    spent = run_timed(program, *command)
    rmtree(data)
    return spent.wall_s, spent.cpu_s, spent.mib

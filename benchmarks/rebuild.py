"""Time and memory of a rebuild, beside a bare tantivy loop."""

import os
import shutil
import statistics
import subprocess
import sys
import time

from benchmarks.corpus import NEW, OLD, ROOT, WINNOW, Corpus
from benchmarks.tables import write
from index import Manifest, find_live

CYCLES = 3
_MIB = 1 << 20


def run(corpus: Corpus) -> None:
    """Measure interleaved cycles of bare loop and rebuild, then both files at once."""
    cycles = [_cycle(corpus) for _ in range(CYCLES)]
    middle = {key: statistics.median(c[key] for c in cycles) for key in cycles[0]}
    manifest = Manifest.read_from(find_live(corpus.scratch / "rebuilt"))
    both, both_s, both_mib = _both(corpus)
    rows = [
        {"what": "papers", "1986–2019": manifest.papers, "both files": both.papers},
        _row("unpacking .xz alone, s", middle["unpack"], "—"),
        _row("bare tantivy loop, s", middle["bare"], "—"),
        _row("bare loop, peak MiB", middle["bare_mib"], "—"),
        _row("winnow rebuild (both files: of the .xz), s", middle["ours"], both_s),
        _row("ratio: index and commit, catalog included", middle["ratio"], "—"),
        _row("ratio: everything", middle["ratio_all"], "—"),
        _row("peak MiB", middle["ours_mib"], both_mib),
        _row("MiB on disk", _size(manifest), _size(both)),
        *(
            _row(f"stage {ours.stage}, s", ours.seconds, theirs.seconds)
            for ours, theirs in zip(manifest.stages, both.stages, strict=True)
        ),
    ]
    title = f"Rebuild, median of {CYCLES} interleaved cycles"
    write("rebuild", title, rows, cycles=cycles)


def _cycle(corpus: Corpus) -> dict[str, float]:
    plain, unpack_s = corpus.unpacked(OLD)
    bare, data = corpus.scratch / "bare", corpus.scratch / "rebuilt"
    shutil.rmtree(bare, ignore_errors=True)
    bare_s, bare_mib = _timed([sys.executable, "-m", "benchmarks.bare", plain, bare])
    shutil.rmtree(data, ignore_errors=True)
    ours_s, ours_mib = _timed([WINNOW, "rebuild", plain, "--data", data])
    stages = {s.stage: s.seconds for s in Manifest.read_from(find_live(data)).stages}
    built_s = stages["index"] + stages["commit"] + stages["catalog"]
    return {
        "unpack": unpack_s,
        "bare": bare_s,
        "bare_mib": bare_mib,
        "ours": ours_s,
        "ours_mib": ours_mib,
        "ratio": built_s / bare_s,
        "ratio_all": ours_s / bare_s,
    }


def _both(corpus: Corpus) -> tuple[Manifest, float, float]:
    """Rebuild both files as one: xz files can be joined, and read from a pipe."""
    joined, data = corpus.scratch / "both.jsonl.xz", corpus.scratch / "both"
    with joined.open("wb") as file:
        for name in (OLD, NEW):
            file.write(corpus.file(name).read_bytes())
    shutil.rmtree(data, ignore_errors=True)
    seconds, mib = _timed([WINNOW, "rebuild", joined, "--data", data])
    manifest = Manifest.read_from(find_live(data))
    shutil.rmtree(data)
    return manifest, seconds, mib


def _timed(command: list[object]) -> tuple[float, float]:
    """Run a program; return its wall-clock seconds and its peak resident MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def _row(what: str, old: float, both: float | str) -> dict[str, object]:
    return {"what": what, "1986–2019": old, "both files": both}


def _size(manifest: Manifest) -> float:
    return sum(file.bytes for file in manifest.files.values()) / _MIB

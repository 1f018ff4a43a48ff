"""Time and memory of a rebuild, beside a bare tantivy loop."""

import shutil
import statistics
import sys

from benchmarks.corpus import NEW, OLD, WINNOW, Corpus
from benchmarks.tables import write
from benchmarks.timed import run_timed
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
    loop = run_timed(sys.executable, "-m", "benchmarks.bare", plain, bare)
    shutil.rmtree(data, ignore_errors=True)
    ours = run_timed(WINNOW, "rebuild", plain, "--data", data)
    stages = {s.stage: s.seconds for s in Manifest.read_from(find_live(data)).stages}
    built_s = stages["index"] + stages["commit"] + stages["catalog"]
    return {
        "unpack": unpack_s,
        "bare": loop.wall_s,
        "bare_mib": loop.mib,
        "ours": ours.wall_s,
        "ours_mib": ours.mib,
        "ratio": built_s / loop.wall_s,
        "ratio_all": ours.wall_s / loop.wall_s,
    }


def _both(corpus: Corpus) -> tuple[Manifest, float, float]:
    """Rebuild both files as one: xz files can be joined, and read from a pipe."""
    joined, data = corpus.scratch / "both.jsonl.xz", corpus.scratch / "both"
    with joined.open("wb") as file:
        for name in (OLD, NEW):
            file.write(corpus.file(name).read_bytes())
    shutil.rmtree(data, ignore_errors=True)
    spent = run_timed(WINNOW, "rebuild", joined, "--data", data)
    manifest = Manifest.read_from(find_live(data))
    shutil.rmtree(data)
    return manifest, spent.wall_s, spent.mib


def _row(what: str, old: float, both: float | str) -> dict[str, object]:
    return {"what": what, "1986–2019": old, "both files": both}


def _size(manifest: Manifest) -> float:
    return sum(file.bytes for file in manifest.files.values()) / _MIB

"""A rebuild of 3 million papers, all of arXiv: seconds, memory, stages."""

import shutil

from benchmarks.corpus import WINNOW, Corpus
from benchmarks.growth import MILLIONS, write_millions
from benchmarks.tables import write
from benchmarks.timed import run_timed
from index import Manifest, find_live


def run(corpus: Corpus) -> None:
    """Rebuild a dump of the old file over and over, once, with everything."""
    dump = write_millions(corpus)
    data = corpus.scratch / "millions"
    shutil.rmtree(data, ignore_errors=True)
    spent = run_timed(WINNOW, "rebuild", dump, "--data", data)
    dump.unlink()
    stages = Manifest.read_from(find_live(data)).stages
    rows = [_row(stage.stage, stage.seconds, stage.peak_mib) for stage in stages]
    rows.append(_row("everything", spent.wall_s, spent.mib))
    write("millions", f"Rebuild of {MILLIONS:,} papers", rows, cpu=spent.cpu_s)
    shutil.rmtree(data)


def _row(stage: str, seconds: float, mib: float) -> dict[str, object]:
    return {"stage": stage, "seconds": seconds, "peak MiB": mib}

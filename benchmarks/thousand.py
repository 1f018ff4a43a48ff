"""Time of an update with 1,000 papers, half of them new, at 668,000 papers.

WINNOW_EARLIER, if it is set, names the `winnow` of an earlier version to compare with.
"""

import lzma
import os
import random
import shutil
import statistics
from itertools import islice
from pathlib import Path

import orjson

from benchmarks.corpus import NEW, WINNOW, Corpus
from benchmarks.tables import write
from benchmarks.timed import run_timed
from benchmarks.updating import SEED
from index import Manifest, find_live

CYCLES, PAPERS = 5, 1_000


def run(corpus: Corpus) -> None:
    """Update copies of the whole library by one version or two, in turn."""
    library = corpus.whole_library()
    earlier = os.environ.get("WINNOW_EARLIER")
    versions = {"earlier": Path(earlier)} if earlier else {}
    versions["now"] = WINNOW
    dumps = _write_dumps(corpus)
    found: dict[str, list[dict[str, float]]] = {name: [] for name in versions}
    for dump in dumps:
        for name, program in versions.items():
            found[name].append(_update(program, dump, library, corpus.scratch / "turn"))
    rows = [
        {"version": name}
        | {
            what: statistics.median(cycle.get(what, 0.0) for cycle in cycles)
            for what in cycles[-1]
        }
        for name, cycles in found.items()
    ]
    title = f"Update of {PAPERS:,} papers at 668,227, median of {CYCLES}, seconds"
    write("update", title, rows, by="thousand", cycles=found)


def _update(program: Path, dump: Path, library: Path, data: Path) -> dict[str, float]:
    """Update a copy that shares its files, and forget it; return seconds."""
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(library, data, copy_function=os.link)
    spent = run_timed(program, "update", dump, "--data", data, "--keep", 1)
    stages = Manifest.read_from(find_live(data)).stages
    shutil.rmtree(data)
    return {"wall": spent.wall_s, "CPU": spent.cpu_s} | {s.stage: s.seconds for s in stages}


def _write_dumps(corpus: Corpus) -> list[Path]:
    """Write a dump for each cycle: new papers, and known ones with another abstract."""
    chance = random.Random(SEED)
    with lzma.open(corpus.file(NEW)) as packed:
        lines = chance.sample(list(islice(packed, 50_000)), CYCLES * PAPERS)
    dumps = []
    for cycle in range(CYCLES):
        dump = corpus.scratch / f"thousand-{cycle}.jsonl"
        part = lines[cycle * PAPERS : (cycle + 1) * PAPERS]
        dump.write_bytes(b"".join(_change(n, line) for n, line in enumerate(part)))
        dumps.append(dump)
    return dumps


def _change(number: int, line: bytes) -> bytes:
    record = orjson.loads(line)
    if number % 2:
        record["id"] = f"2612.{number:05}"
    else:
        record["abstract"] = f"{record['abstract']} It is longer now."
    return orjson.dumps(record) + b"\n"

"""Opening the encoder: a fresh process, from its start to the vector of a first query.

A server has imported `index` before it opens anything; what comes on top is told apart.
MiniLM, for comparison, if the extra is installed.
"""

import json
import statistics
import subprocess
import sys
from importlib.util import find_spec

from benchmarks.corpus import ROOT, Corpus
from benchmarks.tables import write

TIMES = 7
_PROCESS = """
import json, resource, sys, time
born = time.perf_counter()
import index
began = time.perf_counter(), time.process_time()
if sys.argv[1] == "shipped":
    from index.meaning.encoders.shipped import open_shipped
    encoder = open_shipped()
else:
    from index.meaning.encoders.choosing import load
    encoder, _ = load(sys.argv[1])
opened = time.perf_counter(), time.process_time()
encoder.encode(["teaching machines to translate"])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "index": began[0] - born,
    "wall": opened[0] - began[0],
    "cpu": opened[1] - began[1],
    "first": time.perf_counter() - opened[0],
    "all": used.ru_utime + used.ru_stime,
    "peak": int(peak.split()[1]) / 1024,
}))
"""


def run(_corpus: Corpus) -> None:
    """Open each encoder in several processes, one after another."""
    names = ["shipped", *(["minilm"] if find_spec("sentence_transformers") else [])]
    rows, raw = [], {}
    for name in names:
        runs = raw[name] = [_open(name) for _ in range(TIMES)]
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        rows.append(
            {
                "encoder": name,
                "`import index`, s": middle["index"],
                "opened, s": middle["wall"],
                "of these CPU, s": middle["cpu"],
                "slowest, s": max(run["wall"] for run in runs),
                "first query, ms": middle["first"] * 1000,
                "CPU of the whole process, s": middle["all"],
                "peak memory, MiB": f"{middle['peak']:.0f}",
            }
        )
    title = f"Opening an encoder in a fresh process, median of {TIMES}"
    write("opening", title, rows, raw=raw)


def _open(name: str) -> dict[str, float]:
    command = [sys.executable, "-c", _PROCESS, name]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found

"""Nearest vectors: Winnow's sign bits and rescoring, and a graph (usearch)."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import usearch.index

from benchmarks.corpus import Corpus
from benchmarks.tables import spread, write
from index import Shelf
from index.meaning.vectors.files import VectorsWriter
from index.meaning.vectors.nearest import Vectors

QUERIES = 500
NEAREST = 10
_MANY = 3_000_000
_NOISE = 0.5  # of a copy, against the length of a vector
_AT_ONCE = 20_000


def run(corpus: Corpus) -> None:
    """Measure at the size of the library, and at three million."""
    vectors = Shelf(corpus.library()).library().relater.vectors
    if vectors is None:
        sys.exit("the library has no vectors; delete it, so that it is built with some")
    rows = []
    for count in (vectors.count, _MANY):
        rows += _measured(corpus, vectors, count)
    write("neighbours", f"Nearest {NEAREST} of {vectors.dimensions} dimensions", rows)


def _measured(corpus: Corpus, vectors: Vectors, count: int) -> Iterator[dict[str, object]]:
    chance = np.random.default_rng(2026)
    queries = vectors.of(
        (chance.choice(vectors.count, QUERIES, replace=False) + 1).tolist()
    )
    exact = _exact(vectors, count, queries)
    for name, build, opened in (
        ("Winnow: sign bits, rescored", _write_ours, _open_ours),
        ("usearch: HNSW, int8", _write_graph, _open_graph),
    ):
        print(name, count, flush=True)
        place = corpus.scratch / f"neighbours-{count}-{name.split(':')[0]}"
        start = time.perf_counter()
        if not place.exists():
            build(place, vectors, count)
        built = time.perf_counter() - start
        start = time.perf_counter()
        search = opened(place, count)
        opening = (time.perf_counter() - start) * 1_000
        times, recalled = [], []
        for query, true in zip(queries, exact, strict=True):
            start = time.perf_counter()
            found = search(query)
            times.append((time.perf_counter() - start) * 1_000)
            recalled.append(len(set(found) & set(true)) / NEAREST)
        yield {
            "vectors": f"{count:,}",
            "how": name,
            "recall@10": f"{np.mean(recalled):.3f}",
            "p50 ms": spread(times)["p50"],
            "p99 ms": spread(times)["p99"],
            "build s": built,
            "open ms": opening,
            "MiB on disk": _bytes(place) / 2**20,
            "private MiB": _private(place, opened.__name__, count),
        }


def _batches(vectors: Vectors, count: int) -> Iterator[np.ndarray]:
    """Yield unit rows: the library's, then copies of them with noise."""
    chance = np.random.default_rng(7)
    for start in range(0, count, _AT_ONCE):
        places = np.arange(start, min(start + _AT_ONCE, count))
        rows = vectors.of((places % vectors.count + 1).tolist())
        if start >= vectors.count:
            noise = chance.normal(size=rows.shape).astype(np.float32)
            rows += noise * (_NOISE / np.sqrt(rows.shape[1]))
        yield rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _exact(vectors: Vectors, count: int, queries: np.ndarray) -> list[Sequence[int]]:
    best = np.full((len(queries), NEAREST), -2.0, dtype=np.float32)
    keys = np.zeros((len(queries), NEAREST), dtype=np.int64)
    start = 1
    for rows in _batches(vectors, count):
        scores = np.hstack([best, queries @ rows.T])
        names = np.broadcast_to(
            np.arange(start, start + len(rows)), (len(queries), len(rows))
        )
        names = np.hstack([keys, names])
        order = np.argpartition(-scores, NEAREST - 1, axis=1)[:, :NEAREST]
        best = np.take_along_axis(scores, order, axis=1)
        keys = np.take_along_axis(names, order, axis=1)
        start += len(rows)
    return keys.tolist()


def _write_ours(place: Path, vectors: Vectors, count: int) -> None:
    writer = VectorsWriter.create(place, vectors.dimensions)
    for rows in _batches(vectors, count):
        writer.append(rows, np.zeros(len(rows), dtype=np.uint64))
    writer.close()


def _open_ours(place: Path, count: int) -> Callable[[np.ndarray], Sequence[int]]:
    vectors = Vectors.open(place, count)
    return lambda query: vectors.nearest(query, NEAREST).keys


def _write_graph(place: Path, vectors: Vectors, count: int) -> None:
    graph = usearch.index.Index(ndim=vectors.dimensions, metric="cos", dtype="i8")
    start = 1
    for rows in _batches(vectors, count):
        graph.add(np.arange(start, start + len(rows)), rows, threads=os.cpu_count())
        start += len(rows)
    place.mkdir()
    graph.save(str(place / "graph.usearch"))


def _open_graph(place: Path, _count: int) -> Callable[[np.ndarray], Sequence[int]]:
    graph = usearch.index.Index.restore(str(place / "graph.usearch"), view=True)
    return lambda query: graph.search(query, NEAREST).keys.tolist()


def _bytes(place: Path) -> int:
    return sum(file.stat().st_size for file in place.iterdir())


def _private(place: Path, opened: str, count: int) -> float:
    """Return what a process of its own holds alone after some searches, in MiB."""
    code = f"""
import re, numpy as np
from pathlib import Path
from benchmarks import neighbours
search = neighbours.{opened}(Path({str(place)!r}), {count})
chance = np.random.default_rng(1)
for _ in range(20):
    search(chance.normal(size=384).astype(np.float32) / 20)
held = Path("/proc/self/smaps_rollup").read_text()
print(sum(int(n) for n in re.findall(r"Private_\\w+: +(\\d+)", held)) / 1024)
"""
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return float(shown.stdout.split()[-1])

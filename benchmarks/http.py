"""Latency and throughput of pages and JSON over HTTP."""

import random
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import orjson

from benchmarks.corpus import Corpus
from benchmarks.kinds import KINDS, drawn, understood
from benchmarks.server import Client, serving
from benchmarks.tables import spread, write
from index import Library, Search, Shelf, Window

SEED = 2026
QUERIES = 1_000
CONNECTIONS = 8
_LOAD_S = 10
_EMPTY = "empty route"
_MIXED = "all kinds"
_JSON = "/api/search?facets=1&highlight=1&"
_PAGE = "/search?"


def run(corpus: Corpus) -> None:
    """Ask for every query as a page and as JSON, in random order, and in the library."""
    data = corpus.library()
    library = Shelf(data).library()
    chance = random.Random(SEED)
    queries = drawn(library, chance, QUERIES)
    jobs = [(kind, query) for kind, asked in queries.items() for query in asked]
    chance.shuffle(jobs)
    with serving(data) as first, serving(data) as second:  # none knows an answer before
        pages, api = Client(first), Client(second)
        for number in range(50):
            pages.timed(f"{_PAGE}q=zebra+{number}")
            api.timed(f"{_JSON}q=zebra+{number}")
        times = _measure(pages, api, library, jobs)
        empty = [pages.timed("/robots.txt")[0] for _ in range(QUERIES)]
    rows = [_row(kind, times[kind]) for kind in KINDS]
    rows.append(_row(_MIXED, _together(times)))
    rows.append(dict.fromkeys(rows[0], "—") | {"query": _EMPTY} | _cells("page", empty))
    write("http", "HTTP, one worker, one connection, milliseconds", rows, times=_raw(times))
    _write_rates(data, queries)


def _measure(
    pages: Client, api: Client, library: Library, jobs: list[tuple[str, str]]
) -> dict[str, dict[str, list[float]]]:
    times: dict[str, dict[str, list[float]]] = {}
    for kind, query in jobs:
        kept = times.setdefault(kind, {"library": [], "page": [], "JSON": []})
        kept["library"].append(_library_ms(library, query))
        kept["page"].append(pages.timed(f"{_PAGE}{query}")[0])
        kept["JSON"].append(api.timed(f"{_JSON}{query}&limit=20")[0])
    return times


def _library_ms(library: Library, query: str) -> float:
    text, filters = understood(query)
    start = time.perf_counter()
    found = library.finder.find(Search(text, filters=filters), Window(limit=20))
    found.begin_facets()
    _ = found.facets
    return (time.perf_counter() - start) * 1_000


def _together(times: dict[str, dict[str, list[float]]]) -> dict[str, list[float]]:
    names = next(iter(times.values()))
    return {name: [t for kept in times.values() for t in kept[name]] for name in names}


def _row(kind: str, times: dict[str, list[float]]) -> dict[str, object]:
    row: dict[str, object] = {"query": kind}
    for name, values in times.items():
        row |= _cells(name, values)
    return row


def _cells(name: str, values: list[float]) -> dict[str, object]:
    found = spread(values)
    return {f"{name} p50": found["p50"], f"{name} p99": found["p99"]}


def _raw(times: dict[str, dict[str, list[float]]]) -> dict[str, dict[str, list[float]]]:
    return {
        kind: {name: [round(t, 3) for t in values] for name, values in kept.items()}
        for kind, kept in times.items()
    }


def _write_rates(data: Path, queries: dict[str, list[str]]) -> None:
    mixed = [query for asked in queries.values() for query in asked]
    random.Random(SEED).shuffle(mixed)
    what = {
        "page": [f"{_PAGE}{query}" for query in mixed],
        "JSON with facets and highlights": [f"{_JSON}{query}" for query in mixed],
        "JSON": [f"/api/search?{query}" for query in mixed],
        _EMPTY: ["/robots.txt"],
    }
    rows: list[dict[str, object]] = [{"answers a second": name} for name in what]
    for workers in (1, 2):
        for row, paths in zip(rows, what.values(), strict=True):
            with serving(data, workers) as port:  # afresh, so that nothing is remembered
                row[f"{workers} worker{'s' * (workers > 1)}"] = _rate(port, paths)
    title = f"Answers a second, {CONNECTIONS} connections, queries of all kinds"
    write("rates", title, rows, by="http")


def _rate(port: int, paths: list[str]) -> float | str:
    """Return the requests a second that wrk gets through."""
    if not shutil.which("wrk"):
        return "wrk is not installed"
    with tempfile.NamedTemporaryFile("wb", suffix=".lua") as script:
        script.write(_LUA % orjson.dumps(paths)[1:-1])
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{_LOAD_S}s", "-s", script.name]
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}/"],
            capture_output=True,
            text=True,
            check=True,
        )
    if "Non-2xx" in done.stdout:
        raise RuntimeError(done.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    return float(found[1]) if found else done.stdout


_LUA = b"""
local paths = {%s}
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
"""

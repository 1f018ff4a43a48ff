"""Every kind of page at 668,227 papers: latency, and what it costs the server.

WINNOW_EARLIER may name the `winnow` of an earlier version, in a checkout with an
environment of its own: it is asked the same in turn.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote, urlencode

from benchmarks.corpus import WINNOW, Corpus
from benchmarks.kinds import KINDS, draw
from benchmarks.server import (
    Client,
    find_processes,
    listening,
    mark_port,
    wait_for_encoder,
)
from benchmarks.tables import spread, write
from index import Library, Mode, Search, Shelf, Window

SEED = 2026
ASKED = 400

GOALS = {
    "page, two words": (5, 15),
    "page, a title": (10, 30),
    "paper's page": (10, 25),
    "related page": (8, 20),
    "listing page": (7, 20),
    "suggestion": (2, 8),
}
"""Milliseconds at the median and at the 99th percentile."""

_TWENTY = Window(limit=20)
_ENGINE, _ENGINE_GOAL = "engine, a title with exact total", (2, 10)
_FLOOR = "floor: 20 cards by Jinja2"


def run(corpus: Corpus) -> None:
    """Ask each server for pages that it has not been asked for, all kinds in turn."""
    data = corpus.whole_library()
    library = Shelf(data).library()
    jobs = _draw_jobs(library, random.Random(SEED))
    programs = {"now": WINNOW}
    if earlier := os.environ.get("WINNOW_EARLIER"):
        programs = {"before": Path(earlier)} | programs
    kept: dict[str, dict[str, list[tuple[float, float]]]] = {name: {} for name in programs}
    with ExitStack() as stack:
        asked = {}
        for name, program in programs.items():
            command = [program, "serve", "--data", data, "--workers", "1"]
            port = stack.enter_context(listening(command))
            wait_for_encoder(port)
            asked[name] = _Asked(port)
        floor = stack.enter_context(listening([sys.executable, "-m", "benchmarks.floor"]))
        asked["floor"] = _Asked(floor)
        _warm(asked)
        for number, (kind, address) in enumerate(jobs):
            for name in programs:
                kept[name].setdefault(kind, []).append(asked[name].time(address))
            if kind == "listing page":
                told = asked["floor"].time(f"/cards?first={number}")
                kept["now"].setdefault(_FLOOR, []).append(told)
    kept["now"][_ENGINE] = list(_time_engine(library, random.Random(SEED)))
    rows = [_row(kind, kept) for kind in (*GOALS, _ENGINE, _FLOOR)]
    title = f"Pages at {library.manifest.papers:,} papers, one worker, first time asked, ms"
    write("speed", title, rows, times=kept)


class _Asked:
    """A server that is asked on one connection, and its processor time."""

    def __init__(self, port: int) -> None:
        self._client = Client(port)
        self._tasks = find_processes(mark_port(port))[0] / "task"

    def time(self, address: str) -> tuple[float, float]:
        """Return an answer's milliseconds, and those of the server's processor time."""
        before = self._measure_cpu()
        elapsed, _ = self._client.timed(address)
        return elapsed, (self._measure_cpu() - before) / 1e6

    def _measure_cpu(self) -> int:
        """Return nanoseconds of processor time of all threads."""
        return sum(
            int((task / "schedstat").read_text().split()[0])
            for task in self._tasks.iterdir()
        )


def _warm(asked: dict[str, _Asked]) -> None:
    for name, server in asked.items():
        for number in range(30):
            server.time(
                f"/cards?first={number}" if name == "floor" else f"/search?q=zebra+{number}"
            )


def _draw_jobs(library: Library, chance: random.Random) -> list[tuple[str, str]]:
    """Return kinds with addresses, shuffled, none of them twice."""
    words = draw(library, chance, ASKED, KINDS["two words"])
    titles = draw(library, chance, ASKED, KINDS["title"])
    papers = library.catalog.by_keys(
        chance.sample(range(1, library.catalog.count() + 1), 3 * ASKED)
    )
    jobs = [("page, two words", f"/search?{query}") for query in words]
    jobs += [("page, a title", f"/search?{query}") for query in titles]
    jobs += [("paper's page", f"/paper/{paper.id}") for paper in papers[:ASKED]]
    jobs += [
        ("related page", f"/related?{urlencode({'like': paper.id})}")
        for paper in papers[ASKED : 2 * ASKED]
    ]
    days = {(p.categories[0], p.submitted.isoformat()) for p in papers if p.categories}
    jobs += [
        ("listing page", f"/arxiv/{code}?date={day}") for code, day in sorted(days)[:ASKED]
    ]
    beginnings = {_cut(paper.title, chance) for paper in papers}
    jobs += [
        ("suggestion", f"/api/suggest?q={quote(text)}")
        for text in sorted(beginnings)[:ASKED]
    ]
    chance.shuffle(jobs)
    return jobs


def _cut(title: str, chance: random.Random) -> str:
    """Return the beginning of a title, as it is being typed."""
    return title[: chance.randint(3, 18)].strip()


def _time_engine(library: Library, chance: random.Random) -> Iterator[tuple[float, float]]:
    for paper in library.catalog.by_keys(
        chance.sample(range(1, library.catalog.count() + 1), ASKED)
    ):
        start, cpu = time.perf_counter(), time.process_time()
        _ = library.finder.find(Search(paper.title, mode=Mode.LEXICAL), _TWENTY).total
        yield (time.perf_counter() - start) * 1e3, (time.process_time() - cpu) * 1e3


def _row(
    kind: str, kept: dict[str, dict[str, list[tuple[float, float]]]]
) -> dict[str, object]:
    goal = GOALS.get(kind, _ENGINE_GOAL if kind == _ENGINE else None)
    row: dict[str, object] = {
        "asked for": kind,
        "goal p50 / p99": f"{goal[0]} / {goal[1]}" if goal else "—",
    }
    for name, kinds in kept.items():
        measured = kinds.get(kind)
        if not measured:
            row |= {f"{name} p50": "—", f"{name} p99": "—", f"{name} CPU": "—"}
            continue
        walls, cpus = zip(*measured, strict=True)
        found = spread(walls)
        row |= {
            f"{name} p50": found["p50"],
            f"{name} p99": found["p99"],
            f"{name} CPU": statistics.fmean(cpus),
        }
    return row

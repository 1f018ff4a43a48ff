"""A soak: half an hour at 80 % of the peak, with updates, and hostile requests between.

WINNOW_SOAK_MINUTES shortens it. What ordinary clients ask for is of all kinds, in turn,
and hardly ever the same twice.
"""

import http.client
import itertools
import lzma
import os
import queue
import random
import shutil
import statistics
import subprocess
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import orjson

from benchmarks.attack.case import Wire, heading
from benchmarks.attack.queries import ADDRESSES
from benchmarks.attack.watch import cpu_s, resident_mib
from benchmarks.corpus import NEW, WINNOW, Corpus
from benchmarks.kinds import KINDS, draw
from benchmarks.server import serving
from benchmarks.tables import spread, write
from index import Library, Paper, Shelf

SEED = 2026
MINUTES = float(os.environ.get("WINNOW_SOAK_MINUTES", "30"))
SHARE = 0.8
_WORKERS = _CLIENTS = 2
_PEAK_S, _QUIET_S = 30.0, 60.0
_UPDATE_S, _UPDATED = 300.0, 300
_NICE = 19  # as docs/operating.md has it
_VISIT = 10  # requests of a client, before the next one comes
_HOSTILE_S = 3.0
_SETTLED_S = 600.0
_DRAWN = 20_000


def run(corpus: Corpus) -> None:
    """Find the peak, then ask at a part of it for half an hour; write what was seen."""
    data = _copy(corpus)
    library = Shelf(data).library()
    paths = _draw_paths(library, random.Random(SEED))
    with serving(data, _WORKERS) as port:
        _Load(port, paths, clients=_CLIENTS).last(10)
        quiet = _Load(port, paths, clients=1).last(_QUIET_S)
        peak = _Load(port, paths, clients=2 * _CLIENTS).last(_PEAK_S)
        rate = SHARE * len(peak.times) / _PEAK_S
        calm = _Load(port, paths, _CLIENTS * 4, rate).last(_QUIET_S)
        soaked, seen = _soak(corpus, data, port, _Load(port, paths, _CLIENTS * 4, rate))
    _write(quiet, peak, calm, soaked, seen, rate)


@dataclass(slots=True)
class _Seen:
    """What was seen beside the answers: memory by second, updates, hostile requests."""

    memory: list[tuple[float, float]] = field(default_factory=list)
    updates: list[float] = field(default_factory=list)
    hostile: Counter[str] = field(default_factory=Counter)
    cpu_s: float = 0.0


@dataclass(slots=True)
class _Answers:
    """Milliseconds of answers with the seconds at which they came, and what failed."""

    times: list[tuple[float, float, str]] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)

    def spread(self) -> dict[str, float]:
        """Return the spread of all of them."""
        return spread([ms for _, ms, _ in self.times])

    def by_kind(self) -> dict[str, dict[str, float]]:
        """Return the spread of each kind."""
        kinds: dict[str, list[float]] = defaultdict(list)
        for _, ms, kind in self.times:
            kinds[kind].append(ms)
        return {kind: spread(times) for kind, times in sorted(kinds.items())}


class _Load:
    """Clients that ask for one path after another, at a rate or as fast as they can."""

    def __init__(
        self,
        port: int,
        paths: Iterator[tuple[str, str]],
        clients: int,
        rate: float | None = None,
    ) -> None:
        self._port, self._paths, self._clients, self._rate = port, paths, clients, rate
        self._stop = threading.Event()
        self._due: queue.Queue[tuple[float, str, str]] = queue.Queue()
        self._lock = threading.Lock()
        self.answers = _Answers()
        self.start = time.perf_counter()

    def last(self, seconds: float) -> _Answers:
        """Ask for so many seconds; return the answers.

        At a rate, an answer's time begins when its request is due.
        """
        self.start = time.perf_counter()
        threads = [threading.Thread(target=self._ask) for _ in range(self._clients)]
        for thread in threads:
            thread.start()
        self._feed(seconds)
        self._stop.set()
        for thread in threads:
            thread.join()
        return self.answers

    def _feed(self, seconds: float) -> None:
        if self._rate is None:
            time.sleep(seconds)
            return
        for number in range(int(seconds * self._rate)):
            due = self.start + number / self._rate
            time.sleep(max(0.0, due - time.perf_counter()))
            self._due.put((due, *next(self._paths)))

    def _take(self) -> tuple[float, str, str] | None:
        if self._rate is None:
            if self._stop.is_set():
                return None
            with self._lock:
                return (time.perf_counter(), *next(self._paths))
        while not (self._stop.is_set() and self._due.empty()):
            try:
                return self._due.get(timeout=0.2)
            except queue.Empty:
                continue
        return None

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)

    def _ask(self) -> None:
        connection, asked = self._connect(), 0
        while job := self._take():
            due, kind, path = job
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                status = str(answer.status)
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                status = type(error).__name__
            asked += 1
            if asked % _VISIT == 0:
                connection.close()  # the same one opens a new one
            now = time.perf_counter()
            self.answers.times.append((now - self.start, (now - due) * 1_000, kind))
            if status not in {"200", "303"}:
                self.answers.failed[f"{kind}: {status}"] += 1


def _copy(corpus: Corpus) -> Path:
    """Return a copy of the whole library, which shares its files."""
    data = corpus.scratch / "soak"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(corpus.whole_library(), data, copy_function=os.link, symlinks=True)
    for name in ("CURRENT", "LOCK"):
        own = (data / name).read_bytes()
        (data / name).unlink()
        (data / name).write_bytes(own)
    return data


def _draw_paths(library: Library, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield kinds with paths for ever, of all routes that people and programs use."""
    queries = {
        kind: iter(itertools.cycle(draw(library, chance, 2_000, make)))
        for kind, make in KINDS.items()
    }
    last = library.catalog.count()
    papers: list[Paper] = []
    for _ in range(0, _DRAWN, 1_000):
        papers += library.catalog.by_keys([chance.randint(1, last) for _ in range(1_000)])
    for paper in itertools.cycle(papers):
        kind = chance.choice(list(KINDS))
        code, day = paper.categories[0], paper.submitted.isoformat()
        yield from (
            ("search page", f"/search?{next(queries[kind])}"),
            ("search JSON", f"/api/search?facets=1&{next(queries[kind])}"),
            ("paper page", f"/paper/{paper.id}"),
            ("related page", f"/related?like={paper.id}"),
            ("related JSON", f"/api/papers/{paper.id}/related"),
            ("listing page", f"/arxiv/{code}?date={day}"),
            ("listing JSON", f"/api/listings/{code}?date={day}"),
            ("suggestion", f"/api/suggest?q={quote(paper.title[: chance.randint(3, 15)])}"),
            ("feed", f"/search/feed?{next(queries['two words'])}"),
            ("export", f"/api/export?ids={paper.id}&format=bibtex"),
            ("arXiv's API", f"/api/query?{urlencode({'id_list': paper.id})}"),
            ("home", "/"),
            ("health", "/healthz"),
        )


def _soak(corpus: Corpus, data: Path, port: int, load: _Load) -> tuple[_Answers, _Seen]:
    seen, stop = _Seen(), threading.Event()
    begun = cpu_s(port)
    beside = [
        threading.Thread(target=_watch, args=(port, seen, stop)),
        threading.Thread(target=_update, args=(corpus, data, seen, stop)),
        threading.Thread(target=_attack, args=(port, seen, stop)),
    ]
    for thread in beside:
        thread.start()
    answers = load.last(60 * MINUTES)
    stop.set()
    for thread in beside:
        thread.join()
    seen.cpu_s = cpu_s(port) - begun
    return answers, seen


def _watch(port: int, seen: _Seen, stop: threading.Event) -> None:
    start = time.perf_counter()
    while not stop.wait(5):
        seen.memory.append((time.perf_counter() - start, resident_mib(port)))


def _update(corpus: Corpus, data: Path, seen: _Seen, stop: threading.Event) -> None:
    """Update the library again and again with further versions of its papers."""
    dump = corpus.scratch / "soak.jsonl"
    with lzma.open(corpus.file(NEW)) as lines:
        while not stop.wait(_UPDATE_S):
            some = [_renew(line) for line in itertools.islice(lines, _UPDATED)]
            dump.write_bytes(b"".join(some))
            start = time.perf_counter()
            update = (WINNOW, "update", dump, "--keep", "2", "--data", data)
            subprocess.run(["nice", "-n", str(_NICE), *update], check=True)
            seen.updates.append(time.perf_counter() - start)


def _renew(line: bytes) -> bytes:
    record = orjson.loads(line)
    return orjson.dumps(record | {"abstract": f"{record['abstract']} Revised."}) + b"\n"


def _attack(port: int, seen: _Seen, stop: threading.Event) -> None:
    """Send the dear queries of the attack benchmark, and heads that are never finished."""
    for name, path in itertools.cycle(ADDRESSES.items()):
        if stop.wait(_HOSTILE_S):
            return
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        wire = Wire(port)
        try:
            wire.send(wire.open(), heading("/search?q=half")[:-2])
            connection.request("GET", path)
            status = connection.getresponse().status
            seen.hostile[str(status)] += 1
        except (OSError, http.client.HTTPException) as error:
            seen.hostile[f"{name}: {type(error).__name__}"] += 1
        finally:
            connection.close()
            wire.close()


def _write(  # noqa: PLR0913, PLR0917  each is a part of the table
    quiet: _Answers,
    peak: _Answers,
    calm: _Answers,
    soaked: _Answers,
    seen: _Seen,
    rate: float,
) -> None:
    settled = [mib for at, mib in seen.memory if at >= _SETTLED_S] or [0.0]
    tenth = max(1, len(settled) // 10)
    broken = sum(count for said, count in seen.hostile.items() if ":" in said)
    alone, even, busy = quiet.spread(), calm.spread(), soaked.spread()
    facts = {
        "answers a second at the peak": len(peak.times) / _PEAK_S,
        "answers a second of the soak": rate,
        "answers": f"{len(soaked.times):,}",
        "errors": sum(soaked.failed.values()),
        "p50 / p99 ms, one client": _pair(alone),
        "p50 / p99 ms, at this rate undisturbed": _pair(even),
        "p50 / p99 ms, of the soak": _pair(busy),
        "updates, median seconds": f"{len(seen.updates)}, {_middle(seen.updates):.1f}",
        "hostile requests, broken off": f"{sum(seen.hostile.values())}, {broken}",
        "MiB of a worker after ten minutes": statistics.fmean(settled[:tenth]),
        "MiB of a worker at the end": statistics.fmean(settled[-tenth:]),
        "CPU ms an answer": 1_000 * seen.cpu_s / max(1, len(soaked.times)),
    }
    title = f"{MINUTES:.0f} minutes at {SHARE:.0%} of the peak, {_WORKERS} workers"
    write(
        "soak",
        title,
        [{"what": what, "seen": value} for what, value in facts.items()],
        failed=soaked.failed,
        hostile=seen.hostile,
        memory=seen.memory,
        quiet=quiet.by_kind(),
        calm=calm.by_kind(),
        soaked=soaked.by_kind(),
    )


def _middle(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0


def _pair(found: dict[str, float]) -> str:
    return f"{found['p50']:.1f} / {found['p99']:.1f}"

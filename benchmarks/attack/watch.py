"""What a server spends while it is attacked, and how long others wait meanwhile."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.attack.case import Case, Wire
from benchmarks.server import Client, find_processes, mark_port, serving

_TICKS = os.sysconf("SC_CLK_TCK")
_PAUSE_S = 0.02


def measured(case: Case, data: Path) -> dict[str, object]:
    """Run a case against a server of its own; return a row of the table."""
    with serving(data) as port:
        for _ in range(20):
            Client(port).timed("/healthz")
        wire = Wire(port)
        cpu = cpu_s(port)
        start = time.perf_counter()
        with Watch(port) as watch:
            outcome = case.attack(wire)
        seconds = time.perf_counter() - start
        spent = cpu_s(port) - cpu
        wire.close()
        return {
            "MB in": wire.sent / 1e6,
            "seconds": seconds,
            "CPU, ms": spent * 1_000,
            "memory at most, MiB more": watch.peak_mib - watch.before_mib,
            "/healthz at worst, ms": watch.worst_ms,
            "outcome": outcome,
        }


def cpu_s(port: int) -> float:
    """Return the CPU seconds that the server at a port has used, all its processes."""
    spent = 0
    for process in processes(port):
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        spent += int(fields[11]) + int(fields[12])
    return spent / _TICKS


def resident_mib(port: int) -> float:
    """Return what the greatest process of the server at a port holds in memory."""
    pages = [int((process / "statm").read_text().split()[1]) for process in processes(port)]
    return max(pages) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def processes(port: int) -> list[Path]:
    """Return the /proc directories of the server at a port, its workers' too."""
    found = []
    for process in find_processes(mark_port(port)):
        found.append(process)
        with suppress(OSError):  # it has just ended
            found += _find_children(process)
    return list(dict.fromkeys(found))


def _find_children(process: Path) -> Iterator[Path]:
    for children in process.glob("task/*/children"):
        for number in children.read_text().split():
            yield process.parent / number
            yield from _find_children(process.parent / number)


class Watch:
    """A stranger who asks for /healthz again and again, and looks at the memory."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.before_mib = self.peak_mib = resident_mib(port)
        self.worst_ms = 0.0
        self.failed = 0

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(_PAUSE_S):
            start = time.perf_counter()
            try:
                Client(self._port).get("/healthz")
            except (OSError, IndexError):
                self.failed += 1
                self.worst_ms = max(self.worst_ms, float("inf"))
            elapsed = (time.perf_counter() - start) * 1_000
            self.worst_ms = max(self.worst_ms, elapsed)
            self.peak_mib = max(self.peak_mib, resident_mib(self._port))

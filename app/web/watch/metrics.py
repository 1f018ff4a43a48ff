"""Metrics of this process, and of all workers together where there are several.

With several workers, `winnow serve` names a directory in PROMETHEUS_MULTIPROC_DIR before
they start. Each writes its numbers there, and whichever worker is scraped adds them up.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import anyio.to_thread
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that makes prometheus-client keep its numbers in files; it reads it when
it is imported."""

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_STEP_BUCKETS = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


class Metrics:
    """Counts and times requests and the engine's steps. Safe to share between threads."""

    def __init__(self) -> None:
        """Begin at zero, in a registry of its own."""
        own = CollectorRegistry()
        self._own = own
        self._seconds = Histogram(
            "winnow_request_seconds",
            "Seconds that requests took, by method and route.",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=own,
        )
        self._answers = Counter(
            "winnow_requests",
            "Requests by method, route and status.",
            ("method", "route", "status"),
            registry=own,
        )
        self._in_flight = Gauge(
            "winnow_requests_in_flight",
            "Requests that are being answered.",
            registry=own,
            multiprocess_mode="livesum",
        )
        self._threads = Gauge(
            "winnow_threads_busy",
            "Threads of the pool that were at work when the last request came.",
            registry=own,
            multiprocess_mode="livesum",
        )
        self._queue = Gauge(
            "winnow_threads_waited_for",
            "Requests that waited for a thread when the last request came.",
            registry=own,
            multiprocess_mode="livesum",
        )
        self._steps = Histogram(
            "winnow_engine_step_seconds",
            "Seconds that steps of the engine took.",
            ("step",),
            buckets=_STEP_BUCKETS,
            registry=own,
        )

        self._caches = Gauge(
            "winnow_cache_bytes",
            "Bytes that caches took, roughly, when the last request came.",
            ("cache",),
            registry=own,
            multiprocess_mode="livesum",
        )
        self._read_caches: Callable[[], Mapping[str, int]] = dict

    def watch_caches(self, read: Callable[[], Mapping[str, int]]) -> None:
        """Take what tells how many bytes each cache takes; it must be cheap."""
        self._read_caches = read

    def begin(self) -> None:
        """Count a request that begins."""
        for name, size in self._read_caches().items():
            self._caches.labels(name).set(size)
        self._in_flight.inc()
        pool = anyio.to_thread.current_default_thread_limiter().statistics()
        self._threads.set(pool.borrowed_tokens)
        self._queue.set(pool.tasks_waiting)

    def end(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that has ended."""
        self._in_flight.dec()
        self._seconds.labels(method, route).observe(seconds)
        self._answers.labels(method, route, str(status)).inc()

    def step(self, name: str, seconds: float) -> None:
        """Count a step of the engine."""
        self._steps.labels(name).observe(seconds)

    def exposition(self, *others: Collector) -> bytes:
        """Return everything, and what other collectors know, in Prometheus' text format."""
        registry, directory = self._own, os.environ.get(DIRECTORY)
        if directory:
            registry = CollectorRegistry()
            forget_dead(Path(directory))
            MultiProcessCollector(registry, directory)  # type: ignore[no-untyped-call]
        texts = [generate_latest(registry)]
        for other in others:
            alone = CollectorRegistry()
            alone.register(other)
            texts.append(generate_latest(alone))
        return b"".join(texts)


def forget_dead(directory: Path) -> None:
    """Delete what processes that have ended say of the moment; their counts stay."""
    for file in directory.glob("gauge_live*_*.db"):
        pid = file.stem.rpartition("_")[2]
        if pid.isdecimal() and not _is_alive(int(pid)):
            with suppress(FileNotFoundError):
                file.unlink()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

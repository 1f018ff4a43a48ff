"""Stages of a build: their duration and peak memory."""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.snapshots.manifest import Stage

_PROCESS = Path("/proc/self")
_KIB_PER_MIB = 1024


class Stages:
    """Collects the stages of one build, in order."""

    def __init__(self) -> None:
        """Start without any."""
        self.done: list[Stage] = []

    @contextmanager
    def measure(self, name: str) -> Iterator[None]:
        """Time the block, and record its peak resident memory."""
        _forget_peak()
        start = time.monotonic()
        yield
        seconds = round(time.monotonic() - start, 3)
        self.done.append(Stage(stage=name, seconds=seconds, peak_mib=round(_peak_mib(), 1)))


def _forget_peak() -> None:
    """Reset the kernel's record of the peak, where it can (Linux)."""
    with suppress(OSError):
        (_PROCESS / "clear_refs").write_text("5")


def _peak_mib() -> float:
    with suppress(OSError):
        for line in (_PROCESS / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / _KIB_PER_MIB
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (_KIB_PER_MIB**2 if sys.platform == "darwin" else _KIB_PER_MIB)

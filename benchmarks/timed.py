"""Programs that a benchmark starts, and what they cost."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from benchmarks.corpus import ROOT


@dataclass(frozen=True, slots=True)
class Spent:
    """What a program took: wall-clock and processor seconds, and peak resident MiB."""

    wall_s: float
    cpu_s: float
    mib: float


def run_timed(*command: object) -> Spent:
    """Run a program from the project's root, or stop if it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} failed")
    wall_s = time.perf_counter() - start
    return Spent(wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)

"""Crashes: kills builds at random moments while a server answers requests."""

import random
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import quote

from benchmarks.corpus import SAMPLE, WINNOW, Corpus, winnow
from benchmarks.server import Client, serving
from benchmarks.tables import write

SEED = 9
KILLS = 30


def run(corpus: Corpus) -> None:
    """Kill rebuilds and updates in turn; count requests that failed meanwhile."""
    data, dump = corpus.scratch / "crash", corpus.file(SAMPLE)
    shutil.rmtree(data, ignore_errors=True)
    start = time.monotonic()
    winnow("rebuild", dump, "--data", data)
    duration = time.monotonic() - start
    chance = random.Random(SEED)
    outcome = {"killed": 0, "finished before": 0, "whole afterwards": 0}
    with serving(data) as port, _Asking(port) as asking:
        for number in range(KILLS):
            command = "update" if number % 2 else "rebuild"
            was_killed = _kill(command, dump, data, chance.uniform(0, duration))
            outcome["killed" if was_killed else "finished before"] += 1
            whole = subprocess.run([WINNOW, "verify", "--data", data]).returncode == 0
            outcome["whole afterwards"] += whole
            winnow("prune", "--data", data)
        winnow("rebuild", dump, "--data", data)
        asking.until_snapshot((data / "CURRENT").read_text().strip())
    left = [path.name for path in (data / "snapshots").glob("*.partial")]
    row = {
        "kill -9": KILLS,
        **outcome,
        "requests meanwhile": asking.asked,
        "failed": len(asking.failed),
        "debris after the next rebuild": len(left),
    }
    write("crash", "kill -9 of rebuild and update", [row], failed=asking.failed)


def _kill(command: str, dump: Path, data: Path, after_s: float) -> bool:
    """Start a build and kill it; tell whether it was still running."""
    build = subprocess.Popen(
        [WINNOW, command, dump, "--data", data],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        build.wait(after_s)
    except subprocess.TimeoutExpired:
        build.send_signal(signal.SIGKILL)
        build.wait()
        return True
    return False


class _Asking:
    """A thread that searches without pause."""

    def __init__(self, port: int) -> None:
        self.asked = 0
        self.failed: list[str] = []
        self.snapshots: set[str] = set()
        self._port = port
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "_Asking":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def until_snapshot(self, name: str, timeout_s: float = 10) -> None:
        """Wait until the server has answered from a snapshot."""
        deadline = time.monotonic() + timeout_s
        while name not in self.snapshots:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{name} was never served")
            time.sleep(0.05)

    def _run(self) -> None:
        client = Client(self._port)
        words = ("graph", "quantum field", '"neural network"', "cat:math.AG", "star")
        while not self._stop.is_set():
            word = words[self.asked % len(words)]
            self.asked += 1
            try:
                _, body = client.timed(f"/api/search?q={quote(word)}")
            except (RuntimeError, OSError, IndexError) as error:
                self.failed.append(str(error))
                client = Client(self._port)
            else:
                name = body.rpartition(b'"snapshot":"')[2].split(b'"')[0]
                self.snapshots.add(name.decode())

"""`winnow serve` as a process of its own, for tests of what only processes can show."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2

TIMEOUT_S = 120
_ROOT = Path(__file__).parent.parent.parent
_LISTENING = re.compile(r"running on (http://[\d.]+:(\d+))")


def eventually(look, timeout_s=TIMEOUT_S):
    """Look again and again until there is something to see; return it."""
    deadline = time.monotonic() + timeout_s
    while not (seen := look()):
        assert time.monotonic() < deadline, f"not seen in {timeout_s} s"
        time.sleep(0.02)
    return seen


_client = httpx2.Client(
    verify=False,
    limits=httpx2.Limits(max_keepalive_connections=0),
    timeout=TIMEOUT_S,
)


def get(address, **options):
    """Ask on a connection of its own, which any worker may answer."""
    return _client.get(address, **options)


class Service:
    """A running service; `url` is where."""

    def __init__(self, data, log, *options, program=None, cwd=_ROOT, **environment):
        """Start it on a free port, and wait until it listens."""
        self._log = log
        program = program or winnow()
        command = [program, "serve", "--data", data, "--port", "0", *options]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=cwd,
                env=os.environ | environment,
            )
        try:
            match = eventually(self._listening)
        except AssertionError:
            self.stop()
            raise
        self.url, self.port = match[1], int(match[2])

    def _listening(self):
        assert self.process.poll() is None, self.log
        return "startup complete" in self.log and _LISTENING.search(self.log)

    @property
    def log(self):
        """What it has printed so far."""
        return self._log.read_text()

    def stop(self):
        """Ask it to end, as a supervisor does; return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def __enter__(self):
        """Return itself."""
        return self

    def __exit__(self, *_):
        """Stop it."""
        self.stop()


def winnow():
    """Return the path of the console script beside this Python."""
    return Path(sys.executable).with_name("winnow")

"""A running server, and a client with little overhead to measure it."""

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.corpus import WINNOW

_START_S = 120.0


@contextmanager
def serving(data: Path, workers: int = 1) -> Iterator[int]:
    """Serve a data directory with so many workers; yield the port."""
    command = [WINNOW, "serve", "--data", data, "--workers", str(workers)]
    with listening(command) as port:
        wait_for_encoder(port)
        yield port


@contextmanager
def listening(command: Sequence[str | Path], **environment: str) -> Iterator[int]:
    """Run a server's command on a free port, once it answers; yield the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        stderr=subprocess.DEVNULL,
        env=os.environ | environment,
    )
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def memory(port: int) -> dict[str, float]:
    """Return what the greatest process of the server at a port holds; see measure_held."""
    return measure_held(mark_port(port))


def mark_port(port: int) -> str:
    """Return the words that the server at a port has on its command line."""
    return f"--port\0{port}\0"


def find_processes(words: str) -> list[Path]:
    """Return the /proc directories of the processes with words on their command line."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has just ended
            if words.encode() in (process / "cmdline").read_bytes():
                found.append(process)
    return found


def measure_held(words: str) -> dict[str, float]:
    """Return what the greatest process with words on its command line holds, in MiB.

    `own` is not mapped from files, `mapped` can be given back by the system.
    """
    found = []
    for process in find_processes(words):
        with suppress(OSError):  # it has just ended
            status = (process / "status").read_text()
            found.append({n: int(kib) / 1024 for n, kib in _HELD.findall(status)})
    held = max(found, key=lambda one: one["VmRSS"])
    return {
        "resident MiB": held["VmRSS"],
        "own": held["RssAnon"],
        "mapped": held["RssFile"],
    }


_HELD = re.compile(r"^(VmRSS|RssAnon|RssFile):\s+(\d+)", re.MULTILINE)


class Client:
    """One kept connection, read by hand: HTTP libraries cost more than our routes."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body."""
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        self._socket.sendall(request.encode())
        head, _, body = self._read_head().partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += self._socket.recv(1 << 20)
        return int(head.split(b" ", 2)[1]), body

    def timed(self, path: str) -> tuple[float, bytes]:
        """Return milliseconds and body; anything but 200 is an error."""
        start = time.perf_counter()
        status, body = self.get(path)
        elapsed = (time.perf_counter() - start) * 1_000
        if status != 200:
            raise RuntimeError(f"{path} answered {status}: {body[:200]!r}")
        return elapsed, body

    def _read_head(self) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            more = self._socket.recv(1 << 20)
            if not more:
                raise ConnectionError("the server closed the connection")
            data += more
        return data


def wait_for_encoder(port: int) -> None:
    """Wait until searches have meaning: an encoder is opened in the background."""
    deadline = time.monotonic() + _START_S
    while b"being opened" in Client(port).get("/healthz")[1]:
        if time.monotonic() > deadline:
            raise TimeoutError("the encoder was not opened")
        time.sleep(0.05)


def _wait(port: int) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        try:
            Client(port).get("/healthz")
        except (ConnectionError, IndexError):
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the server did not start")

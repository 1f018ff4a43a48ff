"""The service stops in time whatever clients do, loses no answer, and replaces workers."""

import fcntl
import http.client
import os
import re
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from app.serving.processes import STOP_S
from tests.app.conftest import is_opening
from tests.app.service import eventually, get, winnow

WORKERS = pytest.mark.parametrize(
    "workers", ["1", pytest.param("2", marks=pytest.mark.long)]
)
BATCH = b"POST /api/papers/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"


def connected(process, sent=b""):
    connection = socket.create_connection(("127.0.0.1", process.port), timeout=30)
    connection.sendall(sent)
    return connection


def children(process):
    """Return the worker processes, as the log names them."""
    return [
        int(pid) for pid in re.findall(r"Started server process \[(\d+)\]", process.log)
    ]


def is_alive(pid):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def stubborn(process):
    """Open what a service might wait for: idle, silent, half-sent, unread."""
    idle = http.client.HTTPConnection("127.0.0.1", process.port, timeout=30)
    idle.request("GET", "/healthz")
    assert idle.getresponse().read()
    kind = b"Content-Type: application/json\r\n\r\n"
    return [
        idle,
        *(connected(process, sent) for sent in (b"", b"GET / HT", BATCH, BATCH + kind)),
        connected(process, b"GET /api/docs HTTP/1.1\r\nHost: x\r\n\r\n" * 200),
    ]


@WORKERS
def test_a_service_stops_in_time_whatever_its_clients_do(service, data, workers):
    process = service(data, "--workers", workers)
    opened = stubborn(process)
    begun = time.monotonic()
    assert process.stop() in (0, -signal.SIGTERM)
    assert time.monotonic() - begun < STOP_S
    for one in opened:
        one.close()
    assert "Traceback" not in process.log


def ask_until_told_to_go(port):
    """Ask on one connection until an answer says it is the last; count the answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    answers = 0
    while True:
        connection.request("GET", f"/api/search?q=paper+{answers}&facets=1")
        response = connection.getresponse()
        assert response.status == 200
        assert len(response.read()) == int(response.headers["content-length"])
        answers += 1
        if response.headers.get("connection") == "close":
            return answers


@WORKERS
def test_stopped_under_load_it_loses_no_answer(service, data, workers):
    process = service(data, "--workers", workers)
    with ThreadPoolExecutor(8) as pool:
        asking = [pool.submit(ask_until_told_to_go, process.port) for _ in range(8)]
        get(f"{process.url}/healthz")
        eventually(lambda: not any(one.done() for one in asking))
        process.process.send_signal(signal.SIGTERM)
        assert sum(one.result() for one in asking) >= 8
    assert process.stop() in (0, -signal.SIGTERM)
    assert "Traceback" not in process.log


def test_a_worker_that_is_killed_is_replaced(service, data):
    process = service(data, "--workers", "2")
    eventually(lambda: process.log.count("startup complete") == 2)
    first = children(process)
    os.kill(first[0], signal.SIGKILL)
    eventually(lambda: len(children(process)) == 3)
    eventually(lambda: process.log.count("startup complete") == 3)
    assert sum(map(is_alive, children(process))) == 2
    assert get(f"{process.url}/healthz").status_code == 200


def test_workers_that_encode_leave_nothing_behind(service, topical_data):
    process = service(topical_data, "--workers", "2")
    eventually(lambda: not is_opening(get(f"{process.url}/healthz").json()))
    process.stop()
    assert "Finished server process" in process.log
    assert "leaked" not in process.log


def test_workers_do_not_outlive_their_parent(service, data):
    process = service(data, "--workers", "2")
    workers = eventually(lambda: len(children(process)) == 2 and children(process))
    process.process.kill()
    process.process.wait()
    eventually(lambda: not any(map(is_alive, workers)))
    with pytest.raises(httpx2.ConnectError):
        get(process.url)


def test_a_service_that_waits_to_start_stops_at_once(build, record, tmp_path):
    data = build([record()])  # of its own: others hold the lock of the shared one
    with (data / "SERVING").open("a") as lock, (tmp_path / "log").open("wb") as log:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as a restore does
        command = [winnow(), "serve", "--data", data, "--port", "0"]
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            eventually(lambda: "waiting for `winnow restore`" in read_log(tmp_path))
            process.terminate()
            assert process.wait(60) == 128 + signal.SIGTERM
        finally:
            process.kill()
    assert "stopped while it started" in read_log(tmp_path)


def read_log(directory):
    """Return what was printed into a file."""
    return (directory / "log").read_text()

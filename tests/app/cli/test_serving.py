"""What only a process of its own can show: start, stop, and living through builds."""

import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx2
import pytest

from index import find_live
from tests.app.service import TIMEOUT_S, Service, eventually, get, winnow


@pytest.fixture(scope="module")
def running(data, tmp_path_factory):
    """A service with the small dump, shared by tests that change nothing."""
    with Service(data, tmp_path_factory.mktemp("running") / "log") as service:
        yield service


def say(port, *pieces):
    """Send bytes as they are; return all that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_S) as connection:
        for piece in pieces:
            connection.sendall(piece)
        answer = b""
        while received := connection.recv(65_536):
            answer += received
    return answer


def request(line, *headers):
    lines = [line, "Host: localhost", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def test_a_service_answers_and_stops_when_it_is_told_to(service, data):
    process = service(data)
    assert get(f"{process.url}/healthz").json()["papers"] == 26
    assert process.stop() in (0, -signal.SIGTERM)
    assert "shutdown complete" in process.log
    with pytest.raises(httpx2.ConnectError):
        get(process.url)


def test_a_service_does_not_say_what_it_runs_on(running):
    headers = get(running.url).headers
    assert "server" not in headers
    assert "x-powered-by" not in headers


@pytest.mark.parametrize("address", ["/", "/api/search?q=lattice", "/nowhere"])
def test_head_sends_no_body(running, address):
    answer = say(running.port, request(f"HEAD {address} HTTP/1.1"))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-length: " in head
    assert body == b""


def in_pieces():
    for _ in range(30):
        yield b" " * 100_000


@pytest.mark.parametrize("body", [b" " * 3_000_000, in_pieces()], ids=["whole", "pieces"])
def test_a_client_that_sends_too_much_reads_the_refusal(running, body):
    headers = {"Content-Type": "application/json"}
    address = f"{running.url}/api/papers/batch"
    response = httpx2.post(address, content=body, headers=headers)
    assert response.status_code == 413
    assert response.json()["error"] == "too_large"


@pytest.mark.parametrize(
    "line",
    [
        b"GET /search?q=\x80 HTTP/1.1",
        b"GET /paper/\xff HTTP/1.1",
        b"GET /a\x00b HTTP/1.1",
        b"NONSENSE",
    ],
)
def test_bytes_that_no_address_may_have_are_refused(running, line):
    answer = say(running.port, line + b"\r\nHost: localhost\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_nothing_is_logged_for_what_visitors_do_wrong(running):
    for address in ("/nowhere", "/paper/x", "/search?page=x", "/api/search"):
        get(running.url + address)
    assert "Traceback" not in running.log
    assert "ERROR" not in running.log


@pytest.mark.parametrize("workers", [pytest.param("1", marks=pytest.mark.long), "2"])
def test_a_rebuild_is_noticed_without_a_restart_and_fails_no_request(
    service, build, extend, record, workers
):
    data = build([record(f"2401.{n:05}") for n in range(1, 60)])
    process = service(data, "--workers", workers)
    enough, seen = threading.Event(), set()

    def ask(address):
        statuses = set()
        while not enough.is_set():
            with httpx2.Client(base_url=process.url, timeout=TIMEOUT_S) as client:
                for _ in range(10):
                    response = client.get(address)
                    statuses.add(response.status_code)
                    if address == "/healthz":
                        seen.add(response.json()["snapshot"])
        return statuses

    addresses = ["/healthz", "/api/search?q=abstract&limit=50", "/paper/2401.00007"]
    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(ask, address) for address in addresses]
        try:
            for number in range(60, 63):
                extend(data, [record(f"2401.{number:05}")])
                eventually(lambda: find_live(data).name in seen)
            build([record(f"2401.{n:05}") for n in range(1, 60)], data)
            eventually(lambda: find_live(data).name in seen)
        finally:
            enough.set()
        statuses = [task.result() for task in asked]
    assert statuses == [{200}, {200}, {200}]
    assert len(seen) >= 4
    assert "Traceback" not in process.log


def test_a_service_without_a_snapshot_recovers_when_one_is_built(
    service, build, record, tmp_path
):
    process = service(tmp_path / "data")
    assert get(f"{process.url}/healthz").status_code == 503
    assert get(process.url).status_code == 503
    build([record()])
    assert get(f"{process.url}/healthz").json()["papers"] == 1
    assert get(process.url).status_code == 200


def test_a_snapshot_that_cannot_be_opened_leaves_the_old_one_serving(
    service, build, record
):
    data = build([record()])
    process = service(data)
    before = get(f"{process.url}/healthz").json()
    (data / "CURRENT").write_text("20200101T000000Z\n")
    after = get(f"{process.url}/healthz").json()
    assert "an old one is served" in after.pop("problem")
    assert after == before
    assert "keeping the old" in process.log


def test_two_services_cannot_have_one_port(running, data, tmp_path):
    command = [winnow(), "serve", "--data", data, "--port", str(running.port)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=TIMEOUT_S, cwd=tmp_path
    )
    assert done.returncode != 0
    assert "address already in use" in done.stderr


def test_settings_may_come_from_the_environment(service, data):
    process = service(data, WINNOW_HOST="127.0.0.2")
    assert process.url.startswith("http://127.0.0.2:")
    assert get(f"{process.url}/healthz").status_code == 200


def test_nothing_of_a_reader_is_kept_but_counts(data, tmp_path):
    fresh = tmp_path / "data"
    shutil.copytree(data, fresh)
    secret, paper = "unmistakable", "1706.03762"
    with (
        Service(fresh, tmp_path / "log", WINNOW_LOG_LEVEL="debug") as service,
        httpx2.Client(
            base_url=service.url, headers={"User-Agent": f"{secret}-browser"}
        ) as client,
    ):
        for address in (
            f"/arxiv/cs.CL?sort={secret}+words&like={paper}&date=2017-06",
            f"/api/listings/cs?order=preference&keywords={secret}&like={paper}",
            f"/api/listings/cs?include={secret}",
            f"/search?q={secret}",
        ):
            response = client.get(address)
            assert response.status_code == 200
            assert "set-cookie" not in response.headers
        assert client.put(f"/api/papers/{paper}/star").json()["stars"] == 1
    with closing(sqlite3.connect(fresh / "state.db")) as database:
        assert list(database.execute("SELECT * FROM star")) == [(paper, 1)]
    for file in (tmp_path / "log", *fresh.glob("state.db*")):
        kept = file.read_bytes()
        assert secret.encode() not in kept
        assert b"127.0.0.1:" not in kept.replace(service.url.encode(), b"")

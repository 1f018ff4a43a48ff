"""What an operator's settings do to a service that runs as a process of its own."""

import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.cli.main import main
from app.serving.processes import spell_networks
from index import find_live
from tests.app.service import eventually, get, winnow


def test_json_logs_are_a_json_object_a_line(service, data):
    process = service(data, WINNOW_LOG_FORMAT="json", WINNOW_ACCESS_LOG="true")
    response = get(f"{process.url}/search?q=unmistakable")
    wanted = response.headers["x-request-id"]
    eventually(lambda: wanted in process.log)
    process.stop()
    lines = [json.loads(line) for line in process.log.splitlines()]
    assert {"uvicorn.error", "index.snapshots.shelf"} <= {line["logger"] for line in lines}
    (line,) = [line for line in lines if line.get("request_id") == wanted]
    assert (line["route"], line["status"]) == ("/search", 200)
    assert "unmistakable" not in process.log


@pytest.mark.parametrize("workers", [pytest.param("1", marks=pytest.mark.long), "2"])
def test_levels_hold_in_every_worker(service, data, workers):
    process = service(data, "--workers", workers)
    assert "INFO: the live snapshot is" in process.log


@pytest.mark.parametrize(("level", "is_told"), [(None, False), ("info", True)])
def test_a_build_logs_what_the_level_says(dump_file, tmp_path, level, is_told):
    environment = {k: v for k, v in os.environ.items() if k != "WINNOW_LOG_LEVEL"}
    if level:
        environment["WINNOW_LOG_LEVEL"] = level
    done = subprocess.run(
        [winnow(), "rebuild", dump_file, "--data", tmp_path / "data"],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    assert ("INFO: published" in done.stderr) is is_told


def samples(text, name):
    """Return the values of a metric, whatever its labels."""
    return [float(v) for v in re.findall(rf"^{name}(?:{{.*}})? (\S+)$", text, re.MULTILINE)]


def test_a_scrape_sees_all_workers_and_what_those_that_died_have_counted(service, data):
    process = service(data, "--workers", "2")
    eventually(lambda: process.log.count("startup complete") == 2)
    for _ in range(40):
        assert get(f"{process.url}/api/search?q=lattice").status_code == 200

    def counted():
        text = get(f"{process.url}/metrics").text
        (count,) = samples(text, r'winnow_requests_total{.*route="/api/search".*}')
        return count, len(samples(text, "winnow_papers"))

    def flying():
        text = get(f"{process.url}/metrics").text
        return samples(text, "winnow_requests_in_flight")

    assert {counted() for _ in range(10)} == {(40.0, 1)}
    eventually(lambda: flying() == [1.0])  # the scrape itself, once all else is answered
    before = workers_of(process)
    os.kill(before[0], signal.SIGKILL)
    eventually(lambda: len(set(workers_of(process)) - set(before)) == 1)
    eventually(lambda: process.log.count("startup complete") == 3)
    assert {counted() for _ in range(10)} == {(40.0, 1)}
    eventually(lambda: flying() == [1.0])


def workers_of(process):
    """Return the process ids of the workers that a service has."""
    pid = process.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in read_command(child)]


def read_command(pid):
    """Return the command line of a process, b"" of one that has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def statuses(process, *forwarded):
    """Return how requests are answered that say to be forwarded for these."""
    return [
        get(f"{process.url}/me", headers={"X-Forwarded-For": one}).status_code
        for one in forwarded
    ]


@pytest.mark.parametrize(
    "allowed", ["127.0.0.1", pytest.param(None, marks=pytest.mark.long)]
)
def test_nobody_is_believed_to_be_a_proxy_unless_that_is_set(service, data, allowed):
    environment = {"FORWARDED_ALLOW_IPS": allowed} if allowed else {}
    process = service(data, WINNOW_RATE_LIMIT="1", **environment)
    assert statuses(process, "192.0.2.1", "192.0.2.2", "192.0.2.3") == [200, 429, 429]


def test_a_trusted_proxy_names_the_client_and_a_client_cannot(service, data):
    process = service(
        data, WINNOW_RATE_LIMIT="1", WINNOW_TRUSTED_PROXIES="127.1.2.3/8, 10.0.0.1"
    )
    assert statuses(process, "192.0.2.1", "192.0.2.2") == [200, 200]
    assert statuses(process, "203.0.113.9, 192.0.2.1") == [429]  # what a client wrote
    assert statuses(process, "192.0.2.3, 10.0.0.1", "192.0.2.3") == [200, 429]
    assert statuses(process, "2001:db8::1", "2001:db8::2") == [200, 429]


@pytest.mark.parametrize(
    ("peer", "is_believed"),
    [("10.9.8.7", True), ("::ffff:10.9.8.7", True), ("::1", True), ("11.0.0.1", False)],
)
def test_a_proxy_is_known_in_every_spelling_of_its_address(peer, is_believed):
    def name_client(scope, *_):
        return PlainTextResponse(scope["client"][0])(scope, *_)

    trusted = spell_networks("10.1.2.3/8, ::1")
    app = ProxyHeadersMiddleware(name_client, trusted_hosts=trusted)
    headers = {"X-Forwarded-For": "192.0.2.1"}
    named = TestClient(app, client=(peer, 1)).get("/", headers=headers).text
    assert named == ("192.0.2.1" if is_believed else peer)


def test_damage_to_what_a_server_has_open_is_found_whatever_is_published(
    service, build, record
):
    data = build([record()])
    served = find_live(data)
    process = service(data)
    assert get(f"{process.url}/readyz").status_code == 200
    build([record()], data)  # no request comes, so the server keeps the old one

    def verify(*options):
        return CliRunner().invoke(main, ["verify", "--data", str(data), *options])

    done = verify("--live")
    assert (done.exit_code, done.stdout) == (0, f"{served.name} is whole\n")
    path = served / "catalog.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert verify().exit_code == 0
    done = verify("--live")
    assert done.exit_code == 1
    assert "catalog.db is not what was written" in done.stderr
    process.stop()
    assert verify("--live").exit_code == 0  # nothing is open: the live one is checked

"""The SDK's own client, of version 2 here, of both versions in their own environments."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.mcp.test_tools import EVERY_CALL
from tests.app.mcp.wire import OLD
from tests.app.service import winnow

pytestmark = pytest.mark.mcp
VISITOR = Path(__file__).with_name("visitor.py")
VERSIONS = ("1.30.0", "2.3.0")
MANY = 1_000
GROWTH_MIB = 16


def visit(python, *target, times=1):
    """Run the visitor; return what it saw."""
    asked = json.dumps(
        {"calls": EVERY_CALL, "times": times, "target": list(map(str, target))}
    )
    done = subprocess.run(
        [python, VISITOR], input=asked, capture_output=True, text=True, timeout=1_200
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check(seen):
    assert sorted(seen["tools"]) == sorted(EVERY_CALL)
    assert seen["answered"] == dict.fromkeys(EVERY_CALL, True)
    assert "has no argument 'q'" in seen["refused"]
    assert seen["resource"].startswith("# The Large N Limit")
    assert "there is no tool of that name" in seen["unknown"]
    assert seen["after_cancelling"]


def test_a_client_of_version_2_over_http(service, data):
    process = service(data)
    check(visit(sys.executable, f"{process.url}/mcp"))
    assert "Traceback" not in process.log


def test_a_client_of_version_2_over_pipes(data):
    check(visit(sys.executable, winnow(), "mcp", "--data", data.as_posix()))


def test_pipes_end_with_their_input_and_print_nothing_else(data):
    done = subprocess.run(
        [winnow(), "mcp", "--data", data], input="", capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_pipes_without_an_index_say_what_to_do(tmp_path):
    seen = visit(sys.executable, winnow(), "mcp", "--data", tmp_path.as_posix())
    assert seen["answered"] == dict.fromkeys(EVERY_CALL, False)
    assert "winnow rebuild" in seen["said"]


def test_a_call_that_is_cancelled_over_pipes_leaves_the_others_answered(data):
    calls = range(1, 20, 2)
    with subprocess.Popen(
        [winnow(), "mcp", "--data", data],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def send(method, number=None, **params):
            named = {} if number is None else {"id": number}
            message = {"jsonrpc": "2.0", "method": method, "params": params} | named
            process.stdin.write(f"{json.dumps(message)}\n")

        about = {"capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
        send("initialize", 0, protocolVersion=OLD, **about)
        send("notifications/initialized")
        for number in calls:
            asked = {"query": "attention lattice", "max_results": 50}
            send("tools/call", number, name="search_papers", arguments=asked)
            send("notifications/cancelled", requestId=number, reason="enough")
            send("tools/call", number + 1, name="search", arguments={"query": "lattice"})
        process.stdin.flush()
        kept, results = {0, *(number + 1 for number in calls)}, {}
        while not kept <= set(results):
            message = json.loads(process.stdout.readline())
            results[message["id"]] = message.get("result")
        process.stdin.close()
        assert process.wait(60) == 0
    assert all(results[number]["content"] for number in kept - {0})


@pytest.fixture(scope="module", params=VERSIONS)
def environment(request, tmp_path_factory):
    """An environment with nothing but a version of the SDK; its Python."""
    place = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    python = place / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", f"mcp=={request.param}"]
    subprocess.run(install, check=True)
    return python


@pytest.mark.long
def test_clients_of_both_versions_over_http_and_pipes(environment, service, data):
    process = service(data)
    check(visit(environment, f"{process.url}/mcp"))
    check(visit(environment, winnow(), "mcp", "--data", data.as_posix()))
    assert "Traceback" not in process.log


def read_mib(pid):
    """Return how much memory a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1_024


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_memory_stays_flat_over_a_thousand_calls(environment, service, data):
    process = service(data)
    url = f"{process.url}/mcp"
    visit(environment, url, times=MANY // 5)  # caches fill
    before = read_mib(process.process.pid)
    seen = visit(environment, url, times=MANY)
    assert seen["calls"] >= MANY
    assert read_mib(process.process.pid) - before < GROWTH_MIB


def test_many_calls_over_one_pipe(data):
    seen = visit(sys.executable, winnow(), "mcp", "--data", data.as_posix(), times=50)
    assert seen["calls"] >= 50

"""A harvest that is killed at any moment: real processes, and a server that counts."""

import random
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from index import Dump, Manifest, Shelf, find_live, rebuild, verify
from index.snapshots.snapshot import PARTIAL
from tests.building import unwatched
from tests.oai_server import OaiServer, paper

ROOT = Path(__file__).parents[4]
PAGES, A_PAGE = 12, 40
DAYS = [f"2026-11-{1 + n // 3:02}" for n in range(PAGES)]
STAGES = [b"commit", b"keywords", b"words", b"verify", b"checksum"]

# Pauses are for a server that is far away; this one is not.
PROGRAM = """
import sys
from index.sources.oai import client
client.PAUSE_S = 0
from app.cli.main import main
main()
"""


@pytest.fixture
def server():
    papers = [
        paper(
            n + 1, DAYS[n // A_PAGE], abstract=f"Words about paper {n} of a harvest. " * 9
        )
        for n in range(PAGES * A_PAGE)
    ]
    with OaiServer(papers, page=A_PAGE) as running:
        yield running


@pytest.fixture
def data(tmp_path, record, write_dump):
    """A library of one paper that is current to the day before the first page."""
    with Dump.open(write_dump([record(update_date="2026-11-01")])) as dump:
        rebuild(dump, tmp_path / "data", watch=unwatched)
    return tmp_path / "data"


def start(data, server):
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "harvest", "--data", data, "--url", server.url],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def kill_at_request(process, server, count):
    """Kill a process while the server answers its request of that number."""
    before = len(server.requests)

    def kill(handler):
        process.send_signal(signal.SIGKILL)
        process.wait()
        handler.close_connection = True

    server.answers = [*[None] * (count - 1), kill]
    process.communicate()
    server.answers = []
    return len(server.requests) - before


def kill_at_line(process, beginning):
    """Kill a process when it says that it has reached a stage."""
    for line in process.stderr:
        if line.startswith(beginning):
            process.send_signal(signal.SIGKILL)
            break
    process.communicate()


def ids(data):
    library = Shelf(data).library()
    return {p.id for batch in library.catalog.read_batches(500) for p in batch}


def is_whole(data):
    return verify(find_live(data)) == []


def end(data, server):
    process = start(data, server)
    _, errors = process.communicate()
    assert process.returncode == 0, errors.decode()
    drafts = [p.name for p in (data / "snapshots").iterdir() if PARTIAL in p.name]
    assert (drafts, list((data / "harvest").glob("pages/*"))) == ([], [])
    assert ids(data) == {one["id"] for one in server.papers} | {"2401.00001"}
    assert is_whole(data)
    assert Manifest.read_from(find_live(data)).harvested == {
        "": date.fromisoformat(DAYS[-1])
    }


@pytest.mark.parametrize("kills", [1, pytest.param(4, marks=pytest.mark.long)])
def test_each_kill_while_fetching_costs_a_page_at_most(data, server, kills):
    before = find_live(data).name
    for _ in range(kills):
        kill_at_request(start(data, server), server, 3)
        assert find_live(data).name == before

    end(data, server)

    assert len(server.requests) <= PAGES + kills


@pytest.mark.parametrize(
    "stage",
    [b"publish", *(pytest.param(s, marks=pytest.mark.long) for s in [b"fetched", *STAGES])],
)
def test_a_kill_while_building_asks_for_nothing_again(data, server, stage):
    process = start(data, server)
    kill_at_line(process, stage)
    count = len(server.requests)
    assert is_whole(data)

    end(data, server)

    assert len(server.requests) in (count, count + 1)


@pytest.mark.parametrize("kills", [1, pytest.param(24, marks=pytest.mark.long)])
def test_kills_at_random_lose_nothing(data, server, kills):
    choose, killed, count = random.Random(22), 0, len(server.papers)
    while killed < kills:
        count += 1
        server.papers.append(paper(count, DAYS[-1]))
        process = start(data, server)
        if killed % 2:
            kill_at_line(process, choose.choice([b"fetched", *STAGES, b"publish"]))
        else:
            kill_at_request(process, server, choose.randint(1, 3))
        killed += process.returncode == -signal.SIGKILL
        assert is_whole(data)

    end(data, server)

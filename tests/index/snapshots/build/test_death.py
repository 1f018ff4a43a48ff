"""What a build that is killed, interrupted or out of room leaves: real processes."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from itertools import cycle, islice

import pytest

from index import Shelf, find_live, verify
from index.snapshots.snapshot import PARTIAL
from tests.asking import find

WINNOW = [sys.executable, "-c", "from app.cli.main import main; main()"]
PAPERS = 1_500


LATER = ("verify", "checksum")
"""Stages whose kills `make long` tries."""


@pytest.fixture(scope="session")
def big_dump(record):
    """The bytes of a dump that takes a while to index."""
    words = [f"word{number}" for number in range(3_000)]
    choose = random.Random(7).choices
    lines = (
        record(f"2402.{n:05}", title=f"Big {n}", abstract=" ".join(choose(words, k=60)))
        for n in range(1, PAPERS + 1)
    )
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


@pytest.fixture
def big_file(big_dump, tmp_path):
    path = tmp_path / "big.jsonl"
    path.write_bytes(big_dump)
    return path


@pytest.fixture
def small(build, record):
    """A data directory whose live snapshot has one paper."""
    return build([record("2401.00001", title="Survivor")])


class Build:
    """A build in a process of its own, which reads its dump from us."""

    def __init__(self, command, data, dump="-"):
        self.process = subprocess.Popen(
            [*WINNOW, command, dump, "--data", data],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def feed(self, content):
        self.process.stdin.write(content)
        self.process.stdin.flush()

    def wait_for(self, stage):
        """Return when the build says that it has reached a stage."""
        for line in self.process.stderr:
            if line.startswith(stage.encode()):
                return
        pytest.fail(f"the build never reached {stage}")

    def wait_until_writing(self, data):
        """Return when the build has begun to write its draft."""
        while not any((data / "snapshots").glob(f"*{PARTIAL}/fulltext/meta.json")):
            assert self.process.poll() is None

    def end_with(self, number):
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=120)
        return self.process.returncode, errors.decode()


COMMANDS = pytest.mark.parametrize(
    "command", ["rebuild", pytest.param("update", marks=pytest.mark.long)]
)


def is_as_before(data, name):
    """The live snapshot is the one of that name, whole, and answers."""
    return (
        find_live(data).name == name
        and verify(find_live(data)) == []
        and find(Shelf(data).library(), "survivor", limit=1).total == 1
    )


def debris(data):
    return [p.name for p in (data / "snapshots").iterdir() if PARTIAL in p.name]


def next_rebuild_works(build, record, data):
    build([record("2401.00002", title="Survivor Two")])
    return debris(data) == [] and is_as_before(data, find_live(data).name)


@COMMANDS
def test_a_kill_while_indexing_leaves_the_live_snapshot_alone(
    small, build, record, big_dump, command
):
    before = find_live(small).name
    with Build(command, small) as running:
        running.feed(big_dump)
        running.wait_until_writing(small)
        status, _ = running.end_with(signal.SIGKILL)

    assert status == -signal.SIGKILL
    assert is_as_before(small, before)
    assert debris(small)
    assert next_rebuild_works(build, record, small)


@pytest.mark.parametrize(
    "stage",
    ["commit", "publish", *(pytest.param(s, marks=pytest.mark.long) for s in LATER)],
)
def test_a_kill_in_any_stage_leaves_a_whole_snapshot_live(
    small, build, record, big_file, stage
):
    with Build("rebuild", small, big_file) as running:
        running.wait_for(stage)
        running.end_with(signal.SIGKILL)

    assert verify(find_live(small)) == []
    assert Shelf(small).library().catalog.count() in (1, PAPERS)
    assert next_rebuild_works(build, record, small)


@pytest.mark.parametrize("kills", [2, pytest.param(30, marks=pytest.mark.long)])
def test_a_kill_at_random_leaves_a_whole_snapshot_live(
    small, build, record, big_file, kills
):
    start = time.monotonic()
    with Build("rebuild", small, big_file) as running:
        assert running.process.wait(timeout=120) == 0
    whole = time.monotonic() - start

    moments = random.Random(20240229)
    for command in islice(cycle(("rebuild", "update", "update")), kills):
        with Build(command, small, big_file) as running:
            try:
                running.process.wait(timeout=whole * moments.uniform(0.3, 0.95))
            except subprocess.TimeoutExpired:
                running.end_with(signal.SIGKILL)
        assert verify(find_live(small)) == []
        library = Shelf(small).library()
        assert find(library, '"big 7"', limit=1).total == 1
        assert library.catalog.count() == PAPERS
    assert next_rebuild_works(build, record, small)


@COMMANDS
def test_control_c_leaves_no_debris(small, build, record, big_dump, command):
    before = find_live(small).name
    with Build(command, small) as running:
        running.feed(big_dump)
        running.wait_until_writing(small)
        status, errors = running.end_with(signal.SIGINT)

    assert status == 130
    assert "the live snapshot is unchanged" in errors
    assert "Traceback" not in errors
    assert debris(small) == []
    assert is_as_before(small, before)
    assert next_rebuild_works(build, record, small)


def test_control_c_in_a_late_stage_leaves_no_debris(small, big_file):
    with Build("rebuild", small, big_file) as running:
        running.wait_for("commit")
        status, errors = running.end_with(signal.SIGINT)

    assert status in (130, 0)  # it may have been quicker
    assert "Traceback" not in errors
    assert debris(small) == []
    assert verify(find_live(small)) == []
    assert Shelf(small).library().catalog.count() == (1 if status else PAPERS)


def test_a_build_that_waits_for_its_dump_can_be_interrupted(small):
    with Build("rebuild", small) as running:
        running.wait_until_writing(small)
        status, errors = running.end_with(signal.SIGINT)

    assert status == 130, errors
    assert debris(small) == []


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 8 MB, mounted for the test."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", place]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a small file system is not permitted here")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


@COMMANDS
def test_a_full_disk_leaves_the_live_snapshot_alone(
    small_disk, build, record, big_file, command
):
    data = small_disk / "data"
    build([record(title="Survivor")], into=data)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(7_000_000))
    before = find_live(data).name

    run = [*WINNOW, command, big_file, "--data", data]
    ended = subprocess.run(run, capture_output=True, text=True)

    assert ended.returncode == 1
    assert "o space left on device" in ended.stderr or "disk is full" in ended.stderr
    assert "GB free" in ended.stderr
    assert ended.stderr.count("the live snapshot is unchanged") == 1
    assert "Traceback" not in ended.stderr
    assert is_as_before(data, before)
    ballast.unlink()
    build([record(title="Survivor")], into=data)
    assert debris(data) == []
    assert is_as_before(data, find_live(data).name)


def test_a_write_that_is_refused_leaves_the_live_snapshot_alone(
    small, build, record, big_file
):
    """The kernel refuses files over a size as a full disk refuses any."""
    before = find_live(small).name

    limited = ["bash", "-c", 'ulimit -f 300 && exec "$@"', "bash", *WINNOW]
    run = [*limited, "rebuild", big_file, "--data", small]
    ended = subprocess.run(run, capture_output=True, text=True)

    assert ended.returncode == 1
    assert "cannot write" in ended.stderr
    assert "the live snapshot is unchanged" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert is_as_before(small, before)
    assert debris(small) == []
    assert next_rebuild_works(build, record, small)


def test_a_reader_never_fails_while_builds_come_and_go(small, build, record, big_file):
    shelf = Shelf(small)
    stop, failures, answers = threading.Event(), [], 0

    def ask():
        nonlocal answers
        while not stop.is_set():
            try:
                if not find(shelf.library(), "survivor OR big", limit=5).papers:
                    failures.append("nothing found")
            except Exception as error:  # noqa: BLE001  any failure is one
                failures.append(error)
            answers += 1

    reader = threading.Thread(target=ask)
    reader.start()
    try:
        for stage in ("commit", "publish"):
            with Build("rebuild", small, big_file) as running:
                running.wait_for(stage)
                running.end_with(signal.SIGKILL)
        build([record(title="Survivor")])
    finally:
        stop.set()
        reader.join()
    assert failures == []
    assert answers > 0

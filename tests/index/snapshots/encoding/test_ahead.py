"""Vectors that are made while a dump is being read: the same, and by nobody twice."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index import Dump, find_live, rebuild, verify
from index.meaning.vectors.files import DIGESTS, ROWS, SCALES, SIGNS
from index.meaning.vectors.nearest import Vectors
from index.snapshots.encoding import ahead
from index.snapshots.encoding.ahead import encode_ahead
from tests.building import build_data, unwatched

FILES = (ROWS, SCALES, SIGNS, DIGESTS)


@pytest.fixture
def alone(monkeypatch):
    """Start the other process for so many papers."""
    return lambda papers: monkeypatch.setattr(ahead, "_ALONE", papers)


def build(records, directory):
    directory.mkdir(exist_ok=True)
    return find_live(build_data(records, directory, encoder="shipped"))


def read_vectors(snapshot):
    return {name: (snapshot / "vectors" / name).read_bytes() for name in FILES}


def test_vectors_made_ahead_are_those_made_later(some, tmp_path, alone, monkeypatch):
    plain = build(some, tmp_path / "plain")
    alone(10)
    opened = []
    monkeypatch.setattr("index.snapshots.encoding.stage.load", opened.append)
    quick = build(some, tmp_path / "quick")

    assert not opened, "all of them were made ahead"
    assert read_vectors(quick) == read_vectors(plain)
    assert verify(quick) == []
    assert not (tmp_path / "quick" / "data" / "encoding").exists()


def test_of_two_records_of_a_paper_the_later_one_has_the_vector(some, tmp_path, alone):
    other = {**some[0], "abstract": "Something else entirely."}
    plain = build([other, *some[1:]], tmp_path / "plain")
    alone(10)
    quick = build([*some, other], tmp_path / "quick")

    assert read_vectors(quick) == read_vectors(plain)


def test_nothing_is_made_ahead_where_vectors_are_there(some, tmp_path, alone):
    alone(1)
    with encode_ahead("shipped", None, tmp_path / "encoding") as first:
        assert first
    live = build(some, tmp_path)

    with encode_ahead("shipped", live, tmp_path / "encoding") as second:
        assert second is None
    with encode_ahead("minilm", None, tmp_path / "other") as third:
        assert third is None


_KILLED = """
import os, signal, time
from pathlib import Path
from index import Dump, rebuild
from index.snapshots.build import intake
from index.snapshots.encoding import ahead
from index.meaning.vectors.nearest import Vectors
ahead._ALONE, intake.BATCH = 8, 8
vectors = Path({data!r}) / "encoding" / "vectors"
def die(stage, dump, done, of=None):
    if stage == "index" and done >= 24:
        while not (vectors / "digests.u8").exists() or Vectors(vectors).count < 8:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    with Dump.open(Path({dump!r})) as dump:
        rebuild(dump, Path({data!r}), encoder="shipped", watch=die)
"""


def test_a_killed_build_leaves_what_was_made_and_no_process(some, tmp_path, write_dump):
    dump, data = write_dump(some), tmp_path / "data"
    script = tmp_path / "build.py"
    script.write_text(_KILLED.format(data=str(data), dump=str(dump)))
    where = {"PYTHONPATH": str(Path(ahead.__file__).parents[3])}
    ended = subprocess.run([sys.executable, script], env=os.environ | where)
    assert ended.returncode == -signal.SIGKILL

    assert Vectors(data / "encoding" / "vectors").count >= 8
    assert not _find_children(str(data))
    assert verify(build(some, tmp_path)) == []


def _find_children(words):
    """Return processes that have a file open below a directory, after a while to end."""
    for _ in range(100):
        held = [
            process.name
            for process in Path("/proc").glob("[0-9]*")
            if any(words in _read_link(file) for file in _list_files(process))
        ]
        if not held:
            return []
        time.sleep(0.1)
    return held


def _list_files(process):
    try:
        return list((process / "fd").iterdir())
    except OSError:
        return []


def _read_link(file):
    try:
        return str(file.readlink())
    except OSError:
        return ""


def test_a_build_that_fails_ends_the_process_too(some, tmp_path, alone):
    alone(10)
    broken = tmp_path / "broken.jsonl.gz"
    broken.write_bytes(b"\x1f\x8b" + json.dumps(some).encode())
    with pytest.raises(Exception, match="broken"), Dump.open(broken) as dump:
        rebuild(dump, tmp_path / "data", encoder="shipped", watch=unwatched)

    assert not _find_children(str(tmp_path / "data"))

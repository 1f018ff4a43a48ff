"""What is left of how a build ended."""

import pytest

from index import BadDump, BuildFailed, Dump, Shelf, rebuild
from index.snapshots.outcome import record_outcome


def test_a_build_that_was_published_says_so(build, record):
    outcome = Shelf(build([record()])).last_build
    assert outcome.result == "published"
    assert outcome.seconds > 0


def test_a_build_that_failed_says_with_which_error(build, record, tmp_path):
    data = build([record()])
    dump = tmp_path / "empty.jsonl"
    dump.write_text("{}\n")
    with Dump.open(dump) as opened, pytest.raises(BadDump):
        rebuild(opened, data, watch=lambda *_: None)
    assert Shelf(data).last_build.result == "BadDump"


def test_a_build_that_was_stopped_says_so(tmp_path):
    with pytest.raises(KeyboardInterrupt), record_outcome(tmp_path):
        raise KeyboardInterrupt
    assert Shelf(tmp_path).last_build.result == "KeyboardInterrupt"


def test_a_disk_that_takes_no_note_changes_no_error(tmp_path):
    full = BuildFailed("no space left")
    with pytest.raises(BuildFailed) as caught, record_outcome(tmp_path / "missing"):
        raise full
    assert caught.value is full


@pytest.mark.parametrize("content", [b"", b"[]", b'{"result": "published"}', b"\xff"])
def test_what_is_illegible_is_no_outcome(tmp_path, content):
    (tmp_path / "BUILT").write_bytes(content)
    assert Shelf(tmp_path).last_build is None


def test_without_a_build_there_is_no_outcome(tmp_path):
    assert Shelf(tmp_path).last_build is None

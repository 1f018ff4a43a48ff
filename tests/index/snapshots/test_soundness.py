"""What opening a snapshot finds of its damage, and what it need not find."""

import json
import shutil

import pytest

from index import (
    BrokenSnapshot,
    Library,
    Manifest,
    Search,
    Shelf,
    Window,
    find_live,
    find_open,
    probe,
    verify,
)
from index.snapshots.soundness import WHOLE, write_samples


@pytest.fixture
def snapshot(data, tmp_path):
    """A copy of the small dump's snapshot, to be damaged."""
    return shutil.copytree(find_live(data), tmp_path / "snapshot")


@pytest.fixture(scope="module")
def large_data(record, tmp_path_factory):
    """A data directory with a file that is too large to be read whole."""
    from index import Dump, rebuild

    directory = tmp_path_factory.mktemp("large")
    dump = directory / "dump.jsonl"
    long = "0123456789abcdef" * 500  # no word of it is looked at
    lines = (json.dumps(record(f"2401.{n:05}", abstract=long)) for n in range(600))
    dump.write_text("\n".join(lines))
    with Dump.open(dump) as opened:
        rebuild(opened, directory / "data", watch=lambda *_: None)
    return directory / "data"


def stored_names(snapshot):
    return sorted(Manifest.read_from(snapshot).files)


@pytest.mark.parametrize("place", [0, -1])
def test_a_flipped_byte_of_any_small_file_keeps_a_snapshot_closed(snapshot, place):
    for name in stored_names(snapshot):
        path = snapshot / name
        whole = path.read_bytes()
        if not whole:
            continue
        flipped = bytearray(whole)
        flipped[place] ^= 1
        path.write_bytes(flipped)
        with pytest.raises(BrokenSnapshot, match="not what was written"):
            Library.open(snapshot)
        path.write_bytes(whole)
    assert Library.open(snapshot).catalog.count() == 26


def test_a_truncated_or_missing_file_keeps_a_snapshot_closed(snapshot):
    for name in stored_names(snapshot):
        path = snapshot / name
        whole = path.read_bytes()
        path.write_bytes(whole + b"\x00")
        with pytest.raises(BrokenSnapshot, match="bytes instead of"):
            Library.open(snapshot)
        path.unlink()
        with pytest.raises(BrokenSnapshot, match="No such file"):
            Library.open(snapshot)
        path.write_bytes(whole)


@pytest.mark.parametrize("place", [10, -10])
def test_a_sample_of_a_large_file_is_compared(large_data, tmp_path, place):
    snapshot = shutil.copytree(find_live(large_data), tmp_path / "snapshot")
    path = snapshot / "catalog.db"
    assert path.stat().st_size > WHOLE
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(BrokenSnapshot, match="not what was written"):
        Library.open(snapshot)


def test_a_snapshot_of_before_there_were_samples_opens(snapshot):
    from dataclasses import replace

    manifest = Manifest.read_from(snapshot)
    (snapshot / "samples.json").unlink()
    files = {n: f for n, f in manifest.files.items() if n != "samples.json"}
    replace(manifest, files=files).write(snapshot)
    assert Library.open(snapshot).catalog.count() == 26
    replace(manifest, files={}).write(snapshot)
    assert Library.open(snapshot).catalog.count() == 26


def test_samples_are_of_what_is_large(large_data, snapshot):
    assert json.loads((snapshot / "samples.json").read_text()) == {}
    large = json.loads((find_live(large_data) / "samples.json").read_text())
    assert "catalog.db" in large
    before = (find_live(large_data) / "samples.json").read_bytes()
    write_samples(find_live(large_data))
    assert (find_live(large_data) / "samples.json").read_bytes() == before


def test_an_update_writes_samples_of_its_own(build, extend, record):
    data = build([record()])
    extend(data, [record("2401.00002")])
    assert verify(find_live(data)) == []
    assert "samples.json" in stored_names(find_live(data))


def test_a_row_that_was_overwritten_while_serving_is_an_error(build, record):
    data = build([record()])
    library = Shelf(data).library()
    path = find_live(data) / "catalog.db"
    content = path.read_bytes()
    page_size = int.from_bytes(content[16:18])
    with path.open("r+b") as file:
        file.seek(page_size)
        file.write(b"\xff" * (len(content) - page_size))
    with pytest.raises(BrokenSnapshot, match="damaged"):
        library.catalog.by_keys([1])
    with pytest.raises(BrokenSnapshot, match="damaged"):
        library.catalog.by_ids(["2401.00001"])
    with pytest.raises(BrokenSnapshot):
        probe(library)


def test_what_a_process_has_open_is_found_whatever_is_live(build, record):
    data = build([record()])
    shelf = Shelf(data)
    library = shelf.library()
    build([record()], data)
    assert find_open(data) == [library.snapshot]
    library.close()
    assert find_open(data) == []


def test_steps_of_the_engine_are_told(build, record):
    steps = []
    data = build([record(title="Lattices")])
    shelf = Shelf(data, watch=lambda name, seconds: steps.append((name, seconds)))
    assert shelf.library().finder.find(Search("lattices"), Window(limit=2)).total == 1
    assert {name for name, _ in steps} >= {"search"}
    assert all(seconds >= 0 for _, seconds in steps)


def test_a_manifest_that_counts_other_papers_is_not_believed(snapshot):
    manifest = snapshot / "manifest.json"
    told = manifest.read_text()
    manifest.write_text(told.replace('"papers": 26', '"papers": 28'))
    assert manifest.read_text() != told
    with pytest.raises(BrokenSnapshot, match="26 papers instead of 28"):
        Library.open(snapshot)

import gzip
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index import (
    BadDump,
    BuildFailed,
    Busy,
    Dump,
    EncoderRecord,
    Manifest,
    NoSnapshot,
    Shelf,
    find_live,
    rebuild,
    update,
    verify,
)
from index.snapshots.build.intake import BATCH
from index.snapshots.snapshot import PARTIAL
from tests.asking import find


def opened(data):
    return Shelf(data).library()


def total(data, text):
    return find(opened(data), text, limit=1).total


def findable(library):
    """How many papers the engine finds."""
    return find(library, "-zebra", limit=1).total


def files(directory):
    return {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def names(data):
    return sorted(path.name for path in (data / "snapshots").iterdir())


def test_a_rebuild_makes_the_dump_the_live_snapshot(data, dump_file):
    snapshot = find_live(data)

    assert names(data) == [snapshot.name]
    assert (data / "CURRENT").read_text() == f"{snapshot.name}\n"
    assert verify(snapshot) == []
    with Dump.open(dump_file) as dump:
        papers = list(dump)
    library = opened(data)
    found = library.catalog.by_keys(range(1, len(papers) + 1))
    assert [replace(paper, keywords=()) for paper in found] == papers
    assert findable(library) == library.catalog.count() == len(papers) == 26


def test_the_manifest_tells_what_was_built_and_of_what(data, dump_file):
    snapshot = find_live(data)
    manifest = Manifest.read_from(snapshot)

    content = dump_file.read_bytes()
    assert manifest.name == snapshot.name
    assert (manifest.command, manifest.parent, manifest.encoder) == (
        "rebuild",
        None,
        EncoderRecord(),
    )
    assert manifest.source.name == dump_file.name
    assert manifest.source.bytes == len(content)
    assert manifest.source.sha256 == hashlib.sha256(content).hexdigest()
    assert manifest.read == manifest.kept == manifest.papers == 26
    assert (manifest.repeated, manifest.skipped) == (0, {})
    assert (manifest.first_day, manifest.last_day) == (date(1996, 2, 1), date(2024, 5, 1))
    assert manifest.categories["cs.LG"] == 4
    assert "cs.NA" not in manifest.categories
    assert manifest.created[:10].replace("-", "") == manifest.name[:8]


def test_the_manifest_tells_the_time_and_memory_of_each_stage(data):
    stages = Manifest.read_from(find_live(data)).stages

    names = "index commit keywords catalog history words encode verify checksum publish"
    assert [stage.stage for stage in stages] == names.split()
    assert all(stage.seconds >= 0 and stage.peak_mib > 1 for stage in stages)


def test_the_manifest_lists_every_file_with_its_checksum(data):
    snapshot = find_live(data)
    stored = Manifest.read_from(snapshot).files

    there = {
        path.relative_to(snapshot).as_posix(): content
        for path, content in files(snapshot).items()
        if path.name != "manifest.json" and path.suffix != ".lock"
    }
    assert stored.keys() == there.keys()
    for name, content in there.items():
        assert stored[name].bytes == len(content)
        assert stored[name].sha256 == hashlib.sha256(content).hexdigest()


def test_bad_records_are_counted_in_the_manifest(build, record):
    data = build([record(), b"not json", b"{}", b"", record("x"), b"{}"])

    manifest = Manifest.read_from(find_live(data))
    assert (manifest.read, manifest.kept, manifest.papers) == (5, 1, 1)
    assert manifest.skipped == {"not_json": 1, "no_id": 2, "bad_id": 1}


def test_the_later_of_two_records_with_one_id_wins(build, record):
    first, last = record(title="Early Bird"), record(title="Late Bird")
    data = build([first, record("2401.00002"), last, record("2401.00001v3", title="Owl")])

    manifest = Manifest.read_from(find_live(data))
    assert (manifest.read, manifest.kept, manifest.repeated) == (4, 2, 2)
    assert opened(data).catalog.by_id("2401.00001").title == "Owl"
    assert findable(opened(data)) == 2
    assert total(data, "early") == total(data, "bird") == 0
    assert total(data, "owl") == 1


def test_the_later_record_wins_over_any_distance(build, record):
    ids = [f"2401.{number:05}" for number in range(1, BATCH + 50)]
    old = [record(paper_id, title="Old") for paper_id in ids]
    new = [record(paper_id, title="New") for paper_id in ids[::100]]
    data = build(old + new)

    manifest = Manifest.read_from(find_live(data))
    assert (manifest.kept, manifest.repeated) == (len(ids), len(new))
    assert findable(opened(data)) == len(ids)
    assert total(data, "ti:new") == len(new)
    assert total(data, "ti:old") == len(ids) - len(new)
    assert verify(find_live(data)) == []


def test_the_same_number_in_two_archives_is_two_papers(library):
    assert library.catalog.by_id("cs/9808001") != library.catalog.by_id("cmp-lg/9808001")


def test_a_limit_takes_the_first_papers(build, record):
    data = build([b"bad", *(record(f"2401.{n:05}") for n in range(1, 10))], limit=3)

    assert opened(data).catalog.count() == 3
    assert total(data, "2401.00003") == 1
    assert total(data, "2401.00004") == 0


def test_a_rebuild_forgets_what_was_there_before(build, record):
    build([record("2401.00001")])
    data = build([record("2401.00002")])

    assert len(names(data)) == 2
    assert opened(data).catalog.count() == 1
    assert total(data, "2401.00001") == 0


def test_builds_within_a_second_get_names_of_their_own(build, record):
    for _ in range(3):
        data = build([record()])

    assert len(names(data)) == 3
    assert find_live(data).name == max(
        names(data), key=lambda name: (name[:16], len(name), name)
    )


def test_an_update_adds_and_replaces_papers(build, extend, record):
    data = build([record(f"2401.0000{n}", title=f"Old {n}") for n in range(1, 6)])
    parent = find_live(data)

    manifest = extend(
        data,
        [
            record("2401.00002", title="New 2", categories="math.CO"),
            record("2402.00001", title="New 6", update_date="2024-02-02"),
            b"bad",
            record("2402.00001", title="Newer 6", update_date="2024-02-03"),
            record("2401.00002", title="Newer 2", categories="math.AG"),
        ],
    )

    assert (manifest.command, manifest.parent) == ("update", parent.name)
    assert (manifest.read, manifest.kept, manifest.repeated) == (5, 2, 2)
    assert (manifest.papers, manifest.skipped) == (6, {"not_json": 1})
    assert (manifest.first_day, manifest.last_day) == (date(2024, 1, 2), date(2024, 2, 3))
    assert manifest.categories == {"cs.LG": 5, "math.AG": 1}
    assert [stage.stage for stage in manifest.stages][:2] == ["copy", "index"]
    assert verify(find_live(data)) == []
    assert find_live(data).name == manifest.name != parent.name
    assert total(data, "ti:old") == 4
    assert total(data, "ti:newer") == 2
    assert total(data, "ti:new") == 0
    assert opened(data).catalog.by_id("2401.00002").title == "Newer 2"


def test_an_update_leaves_the_old_snapshot_as_it_was(build, extend, record):
    data = build([record(f"2401.0000{n}") for n in range(1, 6)])
    old = find_live(data)
    before = files(old)
    library = opened(data)

    extend(data, [record("2401.00001", title="Changed"), record("2401.00009")])

    assert files(old) == before
    assert verify(old) == []
    assert find(library, "changed", limit=9).total == 0
    assert library.catalog.by_id("2401.00001").title == "A Paper Called 2401.00001"


def test_an_update_shares_what_does_not_change(build, extend, record):
    data = build([record(f"2401.0000{n}") for n in range(1, 6)])
    old = find_live(data)
    extend(data, [record("2401.00009")])

    segments = [path for path in (old / "fulltext").iterdir() if path.suffix == ".idx"]
    assert segments
    for segment in segments:
        shared = find_live(data) / "fulltext" / segment.name
        assert shared.stat().st_ino == segment.stat().st_ino


def test_updates_follow_one_another(build, extend, record):
    data = build([record("2401.00001", title="Zero")])
    for number in range(1, 6):
        extend(
            data,
            [
                record("2401.00001", title=f"Take {number}"),
                record(f"2402.0000{number}"),
            ],
        )

    assert opened(data).catalog.by_id("2401.00001").title == "Take 5"
    assert total(data, "ti:take") == 1
    assert findable(opened(data)) == 6
    assert verify(find_live(data)) == []


def test_an_update_needs_a_live_snapshot(tmp_path, extend, record):
    with pytest.raises(NoSnapshot, match="winnow rebuild DUMP"):
        extend(tmp_path / "data", [record()])

    assert not (tmp_path / "data").exists()


def attempt(command, path, data):
    with Dump.open(path) as dump:
        command(dump, data, watch=lambda *_: None)


@pytest.mark.parametrize("command", [rebuild, update])
def test_a_truncated_archive_leaves_the_live_snapshot_alone(
    build, record, tmp_path, command
):
    data = build([record()])
    before = files(data / "snapshots")
    lines = "".join(f"{json.dumps(record(f'2401.{n:05}'))}\n" for n in range(1, 5_000))
    cut = tmp_path / "cut.gz"
    cut.write_bytes(gzip.compress(lines.encode())[:-4_000])

    with pytest.raises(BadDump, match=r"cut\.gz is truncated"):
        attempt(command, cut, data)

    assert files(data / "snapshots") == before
    assert total(data, "2401.00001") == 1


@pytest.mark.parametrize("command", [rebuild, update])
@pytest.mark.parametrize("content", [b"", b"\n\n", b"not json\n{}\n", b"[]\n"])
def test_a_dump_without_a_paper_leaves_the_live_snapshot_alone(
    build, record, tmp_path, command, content
):
    data = build([record()])
    before = files(data / "snapshots")
    (tmp_path / "none.json").write_bytes(content)

    with pytest.raises(BadDump, match="one JSON object a line"):
        attempt(command, tmp_path / "none.json", data)
    assert files(data / "snapshots") == before


def test_a_failed_first_build_leaves_nothing(tmp_path):
    (tmp_path / "none.json").write_bytes(b"{}\n")

    with pytest.raises(BadDump):
        attempt(rebuild, tmp_path / "none.json", tmp_path / "data")

    assert list((tmp_path / "data" / "snapshots").iterdir()) == []
    with pytest.raises(NoSnapshot):
        find_live(tmp_path / "data")


@pytest.mark.parametrize("stage", ["index", "commit", "verify", "checksum", "publish"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(5, "Input/output error")])
def test_an_interruption_in_any_stage_leaves_the_live_snapshot_alone(
    build, dump_file, record, stage, error
):
    data = build([record()])
    before = files(data / "snapshots")

    def interrupt(reached, *_):
        if reached == stage:
            raise error

    with (
        Dump.open(dump_file) as dump,
        pytest.raises((KeyboardInterrupt, BuildFailed)),
    ):
        rebuild(dump, data, watch=interrupt)

    assert files(data / "snapshots") == before
    assert not [name for name in names(data) if name.endswith(PARTIAL)]
    build([record("2401.00002")])
    assert total(data, "2401.00002") == 1


def test_what_dead_builds_left_is_gone_after_the_next(build, record):
    data = build([record()])
    debris = data / "snapshots" / f"20200101T000000Z{PARTIAL}"
    (debris / "fulltext").mkdir(parents=True)
    (debris / "fulltext" / "meta.json").write_text("{}")

    build([record()])

    assert not debris.exists()


def test_two_builds_at_once_are_one_too_many(build, record, dump_file):
    data = build([record()])
    answers = []

    def start_another(stage, *_):
        if stage == "index":
            code = "from app.cli.main import main; main()"
            command = [sys.executable, "-c", code, "rebuild", dump_file, "--data", data]
            answers.append(subprocess.run(command, capture_output=True, text=True))

    with Dump.open(dump_file) as dump:
        rebuild(dump, data, watch=start_another)

    (answer,) = answers
    assert answer.returncode == 1
    assert f"another build is running in {data} (process {os.getpid()})" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert opened(data).catalog.count() == 26


def test_a_second_build_of_one_process_is_refused_too(build, record, dump_file):
    data = build([record()])

    def start_another(stage, *_):
        if stage == "index":
            with Dump.open(dump_file) as other, pytest.raises(Busy):
                update(other, data, watch=lambda *_: None)

    with Dump.open(dump_file) as dump:
        rebuild(dump, data, watch=start_another)
    assert opened(data).catalog.count() == 26


@pytest.mark.parametrize("place", ["/proc/winnow", "/dev/null/data", "{}/file/data"])
def test_a_place_that_cannot_be_written_is_named(tmp_path, dump_file, place):
    (tmp_path / "file").touch()
    data = Path(place.format(tmp_path))

    with Dump.open(dump_file) as dump, pytest.raises(BuildFailed) as failure:
        rebuild(dump, data, watch=lambda *_: None)

    assert str(failure.value).startswith(f"cannot write in {data}: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_directory_is_named_and_keeps_serving(build, record, dump_file):
    data = build([record()])
    (data / "snapshots").chmod(0o555)

    with Dump.open(dump_file) as dump, pytest.raises(BuildFailed, match="Permission"):
        rebuild(dump, data, watch=lambda *_: None)

    assert opened(data).catalog.count() == 1
    (data / "snapshots").chmod(0o755)


def test_a_snapshots_directory_that_is_a_file_is_named(tmp_path, dump_file):
    data = tmp_path / "data"
    data.mkdir()
    (data / "snapshots").touch()

    with Dump.open(dump_file) as dump, pytest.raises(BuildFailed, match="snapshots"):
        rebuild(dump, data, watch=lambda *_: None)

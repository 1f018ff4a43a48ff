"""Builds remember which papers came, changed or went."""

import shutil
from datetime import date

import pytest

from index import (
    Change,
    Dump,
    Forgotten,
    Kind,
    Manifest,
    Mark,
    Shelf,
    find_live,
    rebuild,
    rebuild_live,
    update,
    verify,
)
from index.snapshots.build.intake import Harvest
from index.snapshots.history import recording
from index.snapshots.layout import CHANGES
from tests.building import unwatched

WITHDRAWN = "This paper has been withdrawn by the authors"


def versions(count):
    return [{"version": f"v{n}", "created": f"{n} Jan 2024 10:00:00 GMT"} for n in count]


@pytest.fixture
def first(record):
    return [
        record(f"2401.{n:05}", versions=versions(range(1, 1 + n % 3 + 1)))
        for n in range(1, 10)
    ]


def read(data, since=None, limit=1_000):
    return Shelf(data).library().history.read(since, limit)


def kinds(stretch):
    return {change.paper_id: change.kind.value for change in stretch.changes}


def make_day(record, first):
    """One paper of each kind, one as it was, and one twice."""
    return [
        record("2401.00001", versions=versions(range(1, 4))),
        first[1] | {"categories": "cs.LG math.CO"},
        first[2] | {"comments": WITHDRAWN},
        first[3] | {"journal-ref": "J. Tests 1 (2024) 1"},
        first[4],
        record("2401.00010"),
        first[5] | {"title": "An Earlier Title"},
        first[5] | {"title": "Another Title"},
        first[6] | {"title": "Changed"},
        first[6],
    ]


WHAT_CHANGED = {
    "2401.00001": "version",
    "2401.00002": "cross",
    "2401.00003": "withdrawn",
    "2401.00004": "changed",
    "2401.00010": "new",
    "2401.00006": "changed",
}


def test_an_update_tells_how_papers_changed(build, extend, record, first):
    data = build(first)
    before = find_live(data).name

    manifest = extend(data, make_day(record, first))

    found = read(data, Mark(before))
    assert kinds(found) == WHAT_CHANGED
    assert set(found.builds) == {manifest.name}
    assert (found.mark, found.is_end) == (Mark(manifest.name), True)
    assert verify(find_live(data)) == []


def test_a_rebuild_compares_itself_and_carries_the_history_on(build, extend, record, first):
    data = build(first)
    before = find_live(data).name
    extend(data, [record("2401.00011")])

    last = first[-1]["id"]
    build([*first[:-1], *make_day(record, first)], data)

    found = read(data, Mark(before))
    assert kinds(found) == WHAT_CHANGED | {last: "deleted", "2401.00011": "deleted"}
    assert found.changes[0] == Change(Kind.NEW, "2401.00011")
    assert len(set(found.builds)) == 2


def test_a_rebuild_of_the_same_papers_changes_nothing(data, dump_file, tmp_path):
    copy = shutil.copytree(data, tmp_path / "copy")
    before = Shelf(copy).library().history.end
    with Dump.open(dump_file) as dump:
        rebuild(dump, copy, watch=unwatched)
    rebuild_live(copy, watch=unwatched)

    found = read(copy, before)
    assert (found.changes, found.is_end) == ((), True)
    assert found.mark == Mark(find_live(copy).name)


def test_a_harvest_tells_what_was_taken_out(build, record, write_dump, first):
    data = build(first)
    before = find_live(data).name
    harvest = Harvest(
        removed=frozenset({"2401.00002", "2401.77777"}), reached={"": date(2024, 5, 1)}
    )
    with Dump.open(write_dump([record("2401.00012")], "day.jsonl")) as dump:
        update(dump, data, harvest=harvest, watch=unwatched)

    assert kinds(read(data, Mark(before))) == {"2401.00002": "deleted", "2401.00012": "new"}


def test_a_history_begins_behind_the_first_build(build, first):
    data = build(first)

    found = read(data)
    name = find_live(data).name
    assert (found.changes, found.mark, found.is_end) == ((), Mark(name), True)
    assert Shelf(data).library().history.first_build == name


def test_it_begins_anew_where_too_much_has_changed(
    monkeypatch, build, extend, record, first
):
    monkeypatch.setattr(recording, "MOST", 3)
    data = build(first)
    before = find_live(data).name
    extend(data, [record(f"2402.{n:05}") for n in range(1, 4)])
    assert len(read(data, Mark(before)).changes) == 3

    for change in (
        lambda: extend(data, make_day(record, first)),
        lambda: build([first[0]], data),
    ):
        before = find_live(data).name
        change()
        name = find_live(data).name
        with pytest.raises(Forgotten) as forgotten:
            read(data, Mark(before))
        assert forgotten.value.first == name
        assert read(data).mark == Mark(name)


def test_a_damaged_history_is_not_carried_on(build, first):
    data = build(first)
    (file,) = (find_live(data) / CHANGES).iterdir()
    file.write_text("= 20240101T000000Z 0\n")

    build(first, data)

    assert read(data).mark == Mark(find_live(data).name)
    assert Shelf(data).library().history.first_build == find_live(data).name


def test_a_snapshot_without_a_history_is_served_and_begins_one(
    build, extend, record, first
):
    data = build(first)
    live = find_live(data)
    shutil.rmtree(live / CHANGES)
    manifest = Manifest.read_from(live)
    files = {n: f for n, f in manifest.files.items() if not n.startswith(CHANGES)}
    manifest.files.clear()
    manifest.files.update(files)
    manifest.write(live)

    history = Shelf(data).library().history
    found = history.read(None, 10)
    assert (found.changes, found.mark, found.is_end) == ((), None, True)
    assert (history.first_build, history.end) == (None, None)
    assert history.find_day(date(2024, 1, 1)) is None

    extend(data, [record("2401.00013")])
    assert kinds(read(data, Mark(live.name))) == {"2401.00013": "new"}


def test_days_before_the_first_build_are_not_known(build, first):
    history = Shelf(build(first)).library().history
    with pytest.raises(Forgotten):
        history.find_day(date(2024, 1, 1))
    assert history.find_day(date(9999, 1, 1)) == history.end

"""A history is read in stretches, from any mark that it has given."""

from datetime import date

import pytest

from index import BrokenSnapshot, Change, Forgotten, History, Kind, Mark
from index.snapshots.history import files
from index.snapshots.history.files import begin_history, continue_history, list_files

BUILDS = {
    "20250131T043000Z": 3,
    "20250201T043000Z": 0,
    "20250203T043000Z": 2,
    "20250203T043000Z-2": 1,
    "20250301T043000Z": 1,
}
IDS = [f"2501.{n:05}" for n in range(7)]


def write(tmp_path, builds):
    """Write snapshots one after another; return the last."""
    old = tmp_path / "20250130T000000Z"
    old.mkdir()
    begin_history(old, old.name)
    ids = iter(IDS)
    for build, count in builds.items():
        new = tmp_path / build
        new.mkdir()
        changes = [Change(Kind.NEW, next(ids, f"x/{count}")) for _ in range(count)]
        continue_history(old, new, build, changes)
        old = new
    return old


@pytest.fixture
def snapshot(tmp_path):
    return write(tmp_path, BUILDS)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_it_is_read_to_its_end_whatever_the_limit(snapshot, limit):
    history = History(snapshot)
    mark, found, builds = Mark("20250130T000000Z"), [], []
    for _ in range(20):
        stretch = history.read(mark, limit)
        assert len(stretch.changes) <= limit
        found += [change.paper_id for change in stretch.changes]
        builds += stretch.builds
        assert Mark.read(str(stretch.mark)) == stretch.mark
        mark = stretch.mark
        if stretch.is_end:
            break

    assert found == IDS
    assert builds == [build for build, count in BUILDS.items() for _ in range(count)]
    assert mark == history.end


def test_each_place_in_it_is_a_mark(snapshot):
    history = History(snapshot)
    for position in range(4):
        rest = history.read(Mark("20250131T043000Z", position), 100)
        assert [change.paper_id for change in rest.changes] == IDS[position:]


@pytest.mark.parametrize(
    "mark",
    [
        Mark("20250131T043000Z", 4),
        Mark("20250129T043000Z"),
        Mark("20990101T000000Z"),
        Mark("20250131T043001Z", 0),
    ],
)
def test_other_marks_are_refused(snapshot, mark):
    with pytest.raises(Forgotten) as refused:
        History(snapshot).read(mark, 10)
    assert refused.value.first == "20250130T000000Z"


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "../x", "20250131T043000", "20250131T043000Z.", "20250131T043000Z\n"),
        *("20250131T043000Z.-1", "20250131T043000Z.12345678", "２0250131T043000Z"),
    ],
)
def test_what_is_no_mark_is_not_read(text):
    assert Mark.read(text) is None


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        ("2025-01-31", IDS),
        ("2025-02-01", IDS[3:]),
        ("2025-02-02", IDS[3:]),
        ("2025-02-03", IDS[3:]),
        ("2025-02-04", IDS[6:]),
        ("2025-03-02", []),
    ],
)
def test_a_day_leads_to_its_first_build(snapshot, day, ids):
    history = History(snapshot)
    found = history.read(history.find_day(date.fromisoformat(day)), 100)
    assert [change.paper_id for change in found.changes] == ids


def test_earlier_months_are_the_same_files(snapshot):
    january, february, march = list_files(snapshot)
    assert [f.name for f in (january, february, march)] == [
        f"2025-0{n}.txt" for n in (1, 2, 3)
    ]
    assert (january.stat().st_nlink, february.stat().st_nlink) == (5, 2)


def test_a_year_is_kept(tmp_path):
    days = [f"{y}{m:02}05T000000Z" for y in (2025, 2026) for m in range(1, 13)]
    history = History(write(tmp_path, dict.fromkeys(days, 1)))

    assert history.first_build == "20251205T000000Z"
    assert len(history.read(None, 100).changes) == 13
    with pytest.raises(Forgotten):
        history.read(Mark("20251105T000000Z"), 10)
    with pytest.raises(Forgotten):
        history.find_day(date(2025, 12, 5))


def test_the_oldest_go_first_where_it_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 60)
    days = [f"2025{m:02}05T000000Z" for m in range(1, 9)]
    history = History(write(tmp_path, dict.fromkeys(days, 1)))

    assert history.first_build == "20250705T000000Z"


def test_a_clock_that_was_set_back_changes_no_order(tmp_path):
    snapshot = write(tmp_path, {"20250301T000000Z": 1, "20250228T000000Z": 1})
    found = History(snapshot).read(None, 10)
    assert found.builds == ("20250301T000000Z", "20250228T000000Z")


@pytest.mark.parametrize(
    "damage",
    [
        b"new 2501.00000\n",
        b"= x\n",
        b"= 20250131T043000Z y\n",
        b"\xff",
        b"= 1 2 3",
        b"= x 0\n",
    ],
)
def test_damage_is_told(snapshot, damage):
    file = list_files(snapshot)[0]
    file.unlink()
    file.write_bytes(damage)
    with pytest.raises(BrokenSnapshot):
        History(snapshot).read(None, 10)


def test_lost_changes_are_told(snapshot):
    file = list_files(snapshot)[0]
    text = file.read_text()
    file.unlink()
    file.write_text(text.replace("new 2501.00001\n", ""))
    with pytest.raises(BrokenSnapshot, match="lost"):
        History(snapshot).read(Mark("20250130T000000Z"), 10)

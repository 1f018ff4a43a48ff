import gc
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from index import BrokenSnapshot, Library, NoSnapshot, Shelf, find_live, prune
from index.snapshots.snapshot import list_finished
from tests.asking import find


def titles(library):
    return {paper.title for paper in library.catalog.by_keys(range(1, 10))}


def point_to(data, name):
    new = data / "CURRENT.tmp"
    new.write_text(name)
    new.replace(data / "CURRENT")


def test_nothing_is_opened_before_it_is_asked_for(tmp_path):
    shelf = Shelf(tmp_path / "missing")

    with pytest.raises(NoSnapshot, match="winnow rebuild DUMP"):
        shelf.library()


def test_the_first_snapshot_is_noticed_too(tmp_path, build, record):
    shelf = Shelf(tmp_path / "data")
    with pytest.raises(NoSnapshot):
        shelf.library()

    build([record()])
    assert shelf.library().catalog.count() == 1


def test_a_library_is_opened_once(data):
    shelf = Shelf(data)

    assert shelf.library() is shelf.library()


def test_a_rebuild_is_noticed_without_a_restart(build, record):
    data = build([record(title="Before")])
    shelf = Shelf(data)
    assert titles(shelf.library()) == {"Before"}

    build([record(title="After")])
    assert titles(shelf.library()) == {"After"}
    assert find(shelf.library(), "after", limit=1).total == 1


def test_an_update_is_noticed_without_a_restart(build, extend, record):
    data = build([record(title="Before")])
    shelf = Shelf(data)
    shelf.library()

    extend(data, [record("2401.00002", title="Added")])
    assert titles(shelf.library()) == {"Before", "Added"}


def test_a_library_that_was_replaced_works_while_it_is_held(build, record):
    data = build([record(title="Before")])
    shelf = Shelf(data)
    old = shelf.library()
    build([record(title="After")])
    shelf.library()

    gc.collect()
    assert titles(old) == {"Before"}
    assert find(old, "before", limit=1).total == 1


def test_a_replaced_library_is_closed_when_nobody_holds_it(build, record):
    data = build([record()])
    shelf = Shelf(data)
    old = shelf.library()
    name = old.manifest.name
    build([record()])
    shelf.library()

    assert prune(data, keep=1).in_use == (name,)
    del old
    gc.collect()
    assert prune(data, keep=1).removed == (name,)


@pytest.mark.parametrize(
    "name", ["", "nonsense", "20200101T000000Z", "../../etc", "\x00", "."]
)
def test_a_broken_pointer_keeps_the_old_library_serving(build, record, caplog, name):
    data = build([record()])
    good = find_live(data).name
    shelf = Shelf(data)
    old = shelf.library()

    with caplog.at_level(logging.ERROR):
        point_to(data, name)
        assert shelf.library() is old
        assert shelf.library() is old
    assert "keeping the old" in caplog.text
    assert caplog.text.count("keeping the old") == 1

    point_to(data, good)
    assert shelf.library().catalog.count() == 1


def test_a_pointer_that_vanished_keeps_the_old_library_serving(build, record):
    data = build([record()])
    shelf = Shelf(data)
    old = shelf.library()
    (data / "CURRENT").unlink()

    assert shelf.library() is old
    assert old.catalog.count() == 1


def test_a_broken_snapshot_keeps_the_old_library_serving(build, record):
    data = build([record(title="Before")])
    shelf = Shelf(data)
    old = shelf.library()
    build([record(title="After")])
    (find_live(data) / "fulltext" / "meta.json").unlink()

    assert shelf.library() is old
    build([record(title="Repaired")])
    assert titles(shelf.library()) == {"Repaired"}


def test_a_broken_snapshot_is_an_error_where_there_is_no_other(build, record):
    data = build([record()])
    (find_live(data) / "catalog.db").unlink()

    with pytest.raises(BrokenSnapshot, match="cannot open"):
        Shelf(data).library()


def test_a_snapshot_without_its_manifest_cannot_be_opened(build, record):
    data = build([record()])
    (find_live(data) / "manifest.json").unlink()

    with pytest.raises(BrokenSnapshot, match="unfinished"):
        Library.open(find_live(data))


def test_many_threads_may_ask_while_a_snapshot_is_published(build, record):
    data = build([record(title="Number 0")])
    shelf = Shelf(data)

    def ask(_):
        (paper,) = find(shelf.library(), "number", limit=2).papers
        return paper.title

    with ThreadPoolExecutor(4) as pool:
        for number in range(1, 5):
            answers = pool.map(ask, range(100))
            build([record(title=f"Number {number}")])
            assert set(answers) <= {f"Number {n}" for n in range(number + 1)}
    assert titles(shelf.library()) == {"Number 4"}


def live(data, name):
    return find_live(data) / name


BREAKS = {
    "a file is missing": (lambda data: live(data, "catalog.db").unlink(), "Older"),
    "a file is empty": (lambda data: live(data, "words.txt").write_bytes(b""), "Older"),
    "no manifest": (lambda data: live(data, "manifest.json").unlink(), "Older"),
    "not a directory": (lambda data: live(data, "").rename(data / "gone"), "Older"),
    "a pointer to nothing": (lambda data: point_to(data, "20200101T000000Z"), "Live"),
    "a pointer of nonsense": (lambda data: point_to(data, "\x00"), "Live"),
    "no pointer": (lambda data: (data / "CURRENT").unlink(), "Live"),
}
"""How each is done, and the paper of the snapshot that is served then."""


@pytest.fixture
def three(build, record):
    """A data directory of three snapshots, the newest of which is live."""
    build([record(title="Oldest")])
    build([record(title="Older")])
    return build([record(title="Live")])


@pytest.mark.parametrize(("damage", "served"), BREAKS.values(), ids=BREAKS)
def test_at_start_the_newest_sound_snapshot_is_opened_where_the_live_one_is_broken(
    damage, served, three, caplog
):
    damage(three)
    shelf = Shelf(three)
    shelf.open()

    for _ in range(3):
        assert titles(shelf.library()) == {served}
    (logged,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert "cannot open what was published; keeping the old snapshot" in logged.message
    assert shelf.library().manifest.name in logged.message
    assert "winnow rebuild DUMP" in logged.message
    assert "CURRENT" in logged.message
    assert shelf.problem


def test_a_new_snapshot_ends_the_time_of_the_old_one(three, build, record):
    live(three, "catalog.db").unlink()
    shelf = Shelf(three)
    assert titles(shelf.library()) == {"Older"}
    build([record(title="Repaired")])

    assert titles(shelf.library()) == {"Repaired"}
    assert not shelf.problem


def test_broken_snapshots_are_passed_over_and_named(three, caplog):
    newest, older, oldest = list_finished(three)
    for snapshot in (newest, older):
        (snapshot / "catalog.db").unlink()
    shelf = Shelf(three)

    assert titles(shelf.library()) == {"Oldest"}
    assert shelf.library().snapshot == oldest
    (logged,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert str(newest / "catalog.db") in logged.message
    assert str(older / "catalog.db") in logged.message


def test_where_no_snapshot_is_sound_all_are_named(three, caplog):
    for snapshot in list_finished(three):
        (snapshot / "catalog.db").unlink()
    shelf = Shelf(three)
    for _ in range(3):
        with pytest.raises(BrokenSnapshot, match="cannot open"):
            shelf.library()

    (logged,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    for snapshot in list_finished(three):
        assert str(snapshot / "catalog.db") in logged.message


def test_a_live_snapshot_that_was_mended_is_opened_again(three, monkeypatch):
    monkeypatch.setattr("index.snapshots.shelf._RETRY_S", 0.0)
    words = find_live(three) / "words.txt"
    content = words.read_bytes()
    words.write_bytes(content + b"x")
    shelf = Shelf(three)
    assert titles(shelf.library()) == {"Older"}

    words.write_bytes(content)
    assert titles(shelf.library()) == {"Live"}
    assert not shelf.problem

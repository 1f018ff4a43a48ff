import gc
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from index import BrokenSnapshot, Library, NoSnapshot, Shelf, find_live, prune
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

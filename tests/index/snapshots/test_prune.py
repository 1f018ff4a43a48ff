import shutil

import pytest

from index import Busy, Library, find_live, find_prunable, prune
from index.snapshots.snapshot import PARTIAL, list_finished, lock_data


@pytest.fixture
def grown(build, record):
    """A data directory with four snapshots; the newest is live."""
    data = build([record()])
    for year in (2019, 2020, 2021):
        shutil.copytree(find_live(data), data / "snapshots" / f"{year}0101T000000Z")
    return data


def names(data):
    return [path.name for path in list_finished(data)]


@pytest.mark.parametrize(("keep", "left"), [(1, 1), (2, 2), (3, 3), (4, 4), (9, 4)])
def test_the_newest_snapshots_are_kept(grown, keep, left):
    before = names(grown)

    pruned = prune(grown, keep=keep)
    assert names(grown) == before[:left]
    assert set(pruned.removed) == set(before[left:])
    assert pruned.in_use == ()


@pytest.mark.parametrize("keep", [1, 2])
def test_the_live_snapshot_stays_though_it_is_the_oldest(grown, keep):
    before = names(grown)
    (grown / "CURRENT").write_text(before[-1])

    prune(grown, keep=keep)
    assert set(names(grown)) == {before[-1], *before[: keep - 1]}
    assert find_live(grown).name == before[-1]


def test_a_snapshot_that_is_open_stays(grown):
    oldest = list_finished(grown)[-1]
    library = Library.open(oldest)

    pruned = prune(grown, keep=1)
    assert pruned.in_use == (oldest.name,)
    assert names(grown) == [find_live(grown).name, oldest.name]
    assert library.catalog.count() == 1

    library.close()
    assert prune(grown, keep=1).removed == (oldest.name,)


def test_what_dead_builds_left_is_removed(grown):
    debris = grown / "snapshots" / f"20200101T000000Z{PARTIAL}"
    debris.mkdir()

    assert prune(grown, keep=9).removed == (debris.name,)
    assert not debris.exists()


def test_other_files_are_none_of_its_business(grown):
    (grown / "snapshots" / "notes").mkdir()
    (grown / "state.db").touch()

    prune(grown, keep=1)
    assert (grown / "snapshots" / "notes").exists()
    assert (grown / "state.db").exists()


def test_without_a_live_snapshot_the_newest_are_kept(grown):
    before = names(grown)
    (grown / "CURRENT").unlink()

    prune(grown, keep=2)
    assert names(grown) == before[:2]


def test_nothing_is_pruned_while_a_build_runs(grown):
    before = names(grown)

    with lock_data(grown), pytest.raises(Busy, match="another build is running"):
        prune(grown, keep=1)
    assert names(grown) == before


def test_an_update_may_follow_when_its_parent_is_gone(grown, extend, record):
    extend(grown, [record("2401.00002")])
    prune(grown, keep=1)

    assert extend(grown, [record("2401.00003")]).papers == 3


def test_what_a_stopped_build_had_encoded_goes_too(build, record):
    data = build([record()])
    (data / "encoding" / "vectors").mkdir(parents=True)

    assert prune(data, keep=1).removed == ("encoding",)
    assert not (data / "encoding").exists()


@pytest.mark.parametrize(("keep", "count"), [(1, 3), (2, 2), (4, 0)])
def test_it_is_known_beforehand_how_much_could_be_deleted(grown, keep, count):
    size = sum(p.stat().st_size for p in find_live(grown).rglob("*") if p.is_file())

    prunable = find_prunable(grown, keep=keep)
    assert (prunable.snapshots, prunable.bytes) == (count, count * size)
    assert len(prune(grown, keep=keep).removed) == count


def test_what_a_kept_snapshot_shares_would_not_be_free(build, extend, record):
    data = build([record("2401.00001")])
    old = find_live(data)
    extend(data, [record("2401.00002")])
    size = sum(p.stat().st_size for p in old.rglob("*") if p.is_file())

    assert 0 < find_prunable(data, keep=1).bytes < size

"""Papers that a harvest found deleted leave the library, and nothing else does."""

from datetime import date

import pytest

from index import (
    BuildFailed,
    Dump,
    Manifest,
    Mode,
    Shelf,
    find_live,
    rebuild,
    update,
    verify,
)
from index.snapshots.build.intake import Harvest
from tests.asking import find
from tests.building import unwatched

TODAY = date(2024, 5, 1)


@pytest.fixture
def take(write_dump):
    """Update a data directory with records, and take out ids."""

    def change(data, records, removed):
        harvest = Harvest(removed=frozenset(removed), reached={"": TODAY})
        with Dump.open(write_dump(records, "change.jsonl")) as dump:
            return update(dump, data, harvest=harvest, watch=unwatched)

    return change


@pytest.fixture(params=["none", "shipped"])
def ten(request, record, write_dump, tmp_path):
    """A data directory of ten papers, with and without vectors."""
    records = [
        record(f"2401.{n:05}", title=f"Word{n} of it", abstract=f"Text{n} says this.")
        for n in range(1, 11)
    ]
    with Dump.open(write_dump(records)) as dump:
        rebuild(dump, tmp_path / "ten", encoder=request.param, watch=unwatched)
    return tmp_path / "ten"


def ids(data):
    library = Shelf(data).library()
    return {paper.id for batch in library.catalog.read_batches(5) for paper in batch}


def found(library, text, **options):
    return [paper.id for paper in find(library, text, limit=20, **options).papers]


@pytest.mark.parametrize(
    "removed",
    [
        {1, 10},
        {2, 4, 6, 8, 10},
        *(
            pytest.param(places, marks=pytest.mark.long)
            for places in ({1}, {10}, {4}, {9, 10}, {1, 2, 3, 4, 5}, {*range(2, 11)})
        ),
    ],
    ids=str,
)
def test_a_deleted_paper_is_gone_and_all_others_are_found(ten, take, removed):
    gone = {f"2401.{n:05}" for n in removed}
    kept = {f"2401.{n:05}" for n in range(1, 11)} - gone

    manifest = take(ten, [], gone)

    library = Shelf(ten).library()
    assert verify(find_live(ten)) == []
    assert manifest.papers == library.catalog.count() == len(kept)
    assert ids(ten) == kept
    assert set(found(library, "says")) == kept
    for n in range(1, 11):
        wanted = [f"2401.{n:05}"] if n not in removed else []
        assert found(library, f"word{n}") == wanted
        assert list(library.catalog.by_ids([f"2401.{n:05}"])) == wanted
    assert all(library.catalog.by_id(one).keywords for one in kept)


def test_vectors_stay_those_of_their_papers(ten, take):
    if Manifest.read_from(find_live(ten)).encoder.name == "none":
        return
    take(ten, [], {"2401.00002", "2401.00007"})

    library = Shelf(ten).library()
    assert found(library, "Word10 of it. Text10 says this.", mode=Mode.SEMANTIC)[0] == (
        "2401.00010"
    )
    assert len(found(library, "says", mode=Mode.SEMANTIC)) == 8


def test_papers_come_and_go_in_one_update(ten, take, record):
    new = [record(f"2402.{n:05}", title=f"Fresh{n}") for n in range(1, 4)]
    again = record("2401.00003", title="Changed")

    take(ten, [*new, again], {"2401.00001", "2401.00002", "2402.00002", "2499.00001"})

    library = Shelf(ten).library()
    assert verify(find_live(ten)) == []
    assert len(ids(ten)) == 10 + 2 - 2
    assert found(library, "fresh1") == ["2402.00001"]
    assert found(library, "fresh3") == ["2402.00003"]
    assert found(library, "changed") == ["2401.00003"]
    assert found(library, "fresh2") == []


def test_updates_follow_a_removal(ten, take, extend, record):
    take(ten, [], {"2401.00005"})
    extend(ten, [record("2401.00005", title="Back again"), record("2401.00010")])

    assert verify(find_live(ten)) == []
    assert len(ids(ten)) == 10
    assert found(Shelf(ten).library(), "back") == ["2401.00005"]


def test_an_unknown_id_takes_nothing_out(ten, take):
    take(ten, [], {"2499.00001", "not an id"})

    assert len(ids(ten)) == 10


def test_the_last_paper_is_not_taken_out(ten, take):
    before = find_live(ten).name

    with pytest.raises(BuildFailed, match="every paper"):
        take(ten, [], {f"2401.{n:05}" for n in range(1, 11)})
    assert find_live(ten).name == before


def test_many_ids_are_taken_out_at_once(build, take, record):
    data = build([record(f"2401.{n:05}") for n in range(1, 1_300)])

    take(data, [], {f"2401.{n:05}" for n in range(1, 1_300) if n % 2})

    assert verify(find_live(data)) == []
    assert len(ids(data)) == 649


def test_a_rebuild_takes_out_too(record, write_dump, tmp_path):
    records = [record("2401.00001"), record("2401.00002"), record("2401.00003")]
    harvest = Harvest(removed=frozenset({"2401.00001"}), reached={"cs": TODAY})
    with Dump.open(write_dump(records)) as dump:
        rebuild(dump, tmp_path / "data", harvest=harvest, watch=unwatched)

    assert ids(tmp_path / "data") == {"2401.00002", "2401.00003"}
    assert Manifest.read_from(find_live(tmp_path / "data")).harvested == {"cs": TODAY}


def test_a_snapshot_knows_the_newest_day_of_its_dump(build, extend, take, record):
    records = [record("2401.00001", update_date="2024-03-04"), record("2401.00002")]
    far = record("2401.00003", update_date="2027-01-01")
    data = build([*records, far])
    assert Manifest.read_from(find_live(data)).harvested == {"": date(2024, 3, 4)}
    extend(data, [record("2401.00004", update_date="2024-04-05")])
    assert Manifest.read_from(find_live(data)).harvested == {"": date(2024, 3, 4)}
    take(data, [record("2401.00004", update_date="2024-04-05")], ())
    assert Manifest.read_from(find_live(data)).harvested == {"": TODAY}


def test_a_dump_without_days_leaves_that_open(build, record):
    data = build([record(update_date=None)])
    assert Manifest.read_from(find_live(data)).harvested is None

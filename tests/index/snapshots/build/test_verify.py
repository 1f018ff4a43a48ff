import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from index import BrokenSnapshot, Manifest, find_live, verify
from index.snapshots.manifest import describe, list_files


@pytest.fixture
def snapshot(data, tmp_path):
    """A copy of the small dump's snapshot, to be damaged."""
    return shutil.copytree(find_live(data), tmp_path / "snapshot")


def sign_again(snapshot, **fields):
    """Make the manifest agree with files that were changed."""
    files = {name: describe(path) for name, path in list_files(snapshot)}
    replace(Manifest.read_from(snapshot), files=files, **fields).write(snapshot)


def change(snapshot, statement):
    with closing(sqlite3.connect(snapshot / "catalog.db")) as connection:
        connection.execute(statement)
        connection.commit()


def stored_names(data):
    return sorted(Manifest.read_from(find_live(data)).files)


def test_a_whole_snapshot_has_no_problems(snapshot):
    assert verify(snapshot) == []


def test_looking_does_not_change_a_snapshot(snapshot):
    verify(snapshot)

    assert verify(snapshot) == []


@pytest.mark.parametrize("place", [0, -1])
def test_one_altered_byte_of_any_file_is_found(snapshot, data, place):
    names = stored_names(data)
    assert "catalog.db" in names
    for name in names:
        path = snapshot / name
        content = path.read_bytes()
        if not content:  # a file that grew is another test's
            continue
        altered = bytearray(content)
        altered[place] ^= 1
        path.write_bytes(altered)
        assert verify(snapshot) == [f"{name} is not what was written: its checksum differs"]
        path.write_bytes(content)
    assert verify(snapshot) == []


def test_a_file_that_grew_is_found(snapshot):
    with (snapshot / "catalog.db").open("ab") as file:
        file.write(b"\x00")

    assert len(verify(snapshot)) == 1


def test_a_missing_file_is_found(snapshot, data):
    for name in stored_names(data):
        path = snapshot / name
        content = path.read_bytes()
        path.unlink()
        assert verify(snapshot) == [f"{name} is missing"]
        path.write_bytes(content)


def test_a_file_too_many_is_found(snapshot):
    (snapshot / "fulltext" / "extra.idx").touch()
    (snapshot / "notes.txt").touch()

    assert sorted(verify(snapshot)) == [
        "fulltext/extra.idx does not belong here",
        "notes.txt does not belong here",
    ]


def test_locks_of_the_engine_do_not_matter(snapshot):
    (snapshot / "fulltext" / ".tantivy-writer.lock").touch()

    assert verify(snapshot) == []


def test_several_problems_are_all_told(snapshot):
    (snapshot / "catalog.db").unlink()
    (snapshot / "notes.txt").touch()

    assert len(verify(snapshot)) == 2


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("DELETE FROM paper WHERE key = 3", "count 26, 25 and 26 papers"),
        ("UPDATE paper SET id = '2401.09999' WHERE key = 3", "2401.09999 by its id"),
        ("UPDATE paper SET title = 'Other' WHERE key = 3", "by its title"),
        ("DROP TABLE paper", "cannot open"),
    ],
)
def test_a_catalog_that_disagrees_with_the_index_is_found(snapshot, statement, problem):
    change(snapshot, statement)
    sign_again(snapshot)

    (found,) = verify(snapshot)
    assert problem in found


def test_a_manifest_that_disagrees_is_found(snapshot):
    sign_again(snapshot, papers=27)

    assert verify(snapshot) == ["manifest, catalog and index count 27, 26 and 26 papers"]


def test_a_damaged_catalog_is_found_though_its_checksum_fits(snapshot):
    file = snapshot / "catalog.db"
    content = bytearray(file.read_bytes())
    page_size = int.from_bytes(content[16:18])
    at = content.index(b"Multigrid on Rough Lattices") // page_size * page_size
    content[at : at + 8] = b"\xff" * 8
    file.write_bytes(content)
    sign_again(snapshot)

    assert verify(snapshot) == [f"{file} is damaged"]


def test_an_index_that_cannot_be_opened_is_found(snapshot):
    (snapshot / "fulltext" / "meta.json").write_text("{}")
    sign_again(snapshot)

    (found,) = verify(snapshot)
    assert "cannot open" in found


def test_a_snapshot_without_a_manifest_cannot_be_verified(snapshot):
    (snapshot / "manifest.json").unlink()

    with pytest.raises(BrokenSnapshot, match="unfinished"):
        verify(snapshot)

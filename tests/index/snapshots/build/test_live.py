"""A library is rebuilt from its own papers: the same papers, all made anew."""

import shutil
from datetime import date

import numpy as np
import pytest

from index import (
    BrokenSnapshot,
    Dump,
    EncoderMissing,
    Manifest,
    NoSnapshot,
    Shelf,
    find_live,
    rebuild_live,
    update,
    verify,
)
from index.snapshots.build.intake import Harvest
from index.snapshots.snapshot import PARTIAL
from tests.asking import find
from tests.conftest import ROOT, unwatched


def renew(data, **options):
    _, manifest = rebuild_live(data, watch=unwatched, **options)
    return manifest


def papers(data):
    library = Shelf(data).library()
    return [paper for batch in library.catalog.read_batches(500) for paper in batch]


@pytest.fixture
def copy(data, tmp_path):
    """A copy of the small dump's library, to be rebuilt."""
    return shutil.copytree(data, tmp_path / "copy", symlinks=True)


def test_all_papers_are_there_as_they_were(copy):
    before, old = papers(copy), Manifest.read_from(find_live(copy))

    manifest = renew(copy)

    assert papers(copy) == before
    assert (manifest.papers, manifest.kept, manifest.read) == (26, 26, 26)
    assert (manifest.command, manifest.parent) == ("rebuild", None)
    assert manifest.categories == old.categories
    assert manifest.harvested == old.harvested
    assert manifest.name != old.name
    assert old.name in manifest.source.name
    assert verify(find_live(copy)) == []


def test_it_is_what_a_rebuild_from_all_dumps_would_be(build, extend, record):
    first = [record(f"2401.{n:05}", title=f"Word{n} of graphs") for n in range(1, 9)]
    second = [
        record("2401.00003", title="Other walks", abstract="Quantum walks on graphs."),
        record("2401.00009", title="Quantum walks again"),
    ]
    data = build(first)
    extend(data, second)
    renew(data)

    whole = build([*first, *second], data.with_name("whole"))

    assert papers(data) == papers(whole)
    for text in ("quantum walks", "word3", "ti:graphs", "quantam"):
        one, other = (find(Shelf(d).library(), text) for d in (data, whole))
        assert [p.id for p in one.papers] == [p.id for p in other.papers], text
        assert one.total == other.total


def test_what_was_taken_out_does_not_come_back(build, record, write_dump):
    data = build([record(f"2401.{n:05}") for n in range(1, 6)])
    harvest = Harvest(removed=frozenset({"2401.00002"}), reached={"cs": date(2024, 5, 1)})
    with Dump.open(write_dump([record("2401.00007")], "day.jsonl")) as dump:
        update(dump, data, harvest=harvest, watch=unwatched)
    before = {paper.id for paper in papers(data)}

    manifest = renew(data)

    assert {paper.id for paper in papers(data)} == before
    assert "2401.00002" not in before
    assert manifest.harvested == {"cs": date(2024, 5, 1)}
    assert verify(find_live(data)) == []


@pytest.mark.parametrize("number", [3, 4])
def test_what_an_earlier_format_lacks_stays_absent(tmp_path, number):
    data = tmp_path / "data"
    shutil.unpack_archive(ROOT / "tests" / "snapshots" / f"format-{number}.tar.gz", data)
    before, old = papers(data), Manifest.read_from(find_live(data))

    manifest = renew(data)

    assert [p.id for p in papers(data)] == [p.id for p in before]
    assert manifest.fields == old.fields
    assert manifest.harvested is None
    assert verify(find_live(data)) == []


def test_vectors_are_made_by_the_encoder_asked_for(topical_data, tmp_path):
    data = shutil.copytree(topical_data, tmp_path / "data", symlinks=True)
    library = Shelf(data).library()
    first = papers(data)[0]
    numbers = range(1, library.catalog.count() + 1)
    before = np.array(library.vectors.of(numbers))

    assert renew(data, encoder="shipped").encoder.name == "shipped"

    library = Shelf(data).library()
    assert (library.vectors.of(numbers) == before).all()
    assert library.catalog.by_id(first.id).keywords == first.keywords != ()
    assert renew(data).encoder.name == "none"


def test_a_damaged_catalog_does_not_become_the_new_library(copy):
    live = find_live(copy)
    path = live / "catalog.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()  # the original is linked
    path.write_bytes(content)

    with pytest.raises(BrokenSnapshot, match=r"catalog.db is not what was written"):
        renew(copy)

    assert find_live(copy) == live
    assert not [p for p in (copy / "snapshots").iterdir() if PARTIAL in p.name]


def test_without_a_library_or_an_encoder_nothing_is_begun(tmp_path, copy):
    with pytest.raises(NoSnapshot):
        renew(tmp_path / "nothing")
    with pytest.raises(EncoderMissing):
        renew(copy, encoder=str(tmp_path / "no-model"))

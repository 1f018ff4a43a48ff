"""Snapshots that earlier versions wrote open and serve; what they lack is absent."""

import shutil
import tarfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.cli.main import main as cli
from index import (
    Change,
    Forgotten,
    Kind,
    Mark,
    Moment,
    Order,
    Search,
    Shelf,
    Window,
    find_live,
    parse_as_written,
)
from index.snapshots.build.verify import verify
from index.snapshots.manifest import FORMAT, OLDEST, Manifest, list_gains, renew_fields

STORED = Path(__file__).parents[2] / "snapshots"


BEFORE_CHANGES = 5
"""The format of 0.3, whose first snapshots have no history and no days of versions."""


def unpack(number, directory):
    with tarfile.open(STORED / f"format-{number}.tar.gz") as stored:
        stored.extractall(directory, filter="data")
    return directory


@pytest.fixture(scope="module", params=range(OLDEST, FORMAT))
def earlier(request, tmp_path_factory):
    """A data directory with the small dump's snapshot in an earlier format."""
    return unpack(request.param, tmp_path_factory.mktemp(f"format-{request.param}"))


@pytest.fixture(scope="module", params=[*range(OLDEST, FORMAT), BEFORE_CHANGES])
def forgetful(request, tmp_path_factory):
    """A data directory with the small dump's snapshot of before changes were remembered."""
    return unpack(request.param, tmp_path_factory.mktemp(f"format-{request.param}"))


def test_an_earlier_snapshot_is_sound(forgetful):
    assert verify(find_live(forgetful)) == []


def test_an_earlier_snapshot_remembers_no_change_and_no_day_of_a_version(forgetful):
    library = Shelf(forgetful).library()
    assert library.history.read(None, 9).is_end
    assert (library.history.first_build, library.history.end) == (None, None)
    with pytest.raises(Forgotten):
        library.history.read(Mark("20240101T000000Z"), 9)
    assert not library.lister.knows_revisions
    assert library.catalog.find_revised(date.min, date.max, 100) == []


def test_an_update_of_an_earlier_snapshot_begins_to_remember(
    forgetful, extend, record, tmp_path
):
    copy = shutil.copytree(forgetful, tmp_path / "copy")
    before = find_live(copy).name

    extend(copy, [record("2401.77779")])

    library = Shelf(copy).library()
    assert library.history.read(Mark(before), 9).changes == (
        Change(Kind.NEW, "2401.77779"),
    )
    keys = library.catalog.find_revised(date(2000, 1, 1), date(2030, 1, 1), 100)
    papers = library.catalog.by_keys(keys)
    assert "1706.03762" in {paper.id for paper in papers}
    assert all(paper.versions[-1].version != "v1" for paper in papers)


def test_info_says_from_when_on_changes_are_remembered(forgetful, data, capsys):
    cli(["info", "--data", str(forgetful)], standalone_mode=False)
    assert "changes    remembered from the next build on" in capsys.readouterr().out
    cli(["info", "--data", str(data)], standalone_mode=False)
    assert f"remembered behind {find_live(data).name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("query", "paper"),
    [
        ('au:"Łukasz Kaiser"', "1706.03762"),
        ("au:kaiser", "1706.03762"),
        ('au:"Kaiser, L"', "1706.03762"),
        ("au:müller", "2403.12346"),
        ("2403.12346", "2403.12346"),
        ("-withdrawn:* cat:hep-th", "hep-th/9711200"),
        ('jr:"Adv.Theor.Math.Phys.2"', "hep-th/9711200"),
        ("jr:math*", "hep-th/9711200"),
    ],
)
def test_an_earlier_snapshot_finds_its_papers(earlier, query, paper):
    found = Shelf(earlier).library().finder.find(Search(query), Window(limit=30))

    assert paper in {each.id for each in found.papers}


def test_an_earlier_snapshot_says_what_a_rebuild_would_add(earlier, data):
    manifest = Manifest.read_from(find_live(earlier))
    gains = " ".join(list_gains(manifest))
    assert ("Van Gool" in gains) == (manifest.format < 4)
    assert "report numbers" in gains
    assert list(list_gains(Manifest.read_from(find_live(data)))) == []


def test_times_are_a_gain_until_a_rebuild_even_of_the_library_itself(data):
    known = Manifest.read_from(find_live(data))
    (gain,) = list_gains(replace(known, fields=5))
    assert "by the minute" in gain
    assert list(list_gains(replace(known, fields=renew_fields(5)))) == []
    assert renew_fields(4) == 4  # its catalog lacks what no rebuild of its own can add


def test_info_tells_an_operator_what_a_rebuild_would_add(earlier, capsys):
    cli(["info", "--data", str(earlier)], standalone_mode=False)

    assert "would add: " in (printed := capsys.readouterr().out)
    assert "marks on withdrawn papers" in printed


@pytest.mark.parametrize(
    "query", ["withdrawn:*", "rn:cern", 'rn:"CERN PH"', "rn:ce*", "rn:*"]
)
def test_what_an_earlier_snapshot_lacks_is_found_in_no_paper(earlier, query):
    found = Shelf(earlier).library().finder.find(Search(query), Window(limit=30))

    assert found.total == 0


def test_an_earlier_snapshot_reads_papers_without_what_it_lacks(earlier):
    paper = Shelf(earlier).library().catalog.by_id("hep-th/9711200")

    assert (paper.report_no, paper.license, paper.submitter) == (None, None, None)
    assert paper.withdrawn is False


def test_an_update_marks_the_papers_that_it_brings(extend, record, earlier, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(earlier, copy)
    gone = record("2401.77778", comments="Withdrawn due to an error", report_no="LAB-1")
    gone["report-no"] = gone.pop("report_no")

    extend(copy, [gone])

    library = Shelf(copy).library()
    found = library.finder.find(Search("withdrawn:*"), Window(limit=30))
    assert [paper.id for paper in found.papers] == ["2401.77778"]
    assert found.papers[0].report_no == "LAB-1"
    assert library.catalog.by_id("1706.03762").withdrawn is False


def test_an_update_of_an_earlier_snapshot_still_says_so(extend, record, tmp_path):
    with tarfile.open(STORED / f"format-{OLDEST}.tar.gz") as stored:
        stored.extractall(tmp_path / "copy", filter="data")

    manifest = extend(tmp_path / "copy", [record("2401.77777")])

    assert manifest.format == FORMAT
    assert list(list_gains(manifest))


def test_an_earlier_snapshot_knows_days_and_no_minutes(earlier):
    library = Shelf(earlier).library()

    def find(text, order):
        return library.exact.find(parse_as_written(text), order, limit=50)

    day, minute = ("[20170612 TO 20170612]", "[201706120000 TO 201706120001]")
    assert find(f"submittedDate:{day}", Order()).total == 1
    assert find(f"submittedDate:{minute}", Order()).total == 1
    for moment in Moment:
        found = find("year:1990..2030", Order(moment=moment, backward=True))
        days = [paper.submitted for paper in found.papers]
        assert days == sorted(days)
        assert len(days) == found.total > 1

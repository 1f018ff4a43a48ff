"""Snapshots that earlier versions wrote open and serve; what they lack is absent."""

import tarfile
from pathlib import Path

import pytest

from app.cli.main import main as cli
from index import Search, Shelf, Window, find_live
from index.snapshots.build.verify import verify
from index.snapshots.manifest import FORMAT, OLDEST, Manifest, list_gains

STORED = Path(__file__).parents[2] / "snapshots"


@pytest.fixture(scope="module", params=range(OLDEST, FORMAT))
def earlier(request, tmp_path_factory):
    """A data directory with the small dump's snapshot in an earlier format."""
    directory = tmp_path_factory.mktemp(f"format-{request.param}")
    with tarfile.open(STORED / f"format-{request.param}.tar.gz") as stored:
        stored.extractall(directory, filter="data")
    return directory


def test_an_earlier_snapshot_is_sound(earlier):
    assert verify(find_live(earlier)) == []


@pytest.mark.parametrize(
    ("query", "paper"),
    [
        ('au:"Łukasz Kaiser"', "1706.03762"),
        ("au:kaiser", "1706.03762"),
        ('au:"Kaiser, L"', "1706.03762"),
        ("au:müller", "2403.12346"),
        ("2403.12346", "2403.12346"),
    ],
)
def test_an_earlier_snapshot_finds_its_papers(earlier, query, paper):
    found = Shelf(earlier).library().finder.find(Search(query), Window(limit=30))

    assert paper in {each.id for each in found.papers}


def test_an_earlier_snapshot_says_what_a_rebuild_would_add(earlier, data):
    assert "Van Gool" in " ".join(list_gains(Manifest.read_from(find_live(earlier))))
    assert list(list_gains(Manifest.read_from(find_live(data)))) == []


def test_info_tells_an_operator_what_a_rebuild_would_add(earlier, capsys):
    cli(["info", "--data", str(earlier)], standalone_mode=False)

    assert "would add: authors found under every reading" in capsys.readouterr().out


def test_an_update_of_an_earlier_snapshot_still_says_so(extend, record, tmp_path):
    with tarfile.open(STORED / f"format-{OLDEST}.tar.gz") as stored:
        stored.extractall(tmp_path / "copy", filter="data")

    manifest = extend(tmp_path / "copy", [record("2401.77777")])

    assert manifest.format == FORMAT
    assert list(list_gains(manifest))

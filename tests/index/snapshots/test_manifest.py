import json

import pytest

from index import BrokenSnapshot, Manifest, find_live
from index.snapshots.manifest import FORMAT, OLDEST


@pytest.fixture
def written(data, tmp_path):
    """Write a manifest that differs from a whole one in some fields."""
    whole = json.loads((find_live(data) / "manifest.json").read_text())

    def write(**fields):
        changed = {key: v for key, v in (whole | fields).items() if v is not ...}
        (tmp_path / "manifest.json").write_text(json.dumps(changed))
        return tmp_path

    return write


def test_a_manifest_reads_as_it_was_written(data, tmp_path):
    manifest = Manifest.read_from(find_live(data))
    manifest.write(tmp_path)

    assert Manifest.read_from(tmp_path) == manifest
    assert manifest.format == FORMAT


def test_a_directory_without_a_manifest_is_unfinished(tmp_path):
    with pytest.raises(BrokenSnapshot, match="unfinished"):
        Manifest.read_from(tmp_path)


@pytest.mark.parametrize("number", [FORMAT + 1, OLDEST - 1, None, "1"])
def test_another_format_is_told_from_damage(written, number):
    with pytest.raises(BrokenSnapshot, match="another version of Winnow"):
        Manifest.read_from(written(format=number))


@pytest.mark.parametrize("content", ["", "{", "\x00" * 100])
def test_what_is_not_json_is_damage(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content)

    with pytest.raises(BrokenSnapshot, match="cannot read"):
        Manifest.read_from(tmp_path)


@pytest.mark.parametrize(
    "fields",
    [
        {"papers": ...},
        {"source": ...},
        {"source": None},
        {"source": {"name": "x"}},
        {"files": []},
        {"files": {"x": {}}},
        {"stages": None},
        {"unknown": 1},
        {"papers": "26"},
        {"categories": {"cs.LG": "4"}},
        {"categories": ["cs.LG"]},
        {"first_day": "junk"},
    ],
)
def test_a_missing_or_foreign_field_is_damage(written, fields):
    with pytest.raises(BrokenSnapshot, match="is damaged"):
        Manifest.read_from(written(**fields))


def test_a_manifest_that_is_a_directory_is_damage(tmp_path):
    (tmp_path / "manifest.json").mkdir()

    with pytest.raises(BrokenSnapshot, match="cannot read"):
        Manifest.read_from(tmp_path)

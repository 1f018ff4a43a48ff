"""A year of updates wears a snapshot little, and `winnow info` says when it is too much."""

from dataclasses import replace

import pytest

from app.cli.main import main as cli
from index import Manifest, find_live, list_wear
from index.meaning.encoders.encoder import EncoderRecord
from index.search.tantivy import Segments, read_segments
from index.snapshots.history import wear
from index.snapshots.layout import FULLTEXT


def read(data):
    return read_segments(find_live(data) / FULLTEXT)


def reasons(data, **changes):
    live = find_live(data)
    return " ".join(list_wear(live, replace(Manifest.read_from(live), **changes)))


def test_what_updates_have_written_is_counted_until_a_rebuild(build, extend, record):
    data = build([record(f"2401.{n:05}") for n in range(1, 10)])
    assert Manifest.read_from(find_live(data)).written == 0
    extend(data, [record("2401.00001", title="Changed")])
    assert extend(data, [record("2401.00010"), record("2401.00011")]).written == 3
    assert "27% of the papers" in reasons(data)
    build([record("2401.00001")], data)
    assert Manifest.read_from(find_live(data)).written == 0
    assert reasons(data) == ""


def test_segments_and_what_is_deleted_in_them_are_counted(build, extend, record):
    data = build([record(f"2401.{n:05}") for n in range(1, 10)])
    before = read(data)
    assert (before.papers, before.deleted, before.share_deleted) == (9, 0, 0.0)
    extend(data, [record("2401.00001", title="Changed")])
    after = read(data)
    assert after.papers - after.deleted == 9  # tantivy may have merged them
    assert Segments(count=0, papers=0, deleted=0).share_deleted == 0.0


@pytest.mark.parametrize(
    ("segments", "told"),
    [
        (Segments(count=9, papers=100, deleted=14), ""),
        (Segments(count=9, papers=100, deleted=16), "16% of the search index"),
        (Segments(count=41, papers=100, deleted=1), "in 41 pieces"),
    ],
)
def test_a_worn_index_is_a_reason(monkeypatch, data, segments, told):
    monkeypatch.setattr(wear, "read_segments", lambda _: segments)
    assert told in reasons(data)
    assert bool(reasons(data)) == bool(told)


def test_an_encoder_that_was_trained_on_fewer_papers_is_a_reason(data):
    static = EncoderRecord(name="static", model="x", version="1", dimensions=4)
    assert "the encoder was trained without" in reasons(data, encoder=static, written=20)
    assert reasons(data, encoder=static, written=None) == ""


def test_info_says_that_a_rebuild_is_due(monkeypatch, data, capsys):
    many = Segments(count=41, papers=100, deleted=1)
    monkeypatch.setattr(wear, "read_segments", lambda _: many)
    cli(["info", "--data", str(data)], standalone_mode=False)
    assert "`winnow rebuild --live` is due: the search index" in capsys.readouterr().out


@pytest.mark.long
def test_a_year_of_updates_leaves_few_segments_and_little_that_is_deleted(
    build, extend, record
):
    data = build([record(f"2401.{n:05}") for n in range(1, 501)])
    for day in range(250):
        new = [record(f"2402.{10 * day + n:05}") for n in range(1, 6)]
        changed = [record(f"2401.{2 * day + n:05}", title=f"Day {day}") for n in (1, 2)]
        extend(data, [*new, *changed])

    segments = read(data)
    assert segments.count <= 16
    assert segments.share_deleted <= wear.MOST_DELETED
    assert segments.papers - segments.deleted == 1_750

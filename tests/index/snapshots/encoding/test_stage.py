"""Vectors of a snapshot: made once, taken over where the text is the same, resumed."""

import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from index import (
    BrokenSnapshot,
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
from index.meaning.encoders.static import StaticEncoder
from index.meaning.vectors.nearest import Vectors
from index.snapshots.encoding import stage
from index.snapshots.encoding.digests import TextDigests, compute_digest
from tests.asking import find
from tests.building import unwatched


@pytest.fixture
def encoded(monkeypatch):
    """How many texts have been encoded, call by call, but for what tries a model."""
    counts = []
    encode = StaticEncoder.encode

    def counted(self, texts):
        if list(texts) != ["a query"]:
            counts.append(len(texts))
        return encode(self, texts)

    monkeypatch.setattr(StaticEncoder, "encode", counted)
    return counts


def build(records, data, write_dump, command=rebuild, **options):
    with Dump.open(write_dump(records)) as dump:
        return command(dump, data, watch=unwatched, **options)


def vectors_of(data):
    library = Shelf(data).library()
    vectors = library.relater.vectors
    count = library.catalog.count()
    papers = library.catalog.by_keys(range(1, count + 1))
    return dict(zip([p.id for p in papers], vectors.of(range(1, count + 1)), strict=True))


def test_a_snapshot_has_a_vector_for_each_paper(some, tmp_path, write_dump, encoded):
    manifest = build(some, tmp_path, write_dump, encoder="shipped")

    assert sum(encoded) == 39
    assert (manifest.encoder.name, manifest.encoder.dimensions) == ("shipped", 256)
    assert verify(find_live(tmp_path)) == []
    assert len(vectors_of(tmp_path)) == 39
    assert not (tmp_path / "encoding" / "vectors").exists()


def test_what_the_live_snapshot_has_is_not_encoded_again(
    some, tmp_path, write_dump, encoded
):
    build(some, tmp_path, write_dump, encoder="shipped")
    before = vectors_of(tmp_path)
    encoded.clear()
    some[3]["abstract"] = "Something else entirely."
    build(some[::-1], tmp_path, write_dump, encoder="shipped")

    assert sum(encoded) == 1
    after = vectors_of(tmp_path)
    changed = some[3]["id"]
    assert not np.allclose(after.pop(changed), before.pop(changed), atol=0.05)
    assert all(np.allclose(after[i], before[i], atol=0.01) for i in before)


def test_an_update_encodes_only_what_is_new_or_changed(some, tmp_path, write_dump, encoded):
    build(some[:30], tmp_path, write_dump, encoder="shipped")
    encoded.clear()
    more = [some[35], {**some[4], "title": "Changed"}, {**some[5], "comments": "12 pages"}]
    manifest = build(more, tmp_path, write_dump, update)

    assert sum(encoded) == 2
    assert manifest.encoder == Manifest.read_from(find_live(tmp_path)).encoder
    assert manifest.papers == 31
    assert verify(find_live(tmp_path)) == []
    library = Shelf(tmp_path).library()
    found = library.relater.related([some[35]["id"]], method="vectors", limit=3)
    assert len(found.papers) == 3


def test_an_update_of_a_snapshot_without_vectors_makes_none(
    some, tmp_path, write_dump, encoded
):
    build(some[:30], tmp_path, write_dump)
    manifest = build(some[30:], tmp_path, write_dump, update)

    assert encoded == []
    assert manifest.encoder.name == "none"
    assert Shelf(tmp_path).library().relater.vectors is None


def test_new_papers_have_keywords_and_old_ones_keep_theirs(some, tmp_path, write_dump):
    build(some[:30], tmp_path, write_dump)
    kept = Shelf(tmp_path).library().catalog.by_id(some[0]["id"]).keywords
    new = {
        **some[31],
        "title": "Ultracold fermions",
        "abstract": "We cool optical lattices.",
    }
    build([new], tmp_path, write_dump, update)

    catalog = Shelf(tmp_path).library().catalog
    assert catalog.by_id(new["id"]).keywords[0] == "ultracold fermions"
    assert catalog.by_id(some[0]["id"]).keywords == kept != ()


def test_an_interrupted_build_leaves_what_it_encoded(
    some, tmp_path, write_dump, encoded, monkeypatch
):
    monkeypatch.setattr(stage, "_STATIC_BATCH", 10)

    def interrupt(stage, _dump, done, _of=None):
        if stage == "encode" and done == 30 and _of:
            raise KeyboardInterrupt

    with Dump.open(write_dump(some)) as dump, pytest.raises(KeyboardInterrupt):
        rebuild(dump, tmp_path, encoder="shipped", watch=interrupt)
    assert list((tmp_path / "snapshots").iterdir()) == []
    encoded.clear()
    build(some, tmp_path, write_dump, encoder="shipped")

    assert sum(encoded) == 9
    assert verify(find_live(tmp_path)) == []


def test_a_killed_build_goes_on_where_it_was(some, tmp_path, write_dump, encoded):
    dump = write_dump(some)
    code = f"""
import os, signal
from pathlib import Path
from index import Dump, rebuild
from index.snapshots.encoding import stage
from tests.asking import find
stage._STATIC_BATCH = 8
def die(stage, dump, done, of=None):
    if stage == "encode" and of and done >= 24:
        os.kill(os.getpid(), signal.SIGKILL)
with Dump.open({str(dump)!r}) as dump:
    rebuild(dump, Path({str(tmp_path)!r}), encoder="shipped", watch=die)
"""
    ended = subprocess.run([sys.executable, "-c", code], env={**os.environ})
    assert ended.returncode == -signal.SIGKILL
    assert Vectors(tmp_path / "encoding" / "vectors").count == 24
    build(some, tmp_path, write_dump, encoder="shipped")

    assert sum(encoded) == 15
    assert verify(find_live(tmp_path)) == []


def test_vectors_of_another_encoder_are_not_taken(some, tmp_path, write_dump, encoded):
    build(some, tmp_path, write_dump, encoder="shipped")
    manifest = find_live(tmp_path) / "manifest.json"
    content = json.loads(manifest.read_text())
    content["encoder"]["sha256"] = "0" * 64
    manifest.write_text(json.dumps(content))
    encoded.clear()
    build(some, tmp_path, write_dump, encoder="shipped")

    assert sum(encoded) == 39


def test_an_encoder_that_is_not_there_leaves_the_live_snapshot(some, tmp_path, write_dump):
    build(some[:3], tmp_path, write_dump)
    name = find_live(tmp_path).name
    with pytest.raises(Exception, match="/no/such/model"):
        build(some, tmp_path, write_dump, encoder="/no/such/model")

    assert find_live(tmp_path).name == name
    assert [path.name for path in (tmp_path / "snapshots").iterdir()] == [name]


def test_a_build_that_fails_after_encoding_leaves_it_too(
    some, tmp_path, write_dump, encoded, monkeypatch
):
    def fail(*_):
        raise BuildFailed("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("index.snapshots.build.finishing.check_contents", fail)
        with pytest.raises(BuildFailed, match="disk is full"):
            build(some, tmp_path, write_dump, encoder="shipped")
    encoded.clear()
    build(some, tmp_path, write_dump, encoder="shipped")

    assert encoded == []
    assert not (tmp_path / "encoding").exists()
    assert verify(find_live(tmp_path)) == []


def damage(file):
    content = bytearray(file.read_bytes())
    content[5:9] = b"\x55\x66\x77\x11"
    file.unlink()
    file.write_bytes(content)


def test_nothing_is_taken_from_damaged_vectors(some, tmp_path, write_dump, encoded, caplog):
    build(some, tmp_path, write_dump, encoder="shipped")
    whole = vectors_of(tmp_path)
    damage(find_live(tmp_path) / "vectors" / "rows.i8")
    encoded.clear()
    build(some, tmp_path, write_dump, encoder="shipped")

    assert sum(encoded) == 39
    assert "rows.i8 is not what was written" in caplog.text
    assert all(np.allclose(vector, whole[i]) for i, vector in vectors_of(tmp_path).items())


@pytest.mark.parametrize("lost", ["vectors/signs.u1", "manifest.json"])
def test_a_damaged_snapshot_can_be_replaced(some, tmp_path, write_dump, encoded, lost):
    build(some, tmp_path, write_dump, encoder="shipped")
    (find_live(tmp_path) / lost).unlink()
    build(some, tmp_path, write_dump, encoder="shipped")

    assert sum(encoded) == 78
    assert verify(find_live(tmp_path)) == []


def test_an_update_takes_nothing_over_from_a_damaged_snapshot(some, tmp_path, write_dump):
    build(some[:30], tmp_path, write_dump, encoder="shipped")
    damage(find_live(tmp_path) / "vectors" / "rows.i8")

    with pytest.raises(BrokenSnapshot, match=r"rows\.i8.*rebuild"):
        build(some[30:], tmp_path, write_dump, update)


def test_scales_that_make_no_vector_are_refused(some, tmp_path, write_dump):
    build(some, tmp_path, write_dump, encoder="shipped")
    scales = find_live(tmp_path) / "vectors" / "scales.f4"
    scales.write_bytes(np.full(39, np.nan, "<f4").tobytes())

    with pytest.raises(BrokenSnapshot, match=r"scales\.f4: it is not what was written"):
        Shelf(tmp_path).library()


def test_damaged_vectors_are_found(some, tmp_path, write_dump):
    build(some, tmp_path, write_dump, encoder="shipped")
    rows = find_live(tmp_path) / "vectors" / "rows.i8"
    rows.write_bytes(rows.read_bytes()[:-5])

    assert any("rows.i8" in problem for problem in verify(find_live(tmp_path)))


@pytest.mark.neural
def test_a_static_encoder_is_trained_once_for_the_same_texts(
    some, tmp_path, write_dump, monkeypatch
):
    trained = []
    train = stage.train_static

    def train_once_more(*material, **options):
        trained.append(1)
        train(*material, **options)

    monkeypatch.setattr(stage, "train_static", train_once_more)

    def interrupt(stage, _dump, _done, of=None):
        if stage == "encode" and of:
            raise KeyboardInterrupt

    with Dump.open(write_dump(some)) as dump, pytest.raises(KeyboardInterrupt):
        rebuild(dump, tmp_path, encoder="static", watch=interrupt)
    manifest = build(some, tmp_path, write_dump, encoder="static")

    assert trained == [1]
    assert manifest.encoder.name == "static"
    assert verify(find_live(tmp_path)) == []
    page = find(Shelf(tmp_path).library(), "quantum fields", limit=5, mode=Mode.SEMANTIC)
    assert page.total == 39


def test_digests_tell_texts_apart_and_which_are_new():
    digests = TextDigests(unchanged=2)
    digests.note(2, "new text")
    digests.note(3, "third")

    assert list(digests.list_changed()) == [2, 3]
    assert digests.get(range(2, 4)).tolist() == [
        compute_digest("new text"),
        compute_digest("third"),
    ]
    assert digests.compute_fingerprint() != TextDigests(3).compute_fingerprint()
    assert compute_digest("a") != compute_digest("b") != 0

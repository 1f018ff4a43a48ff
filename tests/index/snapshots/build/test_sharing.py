"""An update does little that grows with the library: files are shared, words looked up."""

import pytest

from index import BrokenSnapshot, Manifest, find_live, verify
from index.search.spelling.words import read_words
from index.snapshots import soundness
from index.snapshots.build import finishing
from index.snapshots.layout import WORDS

WORDY = ("Naïve Bayes", "Łojasiewicz flows", "H2O ice", "graphs of Graphs", "k-means")


def make(record, numbers):
    return [
        record(
            f"2401.{n + 1:05}",
            title=WORDY[n % 5],
            abstract=f"About {WORDY[(n + 1) % 5]} word{chr(97 + n)} x.",
            authors="Émile Borel, Wei Wang",
        )
        for n in numbers
    ]


def test_what_is_linked_keeps_its_checksum_unread(monkeypatch, build, extend, record):
    data = build(make(record, range(5)))
    old = find_live(data)
    read = []
    describe = finishing.describe
    monkeypatch.setattr(
        finishing, "describe", lambda path: read.append(path) or describe(path)
    )

    manifest = extend(data, make(record, range(5, 7)))

    live = find_live(data)
    linked = {
        name
        for name in manifest.files
        if (old / name).exists() and (live / name).samefile(old / name)
    }
    assert any(name.endswith(".idx") for name in linked)
    assert read
    assert not {path.name for path in read} & {name.split("/")[-1] for name in linked}
    known = Manifest.read_from(old).files
    assert all(manifest.files[name] == known[name] for name in linked)
    assert verify(live) == []


@pytest.fixture
def sampled(monkeypatch):
    """Of every file, only the first and the last byte are looked at."""
    for name, value in (("WHOLE", 0), ("_BLOCK", 1), ("_BLOCKS", 2)):
        monkeypatch.setattr(soundness, name, value)


@pytest.mark.usefixtures("sampled")
def test_damage_that_is_not_seen_is_still_told_by_the_checksum(build, extend, record):
    data = build(make(record, range(5)))
    places = next((find_live(data) / "fulltext").glob("*.pos"))
    content = bytearray(places.read_bytes())
    content[1] ^= 0xFF
    places.write_bytes(content)

    extend(data, make(record, range(5, 7)))

    assert any(places.name in problem for problem in verify(find_live(data)))


@pytest.mark.usefixtures("sampled")
@pytest.mark.parametrize("name", ["catalog.db", "proper.txt"])
def test_what_is_copied_is_compared_whole(build, extend, record, name):
    data = build(make(record, range(5)))
    file = find_live(data) / name
    content = bytearray(file.read_bytes() or b"abc")
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)

    with pytest.raises(BrokenSnapshot, match=name.replace(".", r"\.")):
        extend(data, make(record, range(5, 7)))


def test_words_after_updates_are_those_of_a_rebuild(build, extend, record):
    data = build(make(record, range(4)))
    extend(data, make(record, range(4, 9)))
    extend(data, make(record, range(9, 15)))
    updated = read_words(find_live(data) / WORDS)

    build(make(record, range(15)), data)

    assert updated == read_words(find_live(data) / WORDS)
    assert {"naive", "borel", "means"} < set(updated)


def test_words_are_counted_anew_where_many_papers_came(monkeypatch, build, extend, record):
    monkeypatch.setattr(finishing, "_MOST_LOOKED_UP", 3)
    monkeypatch.setattr(finishing, "renew_words", None)
    data = build(make(record, range(4)))
    extend(data, make(record, range(4, 9)))
    assert read_words(find_live(data) / WORDS)["naive"] == 2

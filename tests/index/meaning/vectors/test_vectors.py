"""Vectors on disk: what is written is found, nearest first, whatever happened before."""

import threading

import numpy as np
import pytest

from index.errors import BrokenSnapshot, BuildFailed
from index.meaning.vectors import nearest as module
from index.meaning.vectors.files import VectorsWriter, count_whole_rows
from index.meaning.vectors.nearest import Vectors


def unit(count, dimensions=64, seed=1):
    rows = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def write(directory, rows, step=100):
    writer = VectorsWriter.create(directory, rows.shape[1])
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        writer.append(some, np.arange(start, start + len(some), dtype=np.uint64) + 1)
    writer.close()
    return Vectors.open(directory, len(rows))


@pytest.fixture
def rows():
    return unit(2_000)


@pytest.fixture
def vectors(rows, tmp_path):
    return write(tmp_path / "vectors", rows)


def test_vectors_come_back_nearly_as_they_were(vectors, rows):
    assert (vectors.count, vectors.dimensions) == (2_000, 64)
    assert np.abs(vectors.of([1, 2_000, 7]) - rows[[0, 1_999, 6]]).max() < 0.005
    assert vectors.digests[6] == 7


def test_the_nearest_come_first_as_exact_search_finds_them(vectors, rows):
    wanted = rows[41]
    found = vectors.nearest(wanted, 10)

    exact = np.argsort(-(rows @ wanted))[:10] + 1
    assert found.keys[0] == 42
    assert len(set(found.keys) & set(exact.tolist())) >= 9
    assert list(found.similarities) == sorted(found.similarities, reverse=True)
    assert found.similarities[0] == pytest.approx(1, abs=0.01)


def test_what_is_left_out_makes_room_for_others(vectors, rows):
    all_of_them = vectors.nearest(rows[0], 12).keys

    rest = vectors.nearest(rows[0], 10, without=all_of_them[:2]).keys
    assert rest == all_of_them[2:]


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (-1, 0), (1, 1), (9_999, 2_000)])
def test_there_are_never_more_than_there_are(vectors, rows, limit, count):
    assert len(vectors.nearest(rows[0], limit).keys) == count


def test_equally_near_ones_come_in_the_order_of_keys(tmp_path):
    vectors = write(tmp_path / "v", np.repeat(unit(1), 30, axis=0))

    assert vectors.nearest(unit(1)[0], 5).keys == (1, 2, 3, 4, 5)


def test_a_text_without_words_is_near_to_nothing(tmp_path):
    vectors = write(tmp_path / "v", np.vstack([np.zeros((1, 64), np.float32), unit(5)]))

    found = vectors.nearest(unit(5)[0], 6)
    assert found.similarities[found.keys.index(1)] == 0
    nothing = vectors.nearest(np.zeros(64, np.float32), 6)
    assert set(nothing.similarities) == {0.0}


def test_dimensions_need_not_be_whole_bytes(tmp_path):
    rows = unit(900, dimensions=13)
    vectors = write(tmp_path / "v", rows)

    assert vectors.nearest(rows[3], 1).keys == (4,)


@pytest.mark.parametrize(
    "vector", [np.zeros(63), np.zeros((1, 64)), np.full(64, np.nan), np.full(64, np.inf)]
)
def test_a_vector_that_cannot_be_compared_is_refused(vectors, vector):
    with pytest.raises(ValueError, match="64 finite numbers"):
        vectors.nearest(vector.astype(np.float32), 3)


@pytest.mark.parametrize(
    "rows", [np.zeros((2, 63)), np.zeros(64), np.full((1, 64), np.nan)]
)
def test_rows_that_are_no_vectors_are_not_written(tmp_path, rows):
    writer = VectorsWriter.create(tmp_path / "v", 64)
    with pytest.raises(ValueError, match="vector"):
        writer.append(rows.astype(np.float32), np.zeros(len(rows), np.uint64))
    writer.close()


def test_an_empty_collection_has_no_neighbours(tmp_path):
    vectors = write(tmp_path / "v", np.zeros((0, 64), np.float32))

    assert vectors.nearest(unit(1)[0], 3).keys == ()


def test_a_vector_can_be_replaced_and_others_added(tmp_path, rows):
    write(tmp_path / "v", rows)
    writer = VectorsWriter.extend(tmp_path / "v")
    new = unit(2, seed=9)
    writer.put(5, new[0], 77)
    writer.append(new[1:], np.array([78], np.uint64))
    with pytest.raises(ValueError, match="2002"):
        writer.put(2_002, new[0], 1)
    writer.close()

    vectors = Vectors.open(tmp_path / "v", 2_001)
    assert vectors.nearest(new[0], 1).keys == (5,)
    assert vectors.nearest(new[1], 1).keys == (2_001,)
    assert vectors.nearest(rows[5], 1).keys == (6,)
    assert (vectors.digests[4], vectors.digests[2_000]) == (77, 78)


@pytest.mark.parametrize("name", ["rows.i8", "scales.f4", "signs.u1", "digests.u8"])
def test_after_a_kill_the_whole_rows_count(tmp_path, rows, name):
    write(tmp_path / "v", rows)
    file = tmp_path / "v" / name
    file.write_bytes(file.read_bytes()[:-1])

    assert count_whole_rows(tmp_path / "v") == 1_999
    writer = VectorsWriter.extend(tmp_path / "v")
    assert writer.count == 1_999
    writer.append(rows[1_999:], np.array([5], np.uint64))
    writer.close()
    assert Vectors.open(tmp_path / "v", 2_000).nearest(rows[1_999], 1).keys == (2_000,)


@pytest.mark.parametrize("name", ["rows.i8", "scales.f4", "signs.u1", "digests.u8"])
@pytest.mark.parametrize("change", ["missing", "cut", "grown"])
def test_files_that_do_not_fit_are_named(tmp_path, rows, name, change):
    write(tmp_path / "v", rows)
    file = tmp_path / "v" / name
    content = file.read_bytes()
    if change == "missing":
        file.unlink()
    else:
        file.write_bytes(content[:-1] if change == "cut" else content + b"x")

    with pytest.raises(BrokenSnapshot, match=r"winnow verify|cannot open"):
        Vectors.open(tmp_path / "v", 2_000)


@pytest.mark.parametrize("content", ["", "x", "-4", "0", "999999999"])
def test_dimensions_that_make_no_sense_are_refused(tmp_path, rows, content):
    write(tmp_path / "v", rows)
    (tmp_path / "v" / "dimensions").write_text(content)

    with pytest.raises(BrokenSnapshot, match="dimensions"):
        Vectors.open(tmp_path / "v", 2_000)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BuildFailed, match="file/v"):
        VectorsWriter.create(tmp_path / "file" / "v", 64)


def test_threads_find_the_same(vectors, rows):
    alone = [vectors.nearest(row, 5).keys for row in rows[:40]]
    together = [None] * 40

    def search(number):
        together[number] = vectors.nearest(rows[number], 5).keys

    threads = [threading.Thread(target=search, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_most_true_neighbours_are_among_the_candidates(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_FEWEST_RESCORED", 0)
    mixed = np.random.default_rng(4).normal(size=(24, 256)).astype(np.float32)
    rows = unit(20_000, dimensions=24) @ mixed  # as texts are: fewer topics than numbers
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    vectors = write(tmp_path / "v", rows, step=5_000)

    recalled = [
        len(set(vectors.nearest(row, 10).keys) & set(np.argsort(-(rows @ row))[:10] + 1))
        for row in rows[:50]
    ]
    assert np.mean(recalled) > 8.5

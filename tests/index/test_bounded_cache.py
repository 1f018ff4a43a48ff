"""What was computed is kept as long as it fits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bounded_cache import ENTRY, BoundedCache, remember_short


def length(_, value):
    return len(value)


class Made:
    """Makes texts of a size, and counts how many."""

    def __init__(self, cache):
        self.cache, self.made = cache, []

    def __call__(self, key, size=0):
        def make():
            self.made.append(key)
            return "x" * size

        return self.cache.get(key, make)


@pytest.fixture
def made():
    return Made(BoundedCache(10 * ENTRY, length))


def test_a_value_is_made_once(made):
    assert made("a", 7) == made("a", 7) == "xxxxxxx"
    assert made.made == ["a"]
    assert len(made.cache) == 1


def test_what_was_used_last_stays(made):
    for key in range(10):
        made(key)
    made(0)
    made("new")
    made(0)
    made(1)
    assert made.made == [*range(10), "new", 1]


def test_a_large_value_pushes_out_as_many_as_it_takes(made):
    for key in range(10):
        made(key)
    made("large", 5 * ENTRY)
    assert len(made.cache) == 5
    assert made.cache.bytes == 10 * ENTRY


def test_a_value_too_large_to_keep_is_returned_and_pushes_nothing_out(made):
    made("small")
    assert len(made("huge", 11 * ENTRY)) == 11 * ENTRY
    assert len(made.cache) == 1
    made("small")
    assert made.made == ["small", "huge"]


def test_a_value_that_cannot_be_made_leaves_nothing_behind(made):
    with pytest.raises(ZeroDivisionError):
        made.cache.get("a", lambda: str(1 / 0))
    assert len(made.cache) == made.cache.bytes == 0


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3_000))))
def test_it_never_holds_more_than_it_may_and_counts_what_it_holds(asked):
    made = Made(BoundedCache(10 * ENTRY, length))
    for key, size in asked:
        made(key, size)
        assert made.cache.bytes <= 10 * ENTRY
    assert (made.cache.bytes == 0) == (len(made.cache) == 0)


def test_threads_get_the_value_of_their_key():
    cache = BoundedCache(50 * ENTRY, length)

    def ask(number):
        return cache.get(number % 100, lambda: str(number % 100)) == str(number % 100)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(20_000)))
    assert cache.bytes <= 50 * ENTRY


def test_only_short_texts_are_remembered():
    asked = []

    @remember_short(2)
    def measure(text, more=""):
        asked.append(text)
        return len(text) + len(more)

    for text in ("short", "x" * 200, "x" * 201):
        for _ in range(3):
            assert measure(text, "") == len(text)
    assert [len(text) for text in asked] == [5, 200, 201, 201, 201]
    assert measure.__name__ == "measure"

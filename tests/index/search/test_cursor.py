from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import BadQuery
from index.search.cursor import Cursor
from index.search.engine import Place

SEARCH = ("tree", "newest")
PLACES = st.none() | st.builds(Place, st.dates(), st.integers(1, 1 << 40))


@given(st.integers(0, 1 << 39), PLACES)
def test_a_cursor_reads_as_it_was_written(offset, place):
    cursor = Cursor(offset=offset, place=place)
    token = cursor.write("20260101T000000Z", SEARCH)
    assert token.replace("-", "").replace("_", "").isalnum()
    assert Cursor.read(token, "20260101T000000Z", SEARCH) == cursor


def test_a_cursor_of_another_snapshot_says_which():
    token = Cursor(offset=1, place=Place(date(2020, 1, 1), 2)).write("old", SEARCH)
    with pytest.raises(BadQuery, match="of snapshot old, which new has replaced"):
        Cursor.read(token, "new", SEARCH)


def test_a_cursor_of_another_search_is_refused():
    token = Cursor(offset=1).write("old", SEARCH)
    with pytest.raises(BadQuery, match="another search"):
        Cursor.read(token, "old", ("tree", "oldest"))


@given(st.text() | st.binary().map(lambda b: b.hex()))
def test_no_text_is_a_cursor_by_chance(text):
    with pytest.raises(BadQuery, match="begin again without a cursor"):
        Cursor.read(text, "old", SEARCH)


@pytest.mark.parametrize("offset", [-1, 1 << 40])
def test_an_offset_that_none_can_have_is_refused(offset):
    token = Cursor(offset=offset).write("old", SEARCH)
    with pytest.raises(BadQuery, match="cannot be read"):
        Cursor.read(token, "old", SEARCH)

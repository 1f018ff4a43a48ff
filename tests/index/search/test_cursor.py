import base64
from datetime import date

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import BadQuery
from index.search.cursor import Cursor
from index.search.engine import LAST_KEY, Place

SEARCH = ("tree", "newest")
PAPERS = 3_000_000
PLACES = st.none() | st.builds(Place, st.dates(), st.integers(1, LAST_KEY))


@given(st.integers(1, PAPERS - 1), PLACES)
def test_a_cursor_reads_as_it_was_written(offset, place):
    cursor = Cursor(offset=offset, place=place)
    token = cursor.write("20260101T000000Z", SEARCH)
    assert token.replace("-", "").replace("_", "").isalnum()
    assert Cursor.read(token, "20260101T000000Z", SEARCH, PAPERS) == cursor


def test_a_cursor_of_another_snapshot_says_which():
    token = Cursor(offset=1, place=Place(date(2020, 1, 1), 2)).write("old", SEARCH)
    with pytest.raises(BadQuery, match="of snapshot old, which new has replaced"):
        Cursor.read(token, "new", SEARCH, PAPERS)


def test_a_cursor_of_another_search_is_refused():
    token = Cursor(offset=1).write("old", SEARCH)
    with pytest.raises(BadQuery, match="another search"):
        Cursor.read(token, "old", ("tree", "oldest"), PAPERS)


@given(st.text() | st.binary().map(lambda b: b.hex()))
def test_no_text_is_a_cursor_by_chance(text):
    with pytest.raises(BadQuery, match="begin again without a cursor"):
        Cursor.read(text, "old", SEARCH, PAPERS)


@pytest.mark.parametrize(
    "offset",
    [-1, 0, 1.5, 7.0, True, None, "5", [5], PAPERS, 1 << 39, 1 << 40, 1 << 63],
)
def test_an_offset_that_no_page_ends_at_is_refused(offset):
    refused(Cursor(offset=offset).write("old", SEARCH))


@pytest.mark.parametrize(
    "place",
    [
        *(["2020-01-01", key] for key in (0, -1, 1.5, True, "7", None, 1 << 32, 1 << 63)),
        *([day, 7] for day in ("2020-13-01", "x", "", 20200101, None, "2020-01-01T00:00")),
        *([], ["2020-01-01"], ["2020-01-01", 7, 7], {"day": "2020-01-01"}, "x", 7, 0, True),
    ],
)
def test_a_place_that_no_paper_has_is_refused(place):
    written = Cursor(offset=1).write("old", SEARCH)
    parts = orjson.loads(base64.urlsafe_b64decode(f"{written}=="))
    forged = orjson.dumps([*parts[:3], place])
    refused(base64.urlsafe_b64encode(forged).decode().rstrip("="))


def refused(token):
    with pytest.raises(BadQuery, match="cannot be read; begin again") as refusal:
        Cursor.read(token, "old", SEARCH, PAPERS)
    assert refusal.value.param == "cursor"

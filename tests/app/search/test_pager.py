"""Which pages a result has, and their addresses."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from app.search.pager import PAGE_SIZE, Pager
from index import MAX_OFFSET

LAST = MAX_OFFSET // PAGE_SIZE


def pager(number, total, query=b"q=a"):
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("localhost", 80),
        "path": "/search",
        "query_string": query,
        "headers": [],
    }
    return Pager(Request(scope), number, total)


def shown(pages):
    return [None if link.gap else link.number for link in pages.links]


@pytest.mark.parametrize(
    ("total", "count"),
    [(0, 0), (1, 1), (20, 1), (21, 2), (40, 2), (41, 3), (10_000, 500), (3_000_000, 500)],
)
def test_there_are_as_many_pages_as_the_papers_fill(total, count):
    assert pager(1, total).count == count


@pytest.mark.parametrize(
    ("number", "total", "numbers"),
    [
        (1, 20, [1]),
        (1, 60, [1, 2, 3]),
        (1, 200, [1, 2, 3, None, 10]),
        (5, 200, [1, None, 3, 4, 5, 6, 7, None, 10]),
        (10, 200, [1, None, 8, 9, 10]),
    ],
)
def test_the_first_the_last_and_those_around_the_current_page_are_shown(
    number, total, numbers
):
    assert shown(pager(number, total)) == numbers


@given(st.integers(1, LAST), st.integers(1, 3 * MAX_OFFSET))
def test_the_links_of_any_page_are_in_order_and_name_it_once(number, total):
    pages = pager(number, total)
    if number > pages.count:
        return
    numbers = [n for n in shown(pages) if n]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1
    assert numbers[-1] == pages.count
    assert [link.number for link in pages.links if link.current] == [number]
    assert len(shown(pages)) <= 9
    assert (pages.previous is None) == (number == 1)
    assert (pages.next is None) == (number == pages.count)


def test_what_cannot_be_paged_to_is_said():
    assert pager(1, MAX_OFFSET + 1).is_truncated
    assert not pager(1, MAX_OFFSET).is_truncated


def test_a_link_keeps_the_whole_query():
    query = "q=%22a+b%22+%26+%E4%B8%AD&sort=newest&lang=zh&page=3"
    address = urlsplit(pager(3, 500, query.encode()).next)
    assert address.path == "/search"
    assert parse_qs(address.query) == {
        "q": ['"a b" & 中'],
        "sort": ["newest"],
        "lang": ["zh"],
        "page": ["4"],
    }


def test_the_first_page_has_no_number_in_its_address():
    assert pager(2, 500, b"q=a&page=2").previous == "/search?q=a"

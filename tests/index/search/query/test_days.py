from datetime import date, time

import pytest

from index.search.query.days import read_days
from index.search.query.tree import Days


@pytest.mark.parametrize(
    ("name", "text", "first", "last"),
    [
        ("year", "2019", (2019, 1, 1), (2019, 12, 31)),
        ("year", "2019..2023", (2019, 1, 1), (2023, 12, 31)),
        ("year", "2019-2023", (2019, 1, 1), (2023, 12, 31)),
        ("year", "2019–2023", (2019, 1, 1), (2023, 12, 31)),
        ("year", "2019..", (2019, 1, 1), None),
        ("year", "..2019", None, (2019, 12, 31)),
        ("year", "*..2019", None, (2019, 12, 31)),
        ("year", "2019-02", (2019, 2, 1), (2019, 2, 28)),
        ("year", "2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("after", "2019", (2019, 1, 1), None),
        ("after", "2019-03-21", (2019, 3, 21), None),
        ("before", "2019", None, (2018, 12, 31)),
        ("before", "20190321", None, (2019, 3, 20)),
        ("submittedDate", "[20190321 TO 20190401]", (2019, 3, 21), (2019, 4, 1)),
        ("submittedDate", "[201903210000 TO 201904012359]", (2019, 3, 21), (2019, 4, 1)),
        ("submittedDate", "[20190321000000 TO 201904012400]", (2019, 3, 21), (2019, 4, 1)),
        ("lastUpdatedDate", "[20190321 TO 20190401]", (2019, 3, 21), (2019, 4, 1)),
        ("submittedDate", "[20190321 TO *]", (2019, 3, 21), None),
        ("submittedDate", "[2019 TO 2020]", (2019, 1, 1), (2020, 12, 31)),
        ("year", "2023..2019", (2023, 1, 1), (2019, 12, 31)),
    ],
)
def test_a_date_stands_for_all_of_its_days(name, text, first, last):
    ends = (date(*end) if end else None for end in (first, last))

    assert read_days(name, text) == Days(*ends)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("[201903210600 TO 201903211830]", time(6, 0), time(18, 30)),
        ("[20190321060059 TO 20190321183001]", time(6, 0), time(18, 30)),
        ("[20190321 TO 201903211830]", None, time(18, 30)),
        ("[201903210600 TO *]", time(6, 0), None),
        ("201903210600", time(6, 0), time(6, 0)),
    ],
)
def test_a_date_may_name_a_minute(text, since, until):
    days = read_days("submittedDate", text)

    assert days.first == date(2019, 3, 21)
    assert (days.since, days.until) == (since, until)


def test_midnight_begins_the_next_day():
    days = read_days("submittedDate", "[201903212400 TO 20190322]")

    assert days == Days(date(2019, 3, 22), date(2019, 3, 22))


def test_a_range_that_ends_before_it_begins_is_empty():
    assert read_days("submittedDate", "[201903210601 TO 201903210600]").is_empty
    assert not read_days("submittedDate", "[201903210600 TO 201903210600]").is_empty


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("submittedDate", "201903212500"),
        ("submittedDate", "201903210660"),
        ("submittedDate", "2019032106"),
        ("submittedDate", "999912312400"),
        ("year", "20x"),
        ("year", "19"),
        ("year", "*"),
        ("year", ".."),
        ("year", "0000"),
        ("year", "2019-13"),
        ("year", "2019-02-30"),
        ("year", "2019..20x"),
        ("after", "2019..2020"),
        ("after", "*"),
        ("before", "0001"),
        ("before", ""),
        ("submittedDate", "[2019]TO[2020]"),
        ("submittedDate", "[TO]"),
    ],
)
def test_what_is_no_date_is_none(name, text):
    assert read_days(name, text) is None

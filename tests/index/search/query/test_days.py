from datetime import date

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
        ("submittedDate", "[201903210600 TO 201904012359]", (2019, 3, 21), (2019, 4, 1)),
        ("submittedDate", "[20190321 TO *]", (2019, 3, 21), None),
        ("submittedDate", "[2019 TO 2020]", (2019, 1, 1), (2020, 12, 31)),
        ("year", "2023..2019", (2023, 1, 1), (2019, 12, 31)),
    ],
)
def test_a_date_stands_for_all_of_its_days(name, text, first, last):
    ends = (date(*end) if end else None for end in (first, last))

    assert read_days(name, text) == Days(*ends)


@pytest.mark.parametrize(
    ("name", "text"),
    [
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

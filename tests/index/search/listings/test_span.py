"""Days, weeks and months."""

from datetime import date

import pytest

from index import BadQuery, Span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-07-21", date(2026, 7, 21), date(2026, 7, 21)),
        ("2026-W30", date(2026, 7, 20), date(2026, 7, 26)),
        ("2026w30", date(2026, 7, 20), date(2026, 7, 26)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("0999-12", date(999, 12, 1), date(999, 12, 31)),
        ("0001-W02", date(1, 1, 8), date(1, 1, 14)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_span_is_read_and_printed(text, first, last):
    span = Span.parse(text)
    assert (span.first, span.last) == (first, last)
    assert Span.parse(str(span)) == span


@pytest.mark.parametrize(
    "text", ["", "x", "2026", "2026-13", "2026-02-30", "2021-W53", "0000-01", "２０２６-01"]
)
def test_what_is_no_span_says_what_to_write(text):
    with pytest.raises(BadQuery) as caught:
        Span.parse(text)
    assert caught.value.param == "date"


def test_a_day_is_in_a_week_and_in_a_month():
    day = date(2026, 7, 21)
    assert str(Span.week_of(day)) == "2026-W30"
    assert str(Span.month_of(day)) == "2026-07"
    assert Span.week_of(date.min).first == date.min
    assert Span.week_of(date.max).last >= date.max.replace(day=27)

"""Who may star: once a paper, day and address, and only one's own star is taken back."""

from datetime import date

import pytest

from app.stars.limiter import MOST_A_DAY, StarLimiter

PAPER = "2403.00001"


@pytest.fixture
def day():
    return [date(2026, 11, 26)]


@pytest.fixture
def limiter(day):
    return StarLimiter(today=lambda: day[0])


def test_a_star_counts_once_and_can_be_taken_back(limiter):
    def change(*, star):
        return limiter.admit("192.0.2.1", PAPER, star=star)

    assert not change(star=False)
    assert [change(star=True) for _ in range(3)] == [True, False, False]
    assert [change(star=False) for _ in range(3)] == [True, False, False]
    assert change(star=True)


def test_nobody_takes_anothers_star_or_one_of_the_day_before(limiter, day):
    assert limiter.admit("192.0.2.1", PAPER, star=True)
    assert not limiter.admit("192.0.2.2", PAPER, star=False)
    day[0] = date(2026, 11, 27)
    assert not limiter.admit("192.0.2.1", PAPER, star=False)
    assert limiter.admit("192.0.2.1", PAPER, star=True)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("testclient", "testclient", True),
    ],
)
def test_a_household_has_one_star(limiter, first, second, same):
    assert limiter.admit(first, PAPER, star=True)
    assert limiter.admit(second, PAPER, star=True) is not same


def test_an_address_stars_so_many_papers_a_day(limiter):
    counted = [
        limiter.admit("192.0.2.1", f"2403.{n:05}", star=True) for n in range(MOST_A_DAY + 5)
    ]
    assert sum(counted) == MOST_A_DAY
    assert limiter.admit("192.0.2.2", PAPER, star=True)


def test_nothing_kept_tells_an_address(limiter):
    limiter.admit("192.0.2.1", PAPER, star=True)
    kept = repr(vars(limiter))
    assert "192.0.2.1" not in kept
    assert PAPER not in kept

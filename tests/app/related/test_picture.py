"""The map of related papers tells the truth: nearer on it is nearer in the list."""

import math

import pytest

from app.related.picture import SIDE, locate
from tests.app.markup import Markup

PAPER = "2402.00004"


@pytest.fixture(scope="module")
def topics(connect, topical_data):
    """The application with 120 papers of four topics, and vectors."""
    return connect(topical_data)


def distance(point):
    centre = SIDE / 2
    return math.dist((float(point["cx"]), float(point["cy"])), (centre, centre))


@pytest.mark.parametrize("address", [f"/related?like={PAPER}", f"/paper/{PAPER}"])
def test_ranks_by_distance_equal_ranks_by_similarity(topics, address):
    page = Markup(topics.get(address).text)
    points = page.all("circle", class_="point")
    alike = topics.get(f"/api/papers/{PAPER}/related?limit=50").json()["data"]

    assert len(points) in (10, 30)
    assert [distance(point) for point in points] == sorted(map(distance, points))
    assert [point.parent["href"] for point in points] == [
        f"/paper/{one['id']}" for one in alike[: len(points)]
    ]


def test_the_numbers_of_the_map_are_those_of_the_list(topics):
    page = Markup(topics.get(f"/related?like={PAPER}&sort=date").text)
    titles = [link["href"] for link in page.all("a", class_="title-link")]
    for number in page.all("text", class_="rank"):
        assert titles[int(number.text) - 1] == number.parent["href"]


@pytest.mark.parametrize("count", [0, 1, 2, 10, 30])
@pytest.mark.parametrize("spread", [0, 0.05, 2])
def test_no_point_lies_on_another_or_outside(count, spread):
    places = locate([spread * n for n in range(count)])

    assert all(10 <= value <= SIDE - 10 for place in places for value in place)
    gaps = [math.dist(a, b) for n, a in enumerate(places) for b in places[:n]]
    assert min(gaps, default=24) > 20

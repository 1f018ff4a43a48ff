import pytest

from app.search.bars import HEIGHT, WIDTH, CategoryBar, histogram, share_links, year_links
from tests.app.markup import Markup


def test_every_year_between_the_first_and_the_last_has_its_place():
    drawn = histogram({2001: 4, 2003: 1})

    assert [(bar.year, bar.papers) for bar in drawn.bars] == [
        (2001, 4),
        (2002, 0),
        (2003, 1),
    ]
    assert [bar.left for bar in drawn.bars] == [0, WIDTH / 3, 2 * WIDTH / 3]
    assert drawn.most == 4


def test_the_fullest_year_is_as_high_as_the_picture_and_none_is_unseen():
    full, empty, few = histogram({2001: 100_000, 2003: 1}).bars

    assert (full.y, full.height) == (0, HEIGHT)
    assert empty.height == 0
    assert few.height == 1
    assert few.y + few.height == HEIGHT


def test_a_bar_stays_within_its_place():
    for bar in histogram(dict.fromkeys(range(1990, 2025), 3)).bars:
        assert bar.left <= bar.x
        assert bar.x + bar.width <= bar.left + bar.place + 0.02


@pytest.mark.parametrize(
    ("years", "labels"),
    [
        ([2020], [2020]),
        ([2020, 2022], [2020, 2021, 2022]),
        ([1991, 2021], [1991, 2001, 2011, 2021]),
    ],
)
def test_a_few_years_are_labelled_the_outermost_always(years, labels):
    drawn = histogram(dict.fromkeys(years, 1))

    assert [bar.year for bar in drawn.labels] == labels


def test_without_papers_there_is_no_picture():
    assert histogram({}) is None


def test_a_year_is_a_link_that_tells_its_papers():
    drawn = histogram({2001: 1_234})
    page = Markup(f"<svg>{year_links(drawn, ['/s?q=a&year=2001'], '{:,}'.format)}</svg>")

    link = page.one("a")
    assert link["href"] == "/s?q=a&year=2001"
    assert link["aria-label"] == "2001: 1,234"


def test_what_comes_from_a_dump_is_escaped():
    bar = CategoryBar(
        code='"><b>', name="<i>", papers=1, width=9.5, url='/s?q="<b>', is_chosen=True
    )
    page = Markup(f"<ul>{share_links([bar], str, str)}</ul>")

    assert page.one("a")["href"] == '/s?q="<b>'
    assert page.one("a")["aria-current"] == "true"
    assert page.one("span", class_="name").text == '<i> "><b>'
    assert not page.all("b")

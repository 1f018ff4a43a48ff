"""Trends compare only what can be compared; a name has one number everywhere."""

import pytest

from app.categories.trend import compute_trend
from tests.app.markup import Markup


@pytest.mark.parametrize(
    ("papers", "whole", "change"),
    [
        ({2023: 100, 2024: 125}, {2023: 1000, 2024: 1100}, 25),
        ({2023: 100, 2024: 50}, {2023: 1000, 2024: 900}, -50),
        ({2023: 9, 2024: 0}, {2023: 1000, 2024: 1000}, None),
        ({2023: 100, 2024: 20}, {2023: 1000, 2024: 200}, None),
        ({2023: 20, 2024: 100}, {2023: 200, 2024: 1000}, None),
        ({}, {2023: 200, 2024: 1000}, None),
        ({}, {}, None),
    ],
)
def test_years_of_which_the_library_has_a_part_are_not_compared(papers, whole, change):
    assert compute_trend(papers, whole, 2024).change == change


def test_all_trends_have_the_same_years(client):
    page = Markup(client.get("/categories").text)
    lines = [line["points"].split() for line in page.all("polyline")]
    assert len({len(points) for points in lines}) == 1


def test_the_legend_has_the_colours_of_the_strip(client):
    page = Markup(client.get("/categories").text)
    strip = {rect.parent["href"]: rect["class"] for rect in page.all("rect", height="7")}
    legend = {
        item.parent.parent: item["class"]
        for item in page.all("rect", height="1")
        if item.parent["class"] == "swatch"
    }
    links = {a["href"]: a.parent for a in page.all("a") if a.parent in legend}
    assert strip
    assert all(legend[links[href]] == shade for href, shade in strip.items())


def test_a_category_has_one_number_on_every_page(client):
    home = Markup(client.get("/").text)
    for code in ("astro-ph", "cs.LG", "hep-th"):
        found = client.get(f"/api/search?cat={code}&limit=1").json()["total"]
        named = [e.parent.parent for e in home.all("span", class_="code") if e.text == code]
        for item in named:
            assert item.text.endswith(f" {found}")

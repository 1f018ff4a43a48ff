"""A day's sections: papers new in their own category, cross-listed ones, by category."""

import json

import pytest

from index import Dump, rebuild
from index.snapshots.catalog.read import Catalog
from tests.app.markup import Markup

DAY = "2024-03-05"
FILED = ["cs.LG", "cs.LG stat.ML", "stat.ML cs.LG", "cs.CV cs.LG", "cs.AI", "math.CO"]


@pytest.fixture(scope="module")
def sections(connect, record, tmp_path_factory):
    """A client of a library with papers of one day, filed in several categories."""
    directory = tmp_path_factory.mktemp("sections")
    created = "Tue, 5 Mar 2024 10:00:00 GMT"
    with (directory / "dump.jsonl").open("w") as file:
        for number, codes in enumerate(FILED, 1):
            fields = {"versions": [{"version": "v1", "created": created}]}
            made = record(f"2403.{number:05}", categories=codes, **fields)
            file.write(f"{json.dumps(made)}\n")
    with Dump.open(directory / "dump.jsonl") as dump:
        rebuild(dump, directory / "data", watch=lambda *_: None)
    return connect(directory / "data")


def ids(client, expression, **params):
    answer = client.get(f"/api/listings/{expression}", params={"date": DAY, **params})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["total"] == len(body["data"])
    return [int(paper["id"][5:]) for paper in body["data"]]


@pytest.mark.parametrize(
    ("expression", "primary", "wanted"),
    [
        ("cs.LG", "own", [1, 2]),
        ("cs.LG", "cross", [3, 4]),
        ("cs.LG", "cs.CV", [4]),
        ("cs.LG", "CS.cv", [4]),
        ("cs.LG", "math.CO", []),
        ("cs", "own", [1, 2, 4, 5]),
        ("cs", "cross", [3]),
        ("cs.LG+stat.ML", "own", [1, 2, 3]),
        ("cs.LG-stat.ML", "cross", [4]),
    ],
)
def test_papers_are_listed_by_their_primary_category(sections, expression, primary, wanted):
    assert ids(sections, expression, primary=primary) == wanted
    newest = ids(sections, expression, primary=primary, order="newest")
    assert newest == wanted[::-1]


def test_parts_of_a_section_lead_on_by_offset_alone(sections):
    first = sections.get(
        "/api/listings/cs", params={"date": DAY, "primary": "own", "limit": 3}
    ).json()
    assert (first["total"], first["next"], first["meta"]["next_cursor"]) == (4, 3, None)
    assert ids_of(sections, offset=3) == [5]
    refused = sections.get(
        "/api/listings/cs", params={"primary": "own", "cursor": "2024-03-05.2403.00001"}
    )
    assert refused.status_code == 400


def ids_of(client, **params):
    body = client.get(
        "/api/listings/cs", params={"date": DAY, "primary": "own", **params}
    ).json()
    return [int(paper["id"][5:]) for paper in body["data"]]


@pytest.mark.parametrize("primary", ["zz", "own,cross", "cs.XX", "1"])
def test_what_is_no_category_is_refused_with_what_to_write(sections, primary):
    answer = sections.get("/api/listings/cs.LG", params={"primary": primary})
    assert answer.status_code == 400
    assert "own" in answer.text
    assert sections.get("/arxiv/cs.LG", params={"primary": primary}).status_code == 400


def test_a_day_has_its_sections_with_counts(sections):
    page = Markup(sections.get("/arxiv/cs.LG", params={"date": DAY}).text)
    (nav,) = [e for e in page.all("nav") if e["aria-label"] == "Sections"]
    told = [a.text for a in page.all("a") if a.parent.parent.parent is nav]
    assert told == ["All 4", "New here 2", "Cross-listed 2"]
    contents = page.one("section", class_="contents")
    links = [a for a in page.all("a") if a.parent.parent.parent is contents]
    assert [a.text.split()[0] for a in links] == ["cs.LG", "stat.ML", "cs.CV"]
    for link in links:
        shown = Markup(sections.get(link["href"]).text)
        count = int(link.text.split()[-1])
        assert len(shown.all("a", class_="title-link")) == count


def test_the_latest_day_of_all_is_an_address_away(sections):
    answer = sections.get("/latest", follow_redirects=False)
    assert answer.headers["location"] == "/arxiv/cs+math+stat"
    page = Markup(sections.get(answer.headers["location"]).text)
    assert page.one("h1").text == "All categories"
    assert len(page.all("a", class_="title-link")) == len(FILED)


@pytest.mark.parametrize("primary", ["own", "cross", "cs.CV"])
def test_the_records_of_a_filtered_section_are_read_once(sections, monkeypatch, primary):
    read = []
    primaries = Catalog.primaries

    def count(records, keys):
        read.append(len(keys))
        return primaries(records, keys)

    monkeypatch.setattr(Catalog, "primaries", count)
    page = sections.get(
        "/arxiv/cs.LG", params={"date": DAY, "primary": primary, "include": "paper"}
    )
    assert page.status_code == 200
    assert len(read) == 1

"""A day's papers with a new version: a section of its listing, and of arXiv's feeds."""

import json
import shutil
import sqlite3

import feedparser
import pytest

from index import Dump, Manifest, find_live, rebuild
from index.snapshots.catalog.table import REVISED
from index.snapshots.layout import CATALOG
from index.snapshots.manifest import describe
from tests.app.markup import Markup

DAY = "2024-03-05"
PAPERS = {  # number: categories, days of versions in March 2024
    1: ("cs.LG", [5]),
    2: ("stat.ML cs.LG", [5]),
    3: ("cs.LG stat.ML", [1, 5]),
    4: ("stat.ML cs.LG", [1, 2, 5]),
    5: ("cs.LG", [1, 5, 6]),
    6: ("cs.LG", [5, 5]),
    7: ("math.CO", [2, 5]),
    8: ("cs.LG", [1]),
    9: ("cs.LG", [2, 7]),
    10: ("cs.LG", [1, 4]),
}


@pytest.fixture(scope="module")
def replaced_data(record, tmp_path_factory):
    """A data directory of papers with new versions on several days."""
    directory = tmp_path_factory.mktemp("replaced")
    with (directory / "dump.jsonl").open("w") as file:
        for number, (codes, days) in PAPERS.items():
            versions = [
                {"version": f"v{n}", "created": f"{day} Mar 2024 1{n}:00:00 GMT"}
                for n, day in enumerate(days, 1)
            ]
            comments = "Withdrawn by the authors" if number == 4 else None
            made = record(
                f"2403.{number:05}",
                title=f"Graphs number {number}",
                categories=codes,
                versions=versions,
                comments=comments,
            )
            file.write(f"{json.dumps(made)}\n")
    with Dump.open(directory / "dump.jsonl") as dump:
        rebuild(dump, directory / "data", watch=lambda *_: None)
    return directory / "data"


@pytest.fixture(scope="module")
def papers(connect, replaced_data):
    return connect(replaced_data)


def ids(client, expression, **params):
    asked = {"date": DAY, "kind": "replaced", **params}
    answer = client.get(f"/api/listings/{expression}", params=asked)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["total"] >= len(body["data"])
    return [int(paper["id"][5:]) for paper in body["data"]]


@pytest.mark.parametrize(
    ("expression", "params", "wanted"),
    [
        ("cs.LG", {}, [3, 4]),
        ("cs.LG", {"order": "newest"}, [4, 3]),
        ("cs.LG", {"order": "stars"}, [4, 3]),
        ("cs.LG", {"order": "preference", "keywords": "4"}, [4, 3]),
        ("cs.LG", {"date": "2024-03-06"}, [5]),
        ("cs.LG", {"date": "2024-03-01"}, []),
        ("cs.LG", {"primary": "own"}, [3]),
        ("cs.LG", {"primary": "cross"}, [4]),
        ("cs.LG", {"include": "number"}, [3, 4]),
        ("cs.LG", {"exclude": "graphs"}, []),
        ("cs.LG", {"withdrawn": "no"}, [3]),
        ("cs.LG-stat.ML", {}, []),
        ("cs+math", {}, [3, 4, 7]),
        ("cs+math", {"limit": 2, "offset": 1}, [4, 7]),
        ("cs.LG", {"kind": "new", "date": "2024-03-05"}, [1, 2, 6]),
        ("cs.LG", {"kind": "", "date": "2024-03-05"}, [1, 2, 6]),
    ],
)
def test_papers_are_listed_by_the_day_of_their_last_version(
    papers, expression, params, wanted
):
    assert ids(papers, expression, **params) == wanted


@pytest.mark.parametrize(
    "params",
    [
        {"date": "2024-03"},
        {"date": "2024-W10"},
        {"kind": "old"},
        {"cursor": "2024-03-05_x"},
    ],
)
def test_what_is_no_day_or_kind_is_refused(papers, params):
    asked = {"date": DAY, "kind": "replaced", **params}
    assert papers.get("/api/listings/cs.LG", params=asked).status_code == 400


def read_sections(client, **params):
    page = Markup(client.get("/arxiv/cs.LG", params={"date": DAY, **params}).text)
    (nav,) = [e for e in page.all("nav") if e["aria-label"] == "Sections"]
    return page, [a for a in page.all("a") if a.parent.parent.parent is nav]


def test_a_day_has_a_section_of_them(papers):
    _, links = read_sections(papers)
    assert [a.text for a in links] == [
        "All 3",
        "New here 2",
        "Cross-listed 1",
        "Replaced 2",
    ]
    shown = Markup(papers.get(links[-1]["href"]).text)
    assert len(shown.all("a", class_="title-link")) == 2
    (feed,) = [e for e in shown.all("ol") if "data-feed" in e.attributes]
    assert ids_at(papers, feed["data-api"]) == [3, 4]


def ids_at(client, address):
    return [int(paper["id"][5:]) for paper in client.get(address).json()["data"]]


def test_the_section_keeps_what_is_chosen_with_it(papers):
    page, links = read_sections(papers, kind="replaced")
    assert [a.text for a in links if a["aria-current"]] == ["Replaced 2"]
    kept = {e["name"]: e["value"] for e in page.all("input") if e["type"] == "hidden"}
    assert kept["kind"] == "replaced"


def test_a_day_without_any_has_no_such_section(papers):
    _, links = read_sections(papers, date="2024-03-01")
    assert [a.text.split()[0] for a in links] == ["All", "New", "Cross-listed"]


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_feeds_in_arxivs_shape_announce_replacements(papers, kind):
    entries = feedparser.parse(papers.get(f"/{kind}/cs.LG").content).entries
    told = {entry.id: entry.arxiv_announce_type for entry in entries}
    assert told == {
        "oai:arXiv.org:2403.00001v1": "new",
        "oai:arXiv.org:2403.00002v1": "cross",
        "oai:arXiv.org:2403.00006v2": "new",
        "oai:arXiv.org:2403.00003v2": "replace",
        "oai:arXiv.org:2403.00004v3": "replace-cross",
        "oai:arXiv.org:2403.00005v3": "replace",
        "oai:arXiv.org:2403.00009v2": "replace",
        "oai:arXiv.org:2403.00010v2": "replace",
    }


def test_a_catalog_without_days_of_versions_serves_without_the_section(
    connect, replaced_data, tmp_path, extend, record
):
    data = shutil.copytree(replaced_data, tmp_path / "data")
    catalog = find_live(data) / CATALOG
    with sqlite3.connect(catalog) as connection:
        connection.execute(f"DROP INDEX {REVISED}")
    connection.close()
    manifest = Manifest.read_from(find_live(data))
    manifest.files[CATALOG] = describe(catalog)
    manifest.write(find_live(data))
    client = connect(data)
    assert ids(client, "cs.LG") == []
    assert [a.text for a in read_sections(client)[1]] == [
        *("All 3", "New here 2", "Cross-listed 1")
    ]
    assert len(feedparser.parse(client.get("/atom/cs.LG").content).entries) == 3

    extend(data, [record("2403.00011")])

    assert ids(client, "cs.LG") == [3, 4]

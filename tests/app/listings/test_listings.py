"""Listings over HTTP: the JSON API, and the pages without a script."""

import json
import re

import pytest
from starlette.testclient import TestClient

from app.listings.params import ListingParams
from app.listings.request import read_request
from app.main import create_app
from app.settings import Settings
from index import Dump, Expression, Shelf, update
from tests.app.markup import Markup
from tests.building import build_data

DAY = "date=2024-03-05"


def rows(record):
    for number in range(1, 61):
        yield record(
            f"2403.{number:05}",
            title=f"Paper {number} on {'graphs' if number % 3 else 'strings'}",
            authors="Jürgen Schmidt" if number == 7 else "Ada Lovelace",
            categories=("cs.LG", "cs.LG cs.CY", "math.CO")[number % 3],
            versions=[{"version": "v1", "created": "Tue, 5 Mar 2024 10:00:00 GMT"}],
        )
    for number, day in ((101, "1 Mar 2024"), (102, "8 Mar 2024"), (103, "2 Apr 2024")):
        yield record(
            f"2403.{number:05}",
            categories="cs.LG",
            versions=[{"version": "v1", "created": f"{day} 10:00:00 GMT"}],
        )


@pytest.fixture(scope="module")
def data(record, tmp_path_factory):
    return build_data(rows(record), tmp_path_factory.mktemp("listings"))


@pytest.fixture(scope="module")
def service(connect, data):
    """The application with sixty papers of one day and three of others."""
    return connect(data)


def listed(service, what, query=DAY):
    response = service.get(f"/api/listings/{what}?{query}")
    assert response.status_code == 200, response.text
    return response.json()


def ids(answer):
    return [int(paper["id"].partition(".")[2]) for paper in answer["data"]]


def cards(page):
    return [int(e["id"].partition(".")[2]) for e in page.all("div", role="article")]


def test_a_request_for_a_listing_is_whole_and_hashable(data):
    library, expression = Shelf(data).library(), Expression.parse("cs.LG")
    asked = ListingParams(date="2024-03-05", order="preference", keywords="graphs, x")
    one = read_request(library, expression, asked)
    other = read_request(library, expression, ListingParams(date="2024-03-05"))

    assert {one: "kept"}[read_request(library, expression, asked)] == "kept"
    assert one != other
    assert (one.keywords, one.selection.span) == (("graphs", "x"), other.selection.span)
    assert read_request(library, Expression.parse("q-bio"), ListingParams()) is None


def test_the_latest_day_is_listed_where_none_is_asked_for(service):
    answer = listed(service, "cs.LG", "")
    assert (answer["total"], ids(answer)) == (1, [103])
    assert answer["meta"]["date"] == "2024-04-02"


def test_categories_are_joined_and_left_out(service):
    assert listed(service, "cs.LG")["total"] == 40
    assert listed(service, "cs.LG+math.CO")["total"] == 60
    assert listed(service, "cs.LG,math.CO")["total"] == 60
    assert listed(service, "cs-cs.CY")["total"] == 20
    assert listed(service, "cs-cs.CY")["meta"]["categories"] == "cs-cs.CY"


def test_a_week_and_a_month_are_listed_too(service):
    assert listed(service, "cs.LG", "date=2024-W10")["total"] == 41
    answer = listed(service, "cs.LG", "date=2024-03")
    assert answer["total"] == 42
    assert (answer["meta"]["first"], answer["meta"]["last"]) == ("2024-03-01", "2024-03-31")


def test_the_order_is_as_listed_or_the_newest_first(service):
    assert ids(listed(service, "math.CO"))[:3] == [2, 5, 8]
    assert ids(listed(service, "math.CO", f"{DAY}&order=newest"))[:3] == [59, 56, 53]


@pytest.mark.parametrize("order", ["listed", "newest"])
def test_a_cursor_leads_through_a_listing(service, order):
    seen, cursor = [], ""
    while True:
        query = f"{DAY}&order={order}&limit=7{cursor and '&cursor=' + cursor}"
        answer = listed(service, "cs.LG", query)
        assert answer["total"] == 40
        assert answer["offset"] == len(seen)
        seen += ids(answer)
        cursor = answer["meta"]["next_cursor"]
        if not cursor:
            break
    assert answer["next"] is None
    assert len(seen) == len(set(seen)) == 40
    assert seen == sorted(seen, reverse=order == "newest")


def test_a_cursor_holds_when_a_new_snapshot_goes_live(connect, data, record, tmp_path):
    fresh = connect(data)
    first = listed(fresh, "cs.LG", f"{DAY}&limit=30")
    changed = [r | {"comments": "changed"} for r in rows(record) if r["id"] < "2403.00050"]
    (tmp_path / "dump.jsonl").write_text("".join(f"{json.dumps(r)}\n" for r in changed))
    with Dump.open(tmp_path / "dump.jsonl") as opened:
        update(opened, data, watch=lambda *_: None)
    cursor = first["meta"]["next_cursor"]
    rest = listed(fresh, "cs.LG", f"{DAY}&limit=30&cursor={cursor}")
    assert rest["meta"]["snapshot"] != first["meta"]["snapshot"]
    assert sorted(ids(first) + ids(rest)) == [n for n in range(1, 61) if n % 3 != 2]


def test_offsets_lead_through_any_order(service):
    query = f"{DAY}&order=preference&keywords=strings&limit=15"
    first = listed(service, "cs.LG+math.CO", query)
    assert all(number % 3 == 0 for number in ids(first))
    rest = listed(service, "cs.LG+math.CO", f"{query}&offset={first['next']}")
    assert not set(ids(first)) & set(ids(rest))
    assert first["meta"]["next_cursor"] is None


def test_stars_order_a_listing(service):
    for number in (8, 20, 20):
        answer = service.put(f"/api/papers/2403.{number:05}/star").json()
    assert answer == {"stars": 1, "counted": False}
    found = ids(listed(service, "math.CO", f"{DAY}&order=stars"))
    assert set(found[:2]) == {8, 20}
    page = Markup(service.get(f"/arxiv/math.CO?{DAY}&sort=1").text)
    assert set(cards(page)[:2]) == {8, 20}
    assert "★ 1" in page.all("div", role="article")[0].text
    assert service.delete("/api/papers/2403.00011/star").json()["counted"] is False
    answer = service.delete("/api/papers/2403.00008/star").json()
    assert answer == {"stars": 0, "counted": True}
    assert service.delete("/api/papers/2403.00008/star").json()["counted"] is False


def test_what_cannot_be_starred_is_said(service):
    assert service.put("/api/papers/2401.99999/star").status_code == 404
    assert service.put("/api/papers/nonsense/star").status_code == 404
    assert service.put("/api/papers/2403.00001/star?by=me").status_code == 400


def test_words_narrow_a_listing(service):
    assert ids(listed(service, "cs.LG", f"{DAY}&include=schmidt")) == [7]
    assert listed(service, "cs.LG", f"{DAY}&include=string")["total"] == 20
    assert listed(service, "cs.LG", f"{DAY}&include=string+graph")["total"] == 40
    both = f"{DAY}&include=paper+graph&match=all&exclude=lovelace"
    assert ids(listed(service, "cs.LG", both)) == [7]


def test_ids_alone_can_be_had_in_thousands(service):
    answer = listed(service, "cs.LG", f"{DAY}&fields=id&limit=2000")
    assert [list(paper) for paper in answer["data"]] == [["id"]] * 40


def test_the_days_of_a_month_are_counted(service):
    answer = service.get("/api/listings/cs.LG/days?date=2024-03").json()
    assert answer["data"] == [
        {"day": "2024-03-01", "papers": 1},
        {"day": "2024-03-05", "papers": 40},
        {"day": "2024-03-08", "papers": 1},
    ]
    latest = service.get("/api/listings/cs.LG/days").json()
    assert latest["data"] == [{"day": "2024-04-02", "papers": 1}]


@pytest.mark.parametrize("path", ["", "/days"])
def test_categories_without_papers_are_empty(service, path):
    answer = service.get(f"/api/listings/q-bio{path}").json()
    assert answer["data"] == []


@pytest.mark.parametrize(
    ("what", "query", "param"),
    [
        ("nonsense", "", "categories"),
        ("-cs.LG", "", "categories"),
        ("cs.LG" + "+cs.LG" * 400, "", "categories"),
        ("cs.LG", "date=2024-13", "date"),
        ("cs.LG", "date=yesterday", "date"),
        ("cs.LG", "order=best", "order"),
        ("cs.LG", "limit=2001", "limit"),
        ("cs.LG", "limit=201", "limit"),
        ("cs.LG", "limit=0", "limit"),
        ("cs.LG", "offset=-1", "offset"),
        ("cs.LG", "cursor=2024-03-05", "cursor"),
        ("cs.LG", "cursor=2024-03-05_x_y", "cursor"),
        ("cs.LG", "cursor=2024-03-05_x_1&offset=3", "cursor"),
        ("cs.LG", "cursor=2024-03-05_x_1&order=stars", "cursor"),
        ("cs.LG", "include=x", "include"),
        ("cs.LG", "exclude=" + "+".join(f"word{n}" for n in range(21)), "exclude"),
        ("cs.LG", "like=nonsense", "like"),
        ("cs.LG", "keywords=" + ",".join(f"k{n}" for n in range(50)), "keywords"),
        ("cs.LG", "fields=colour", "fields"),
        ("cs.LG", "colour=red", "colour"),
    ],
)
def test_what_cannot_be_listed_is_said(service, what, query, param):
    response = service.get(f"/api/listings/{what}?{query}")
    assert response.status_code == 400
    assert response.json()["param"] == param


def test_a_page_lists_a_day(service):
    page = Markup(service.get(f"/arxiv/cs.LG-cs.CY?{DAY}").text)
    assert (
        page.one("h1").text
        == "Machine Learning cs.LG without − Computers and Society cs.CY"
    )
    assert "Tuesday, March 5, 2024" in page.one("p", class_="span").text
    assert cards(page)[:2] == [3, 6]
    assert page.all("span", class_="number")[0].text == "1"


def test_a_page_goes_on_by_skip_and_show(service):
    def page(query):
        return Markup(service.get(f"/arxiv/cs.LG?{DAY}&{query}").text)

    assert len(cards(page(""))) == 25
    assert len(cards(page("skip=25"))) == 15
    assert cards(page("show=3&skip=2")) == [4, 6, 7]
    assert len(cards(page("show=999999"))) == 40
    second = page("skip=25")
    back = [a["href"] for a in second.all("a", rel="prev") if a.text == "Previous"]
    assert back == [f"/arxiv/cs.LG?{DAY}"]


def test_sorts_are_those_of_cool_papers(service):
    newest = Markup(service.get(f"/arxiv/math.CO?{DAY}&sort=0").text)
    assert cards(newest)[:2] == [59, 56]
    preferred = Markup(service.get(f"/arxiv/cs.LG,math.CO?{DAY}&sort=strings,loops").text)
    assert all(number % 3 == 0 for number in cards(preferred)[:20])


def test_ids_are_listed_in_their_order(service):
    page = Markup(service.get("/arxiv/2403.00009,2403.00002v3,2401.99999").text)
    assert cards(page) == [9, 2]
    assert "2401.99999" in page.one("p", class_="notices").text
    nobody = Markup(service.get("/arxiv/2401.99999").text)
    assert "None of these papers is here" in nobody.one("main").text


def test_an_empty_day_says_so_and_leads_on(service):
    page = Markup(service.get("/arxiv/cs.LG?date=2024-03-06").text)
    assert cards(page) == []
    text = page.one("main").text
    assert "Wednesday, March 6, 2024" in text
    assert "No papers on this day" in text
    assert re.search(r"← Tue, Mar 5, 2024 \(\d+ papers\)", text)
    assert "→ Fri, Mar 8, 2024 (1 paper)" in text
    targets = [a["href"] for a in page.all("a") if a.text.endswith(", 2024")]
    assert targets == ["/arxiv/cs.LG?date=2024-03-05", "/arxiv/cs.LG?date=2024-03-08"]


def test_an_older_day_leads_to_the_latest(service):
    old, latest = (
        Markup(service.get(f"/arxiv/cs.LG{date}").text) for date in ("?date=2024-03-05", "")
    )
    assert [a["href"] for a in old.all("a", class_="latest")] == ["/arxiv/cs.LG"]
    assert latest.all("a", class_="latest") == []


def test_a_day_of_the_calendar_says_its_day_and_its_papers(service):
    page = Markup(service.get("/arxiv/cs.LG?date=2024-03-06&lang=zh").text)
    assert [a["href"] for a in page.all("a", aria_label="3月8日，1 篇论文")]


def test_the_calendar_of_a_week_is_that_of_most_of_its_days(service):
    for week, month in (("2024-W09", "February 2024"), ("2024-W18", "May 2024")):
        page = Markup(service.get(f"/arxiv/cs.LG?date={week}").text)
        assert month in page.one("caption").text


def test_a_day_of_long_ago_leads_on_in_addresses_that_work(service):
    page = Markup(service.get("/arxiv/cs.LG?date=0999-03-05").text)
    addresses = [a["href"] for a in page.all("a") if "0999" in a["href"]]
    assert "/arxiv/cs.LG?date=0999-03" in addresses
    for address in addresses:
        assert service.get(address).status_code == 200


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/arxiv?include=cs.AI&include=cs.LG&exclude=cs.CY", "/arxiv/cs.AI+cs.LG-cs.CY"),
        ("/arxiv", "/categories"),
        ("/arxiv/search?query=a+b", "/search?q=a+b"),
        ("/arxiv/search?query=x&sort=0&skip=50", "/search?q=x&sort=newest&page=3"),
        ("/arxiv/search?query=x&skip=20000", "/search?q=x&page=500"),
        ("/arxiv/2403.00009,2403.00002?skip=500", "/arxiv/2403.00009,2403.00002"),
        ("/arxiv/cs.LG?date=2024-03-05&skip=500", "/arxiv/cs.LG?date=2024-03-05"),
    ],
)
def test_addresses_of_others_lead_to_ours(service, path, target):
    response = service.get(path)
    assert (response.status_code, response.headers["location"]) == (303, target)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/arxiv/nonsense", 404),
        ("/arxiv/", 303),
        ("/arxiv/cs.LG?date=2024-02-30", 400),
        ("/arxiv/cs.LG?show=x", 400),
        ("/arxiv/cs.LG?skip=-1", 400),
        ("/arxiv/cs.LG?include=x", 400),
        ("/arxiv?include=%3Cb%3E", 400),
        ("/arxiv/cs.LG?date=9999-12-31", 200),
        ("/arxiv/cs.LG?date=0001-01-01", 200),
        ("/arxiv/cs.LG?date=0001-W01", 200),
        ("/arxiv/cs.LG?date=9999-W52", 400),
        ("/arxiv/cs.LG?date=9999-12", 200),
        ("/arxiv/q-bio", 200),
        ("/arxiv/" + ",".join(f"2403.{n:05}" for n in range(1, 501)), 200),
        ("/arxiv/" + ",".join(f"2403.{n:05}" for n in range(1, 502)), 404),
    ],
)
def test_nothing_a_visitor_asks_for_breaks_a_listing(service, path, status):
    response = service.get(path)
    assert response.status_code == status
    Markup(response.text)


def test_without_the_state_a_listing_goes_without_stars(data, tmp_path):
    (tmp_path / "file").touch()
    nowhere = f"sqlite:///{tmp_path}/file/state.db"
    with TestClient(create_app(Settings(data_dir=data, state_url=nowhere))) as broken:
        assert broken.get(f"/arxiv/cs.LG?{DAY}&sort=1").status_code == 200
        for _ in range(2):
            assert broken.put("/api/papers/2403.00001/star").status_code == 503
        refused = broken.delete("/api/papers/2403.00001/star")
        assert refused.status_code == 503  # nothing was counted, nothing is taken back

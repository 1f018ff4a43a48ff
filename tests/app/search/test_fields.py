"""What a paper's record tells is shown: withdrawals, journals, comments, links, DOIs."""

import json

import pytest

from index import Dump, rebuild
from tests.app.markup import Markup
from tests.building import build_data


@pytest.fixture(scope="module")
def told(connect, record, tmp_path_factory):
    """The application with a withdrawn paper and one with every field."""
    directory = tmp_path_factory.mktemp("told")
    records = [
        record(
            "2401.00001",
            title="Heat in Lattices",
            comments="This paper has been withdrawn. See arXiv:2401.00002",
        ),
        record(
            "2401.00002",
            title="Heat in Lattices, Again",
            abstract="Heat moves. Code: https://github.com/lab/heat.",
            comments="9 pages, https://lab.example.org/heat",
            journal_ref="Phys.Rev.D76:044016,2007",
            doi="10.1103/A.1 10.1175/1<2>3",
            license="http://creativecommons.org/licenses/by/4.0/",
            submitter="Ada Lovelace",
            **{"report-no": "LAB-07-1"},
        ),
    ]
    return connect(build_data(records, directory))


def test_cards_show_journal_comments_and_links(told):
    page = Markup(told.get("/search?q=heat+lattices").text)
    cards = page.all("div", class_="paper")

    assert [card["id"] for card in cards] == ["2401.00002", "2401.00001"]
    links = {a["href"]: a["rel"] for a in page.all("a") if a["href"].startswith("https://")}
    for href in ("https://github.com/lab/heat", "https://lab.example.org/heat"):
        assert links[href] == "external nofollow noopener ugc"
    assert "Phys.Rev.D76:044016,2007" in page.one("main").text
    assert page.one("span", class_="withdrawn").text == "Withdrawn"


def test_a_papers_page_shows_its_record(told):
    page = told.get("/paper/2401.00002").text
    markup = Markup(page)
    links = [a["href"] for a in markup.all("a")]

    assert "https://doi.org/10.1103/A.1" in links
    assert "https://doi.org/10.1175/1%3C2%3E3" in links
    assert "http://creativecommons.org/licenses/by/4.0/" in links
    assert '<meta name="citation_doi" content="10.1103/A.1">' in page
    for fact in ("LAB-07-1", "Ada Lovelace"):
        assert fact in markup.one("main").text


def test_a_withdrawn_papers_page_says_so(told):
    page = Markup(told.get("/paper/2401.00001").text)

    assert "This paper has been withdrawn" in page.one("p", class_="warning").text
    assert "已撤稿" in told.get("/paper/2401.00001?lang=zh").text
    markdown = told.get("/paper/2401.00001", headers={"Accept": "text/markdown"}).text
    assert "**Withdrawn.**" in markdown


def test_json_tells_all_of_it(told):
    paper = told.get("/api/papers/2401.00002").json()

    assert paper["doi"] == "10.1103/A.1"
    assert paper["dois"] == ["10.1103/A.1", "10.1175/1<2>3"]
    assert paper["report_no"] == "LAB-07-1"
    assert paper["license"].startswith("http://creativecommons.org/")
    assert paper["submitter"] == "Ada Lovelace"
    assert paper["withdrawn"] is False
    assert told.get("/api/papers/2401.00001").json()["withdrawn"] is True


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ("q=heat", ["2401.00002", "2401.00001"]),
        ("q=heat&withdrawn=", ["2401.00002", "2401.00001"]),
        ("q=heat&withdrawn=no", ["2401.00002"]),
        ("q=heat&withdrawn=only", ["2401.00001"]),
        ("withdrawn=only", ["2401.00001"]),
        ("q=rn:LAB-07-1", ["2401.00002"]),
        ('q=jr:"Phys. Rev. D"', ["2401.00002"]),
    ],
)
def test_the_api_filters_and_finds_them(told, params, found):
    answer = told.get(f"/api/search?{params}").json()

    assert [paper["id"] for paper in answer["data"]] == found


def test_another_value_of_the_filter_is_refused(told):
    assert told.get("/api/search?q=heat&withdrawn=maybe").status_code == 400


def test_a_chip_names_the_filter_and_takes_it_away(told):
    page = Markup(told.get("/search?q=heat&withdrawn=no").text)
    chip = page.all("a", class_="chip")[0]

    assert "Withdrawn papers" in chip.text
    assert "withdrawn" not in chip["href"]


@pytest.mark.parametrize("wanted", ["bibtex", "biblatex", "ris", "csl", "markdown"])
def test_exports_say_that_a_paper_is_withdrawn(told, wanted):
    text = told.get(f"/api/export?ids=2401.00001&format={wanted}").text
    other = told.get(f"/api/export?ids=2401.00002&format={wanted}").text

    assert "Withdrawn" in text
    assert "Withdrawn" not in other


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("", {"2401.00001", "2401.00002"}),
        ("&withdrawn=", {"2401.00001", "2401.00002"}),
        ("&withdrawn=no", {"2401.00002"}),
        ("&withdrawn=only", {"2401.00001"}),
    ],
)
def test_a_listing_leaves_withdrawn_papers_out_or_lists_only_them(told, asked, ids):
    code = told.get("/api/papers/2401.00001").json()["categories"][0]
    span = told.get("/api/papers/2401.00001").json()["submitted"][:7]
    answer = told.get(f"/api/listings/{code}?date={span}{asked}").json()
    page = Markup(told.get(f"/arxiv/{code}?date={span}{asked}").text)

    assert {paper["id"] for paper in answer["data"]} == ids
    assert {card["id"] for card in page.all("div", class_="paper")} == ids


def test_a_listing_keeps_its_filter_and_can_drop_it(told):
    code = told.get("/api/papers/2401.00001").json()["categories"][0]
    page = Markup(told.get(f"/arxiv/{code}?withdrawn=only").text)

    assert any("withdrawn=only" in a["href"] for a in page.all("a"))
    assert [chip["href"] for chip in page.all("a", class_="chip")] == [f"/arxiv/{code}"]
    assert told.get(f"/api/listings/{code}?withdrawn=maybe").status_code == 400


def test_a_withdrawn_paper_is_related_last(connect, record, tmp_path):
    records = [
        record(f"2402.0000{n}", title=f"Heat in Lattices {n}", abstract=f"Heat moves {n}.")
        for n in range(1, 6)
    ]
    records[1] |= {"abstract": "Heat moves 3.", "comments": "Withdrawn by the authors"}
    path = tmp_path / "dump.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in records))
    with Dump.open(path) as dump:
        rebuild(dump, tmp_path / "data", watch=lambda *_: None)
    found = connect(tmp_path / "data").get("/api/papers/2402.00003/related").json()

    assert [one["id"] for one in found["data"]][-1] == "2402.00002"

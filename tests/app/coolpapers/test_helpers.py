"""How Cool Papers' own helpers read our pages, by the rules of their sources."""

import re
from datetime import date, datetime

import pytest

from tests.app.markup import Markup, within

LISTS = [
    "/arxiv/cs.LG",
    "/arxiv/cs.LG?lang=zh",
    "/search?q=lattice",
    "/arxiv/1706.03762,hep-th/9711200",
    "/related?like=1706.03762",
]
STAMP = re.compile(r"(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})(?: UTC)?")


@pytest.fixture(params=LISTS)
def page(client, request):
    response = client.get(request.param)
    assert response.status_code == 200
    return Markup(response.text)


def test_the_zotero_translator_saves_every_paper_whole(page, client):
    listed = [
        p
        for items in page.all("div", class_="items")
        for p in within(page, items, "p")
        if p.parent is items and "display: none" not in (p["style"] or "")
    ]
    chosen = {within(page, p, class_="i-title")[0]["href"]: p.text for p in listed}
    assert len(chosen) == len(page.all("div", class_="paper")) > 0
    assert page.one("body")["id"] == "arxiv"  # a preprint
    for address, title in chosen.items():
        paper = page.one(id=address[1:])
        link = within(page, paper, class_="title-link")[0]
        assert link["href"].startswith(f"/paper/{address[1:]}")
        record = client.get(f"/api/papers/{address[1:]}").json()
        assert title == record["title"]
        assert link.text == title or "$" in title
        names = [one.text for one in within(page, paper, class_="author")]
        assert names == [author["name"] for author in record["authors"]]
        summary = within(page, paper, "p", class_="summary")[0].text
        assert bool(summary) == bool(record["abstract"])
        pdf = within(page, paper, class_="title-pdf")[0]["data"]
        assert pdf.startswith("https://arxiv.org/pdf/")
        dated = within(page, paper, "span", class_="date-data")[0].text
        assert STAMP.fullmatch(dated)[1][:10] == record["submitted"]
        if record["categories"]:
            subjects = within(page, paper, "p", class_="subjects")[0]
            first = within(page, subjects, "a")[0]["href"]
            code = first.split("/")[-1].partition("?")[0]
            assert code == record["categories"][0]


def test_rsshub_reads_every_entry(page):
    assert page.all("title")[0].text
    assert page.one("meta", name="description")["content"]
    for paper in page.all("div", class_="paper"):
        (dated,) = within(page, paper, "p", class_="date")
        assert datetime.fromisoformat(f"{STAMP.search(dated.text)[1]}+00:00")
        assert paper["id"]
        assert within(page, paper, "a", class_="title-link")[0].text
        assert within(page, paper, "p", class_="summary")


def test_better_papers_cool_reads_a_date_in_every_language(page):
    for paper in page.all(class_="panel"):
        if "paper" in paper["class"].split():
            text = within(page, paper, class_="date-data")[0].text
            assert date.fromisoformat(text[:10])


def test_a_listing_describes_itself(client):
    page = Markup(client.get("/arxiv/cs.LG").text)
    assert page.one("meta", name="description")["content"].endswith("2 papers")


def test_the_redirector_arrives(client):
    assert client.get("/arxiv/1706.03762,hep-th/9711200").status_code == 200
    response = client.get("/arxiv/search?highlight=1&query=lattice")
    assert response.headers["location"] == "/search?q=lattice"


def test_a_star_is_counted_once_and_can_be_taken_back(connect, build, record):
    client = connect(build([record()]))

    def star(delta, **headers):
        address = f"/arxiv/star?key=anything&paper=2401.00001v1&delta={delta}"
        return client.post(address, headers=headers)

    assert star(1).text == "1"
    assert star(1).text == "1"
    assert star(-1).text == "0"
    assert star(1, Origin="http://testserver").text == "1"
    for origin in ("https://evil.example", "null"):
        assert star(-1, Origin=origin).status_code == 403
    assert star(2).status_code == 400
    assert client.post("/arxiv/star?paper=x").status_code == 404
    assert client.post("/arxiv/star").status_code == 400

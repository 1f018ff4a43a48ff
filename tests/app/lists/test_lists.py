"""Every list in every format: by suffix or `format=`, whole, with a cap that is said."""

import json

import pytest
from pybtex.database import parse_string

from app.exports.formats import Format
from app.exports.parts import PART
from app.lists.kinds import SUFFIXES, Kind
from index.search.finder import Finder
from tests.app.conftest import CROWD

LISTS = [
    ("/search", "q=lattice"),
    ("/search", "cat=cs&sort=newest"),
    ("/arxiv/cs.LG", ""),
    ("/arxiv/cs", "date=2024-03"),
    ("/arxiv/1706.03762,hep-th/9711200", ""),
    ("/related", "like=1706.03762"),
    ("/paper/hep-th/9711200", ""),
]
FILES = [kind for kind in Kind if kind is not Kind.ATOM]


def read(response, kind):
    """Return the ids or, where a format has none, the entries of a file."""
    text = response.text
    match kind:
        case Kind.JSON:
            return [paper["id"] for paper in response.json()["data"]]
        case Kind.JSONL:
            return [json.loads(line)["id"] for line in text.splitlines()]
        case Kind.CSL:
            return [item["id"].removeprefix("arXiv:") for item in response.json()]
        case Kind.BIBTEX | Kind.BIBLATEX:
            entries = parse_string(text, "bibtex").entries.values()
            return [entry.fields["eprint"] for entry in entries]
        case Kind.RIS:
            return [line for line in text.splitlines() if line.startswith("TY  - ")]
        case Kind.MARKDOWN:
            return [
                line for line in text.splitlines() if line[:1].isdigit() and ". " in line
            ]


@pytest.mark.parametrize(("path", "query"), LISTS)
@pytest.mark.parametrize("suffix", [s for s in SUFFIXES if s != "atom"])
def test_every_list_has_every_suffix(client, path, query, suffix):
    response = client.get(f"{path}.{suffix}?{query}")
    assert response.status_code == 200, response.text
    kind = SUFFIXES[suffix]
    if path.startswith("/paper") and kind is Kind.MARKDOWN:
        assert response.text.startswith("# The Large N Limit")
        return
    assert len(read(response, kind)) >= 1


@pytest.mark.parametrize(("path", "query"), LISTS[:-1])
def test_all_formats_hold_the_same_papers_in_the_order_of_the_page(client, path, query):
    ids = read(client.get(f"{path}.json?{query}"), Kind.JSON)
    for kind in FILES:
        response = client.get(f"{path}?{query}&format={kind.value}")
        assert response.status_code == 200
        found = read(response, kind)
        assert len(found) == len(ids)
        if kind not in {Kind.RIS, Kind.MARKDOWN}:
            assert found == ids
        assert int(response.headers["x-papers"]) == len(ids)


@pytest.mark.parametrize(("path", "query"), LISTS[:-1])
def test_atom_is_the_feed(client, path, query):
    if "," in path:
        return
    response = client.get(f"{path}.atom?{query}")
    assert response.status_code == 307
    feed = client.get(response.headers["location"])
    assert feed.headers["content-type"].startswith("application/atom+xml")


def test_pages_are_pages_where_no_format_is_asked_for(client):
    for path, query in LISTS:
        response = client.get(f"{path}?{query}&reformat=json")
        assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "address", ["/search", "/related", "/arxiv/cs.LG", "/paper/1706.03762"]
)
def test_an_unknown_format_is_refused_with_those_there_are(client, address):
    response = client.get(f"{address}?format=pdf&q=a&like=1706.03762")
    assert response.status_code == 400
    assert "jsonl" in response.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search.json", 400),
        ("/related.json", 400),
        ("/related.json?like=2401.99999", 404),
        ("/arxiv/nothing.md", 404),
        ("/arxiv/.json", 400),
        ("/arxiv/,.bib", 400),
        ("/paper/nonsense.json", 404),
        ("/paper/2401.99999.bib", 404),
        ("/paper/1706.03762.atom", 400),
        ("/arxiv/1706.03762,hep-th/9711200.atom", 400),
        ("/arxiv/1706.03762.atom?format=x", 400),
        ("/search.md?q=a&limit=0", 400),
        ("/search.md?q=a&limit=5001", 400),
        ("/search.md?q=a&limit=x", 400),
        ("/search.md?q=a&year=x", 400),
        ("/search.pdf?q=a", 404),
    ],
)
def test_what_cannot_be_answered_is_told_before_the_file_begins(client, address, status):
    assert client.get(address).status_code == status


def test_a_long_list_comes_whole_in_parts(crowded):
    assert CROWD < PART
    whole = crowded.get("/search.jsonl?q=common")
    ids = read(whole, Kind.JSONL)
    assert len(ids) == len(set(ids)) == CROWD
    assert whole.headers["x-total-count"] == str(CROWD)
    newest = read(crowded.get("/search.jsonl?q=common&sort=newest"), Kind.JSONL)
    assert sorted(newest) == sorted(ids)


def test_parts_join_without_a_seam(crowded, monkeypatch):
    search = "/search?q=common&sort=newest&format="
    files = {kind: crowded.get(f"{search}{kind.value}").content for kind in FILES}
    for module in ("lists.sources", "lists.page", "exports.parts"):
        monkeypatch.setattr(f"app.{module}.PART", 10)
    whole = crowded.get("/search.jsonl?q=common")
    for kind in FILES:
        assert crowded.get(f"{search}{kind.value}").content == files[kind]
        listed = crowded.get(f"{search}{kind.value}&limit=25")
        assert len(read(crowded.get(f"{search}{kind.value}"), kind)) == CROWD
        assert len(read(listed, kind)) == 25
        if kind.value in [*Format]:
            body = {"ids": read(whole, Kind.JSONL)[:25], "format": kind.value}
            exported = crowded.post("/api/export", json=body)
            assert len(read(exported, kind)) == 25
    markdown = crowded.get("/search.md?q=common").text
    assert f"\n{CROWD}. [" in markdown
    assert markdown.startswith(f"# Search: common\n\n{CROWD} papers\n\n1. [")


def test_the_headers_of_a_long_list_need_its_first_part_alone(crowded, monkeypatch):
    for module in ("lists.sources", "lists.page", "exports.parts"):
        monkeypatch.setattr(f"app.{module}.PART", 10)
    found = []
    find = Finder.find

    def count(finder, *asked):
        found.append(asked)
        return find(finder, *asked)

    monkeypatch.setattr(Finder, "find", count)
    told = crowded.head("/search.jsonl?q=common")
    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["x-total-count"] == str(CROWD)
    assert len(found) == 1
    assert len(read(crowded.get("/search.jsonl?q=common"), Kind.JSONL)) == CROWD
    assert len(found) > 10


def test_a_cut_list_says_how_much_there_is(crowded):
    response = crowded.get("/search.md?q=common&limit=3")
    assert f"3 of {CROWD} papers" in response.text
    assert response.headers["x-papers"] == "3"
    answer = crowded.get("/search.json?q=common&limit=3").json()
    assert (answer["total"], answer["most"], len(answer["data"])) == (CROWD, 5_000, 3)


def test_a_file_begins_where_its_page_does(crowded):
    whole = read(crowded.get("/search.jsonl?q=common&sort=newest"), Kind.JSONL)
    later = crowded.get("/search.json?q=common&sort=newest&page=2").json()
    assert [paper["id"] for paper in later["data"]] == whole[20:]
    assert later["total"] == CROWD
    response = crowded.get("/search.json?q=common&page=400")
    assert (response.json()["data"], response.headers["x-papers"]) == ([], "0")


def test_pages_of_other_sites_may_read_how_much_there_is(client):
    asked = {"Origin": "https://elsewhere.example"}
    exposed = client.get("/search.bib?q=lattice", headers=asked).headers
    assert "X-Total-Count" in exposed["access-control-expose-headers"]


def test_an_empty_list_is_a_whole_file(client):
    assert client.get("/search.json?q=zzzzqq").json()["data"] == []
    assert client.get("/search.csl.json?q=zzzzqq").json() == []
    assert client.get("/search.bib?q=zzzzqq").text == ""
    assert "0 papers" in client.get("/arxiv/econ.TH.md").text


def test_a_paper_names_its_markdown(client):
    from tests.app.markup import Markup

    page = Markup(client.get("/paper/hep-th/9711200").text)
    link = page.one("link", rel="alternate", type="text/markdown")
    assert client.get(link["href"]).text.startswith("# The Large N Limit")


@pytest.mark.parametrize(
    "limit",
    [
        "0000000010" + "0" * 5_000,
        "000000001" + "0" * 5_000,
        "0" * 9 + "1" * 18,
        "٣",
        "1e3",
        "",
    ],
    ids=range(6),
)
def test_a_forged_number_of_papers_is_refused(client, limit):
    for address in (
        "/search.json?q=lattice",
        "/related.json?like=1706.03762",
        "/arxiv/cs.json?",
    ):
        response = client.get(f"{address}&limit={limit}")
        assert response.status_code == 400
        assert "give 1 to 5,000" in response.text

"""unAPI answers for every paper in every format, cheaply, and refuses in plain words."""

from functools import partial
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.exports.formats import Format, export
from app.main import create_app
from app.settings import Settings
from app.zotero.rdf import write_rdf
from app.zotero.unapi import FORMATS
from tests.app.zotero.reading import choose_format
from tests.app.zotero.records import IDS

PAPER = "hep-th/9711200"


def list_formats(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/xml"
    assert response.headers["cache-control"] == "max-age=86400"
    root = ET.fromstring(response.text)  # noqa: S314  our own
    assert root.tag == "formats"
    return root.get("id"), [(one.get("name"), one.get("type")) for one in root]


def test_formats_are_listed_for_all_papers_and_for_one(client):
    named, formats = list_formats(client, "/unapi")
    assert named is None
    assert list_formats(client, "/unapi?id=") == (None, formats)
    assert list_formats(client, f"/unapi?id={PAPER}v2") == (PAPER, formats)
    assert [name for name, _ in formats] == list(FORMATS)
    assert dict(formats)["rdf_zotero"] == "application/rdf+xml"


def test_of_the_formats_zotero_chooses_the_one_that_says_most(client):
    text = client.get("/unapi").text
    assert choose_format(text) == "rdf_zotero"
    assert choose_format(text.replace("rdf_zotero", "x")) == "ris"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("paper_id", IDS)
def test_every_paper_comes_in_every_format_as_exports_have_it(
    odd, odd_papers, paper_id, name
):
    paper = odd_papers[IDS.index(paper_id)]
    response = odd.get(f"/unapi?id={paper_id}&format={name}")
    assert response.status_code == 200
    assert response.headers["content-type"] == FORMATS[name]
    is_rdf = name == "rdf_zotero"
    expected = write_rdf(paper) if is_rdf else export([paper], Format(name)).encode()
    assert response.content == expected


@pytest.mark.parametrize(
    "written", ["1706.03762", "arXiv:1706.03762v5", "https://arxiv.org/abs/1706.03762"]
)
def test_an_id_may_have_any_form(client, written):
    answer = client.get("/unapi", params={"id": written, "format": "bibtex"})
    assert "eprint = {1706.03762}" in answer.text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("id=2401.99999&format=ris", 404, "2401.99999"),
        ("id=2401.99999", 404, "2401.99999"),
        ("id=nonsense&format=ris", 404, "'nonsense' is not an arXiv id"),
        ("id=1706.03762&format=mods", 406, "'mods' is no format; there are rdf_zotero"),
        ("id=1706.03762&format=RIS", 406, "'RIS' is no format"),
        ("format=ris", 400, "no paper is named; give an arXiv id"),
        (f"id={'1' * 301}", 400, "id: write at most 300 characters"),
        (f"id=1706.03762&format={'x' * 41}", 400, "at most 40 characters"),
    ],
)
def test_what_cannot_be_answered_is_said_in_plain_text(client, query, status, said):
    response = client.get(f"/unapi?{query}")
    assert response.status_code == status
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert said in response.text
    assert response.text.count("\n") == 1


def test_other_methods_and_an_empty_service_are_refused_in_plain_text(client, empty):
    refused = client.post("/unapi?id=1706.03762")
    assert (refused.status_code, refused.text) == (405, "Method Not Allowed\n")
    nothing = empty.get("/unapi?id=1706.03762&format=ris")
    assert nothing.status_code == 503
    assert nothing.text.startswith("nothing has been indexed yet")


@pytest.mark.parametrize("address", [f"/unapi?id={PAPER}&format=ris", f"/bibtex/{PAPER}"])
def test_a_client_that_has_a_paper_gets_it_again_without_a_body(client, address):
    first = client.get(address)
    headers = {"If-None-Match": first.headers["etag"]}
    again = client.get(address, headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{address}&x=1", headers=headers).status_code in (200, 404)
    assert client.head(address).status_code == 200


def test_a_list_is_saved_without_asking_the_engine(data, library):
    app = create_app(Settings(data_dir=data))
    with TestClient(app, client=("127.0.0.1", 50_000)) as client:

        def count_steps():
            lines = client.get("/metrics").text.splitlines()
            return [one for one in lines if one.startswith("winnow_engine_step_seconds_c")]

        client.get("/search?q=lattice")
        before = count_steps()
        assert before
        for paper in library.catalog.by_keys(range(1, library.manifest.papers + 1)):
            address = f"/unapi?id={paper.id}&format=rdf_zotero"
            assert client.get(address).status_code == 200
        assert count_steps() == before


def test_userscripts_get_bibtex_at_arxivs_address(client):
    response = client.get(f"/bibtex/{PAPER}")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text == client.get(f"/api/export?ids={PAPER}").text
    assert client.get("/bibtex/arXiv:1706.03762v1").text.startswith("@misc{vaswani2017")
    for missing in ("2401.99999", "nonsense", ""):
        refused = client.get(f"/bibtex/{missing}")
        assert refused.status_code == 404
        assert refused.headers["content-type"].startswith("text/plain")


TEXTS = st.text(max_size=60) | st.sampled_from(
    ["1706.03762", PAPER, "rdf_zotero", "\x00", "\r\n", "%ff", "../..", "1706.03762v0"]
)


@given(TEXTS, TEXTS)
@example("\ud800", "ris")
@example("1706.03762", "\ud800")
def test_anything_is_answered_or_refused(client, first, second):
    def encode(text):
        return "".join(f"%{b:02x}" for b in text.encode(errors="surrogatepass"))

    for query in (
        f"id={encode(first)}&format={encode(second)}",
        f"id={encode(first)}",
        f"{encode(first)}={encode(second)}",
    ):
        assert client.get(f"/unapi?{query}").status_code in {200, 400, 404, 406}
    fetch = partial(client.get, f"/bibtex/{encode(first)}")
    assert fetch().status_code in {200, 404}

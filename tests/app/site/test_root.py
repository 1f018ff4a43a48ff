"""What a browser and a page that shares ours read: the web manifest and og: tags."""

import pytest

from tests.app.markup import Markup


def test_the_manifest_names_an_icon_that_is_there(client):
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = answer.json()
    assert client.get(manifest["start_url"]).status_code == 200
    (icon,) = manifest["icons"]
    assert client.get(icon["src"]).headers["content-type"].startswith(icon["type"])


@pytest.mark.parametrize(
    ("address", "kind"), [("/", "website"), ("/paper/1706.03762", "article")]
)
def test_a_page_says_what_a_link_to_it_shows(client, address, kind):
    page = Markup(client.get(address).text)
    told = {tag["property"]: tag["content"] for tag in page.all("meta")}
    assert told["og:type"] == kind
    assert told["og:title"] == page.one("title").text
    assert told["og:description"]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/abs/2401.00001v2", "/paper/2401.00001"),
        ("/pdf/2401.00001v2.pdf", "https://arxiv.org/pdf/2401.00001v2"),
        ("/html/hep-th/9711200", "https://arxiv.org/html/hep-th/9711200"),
        ("/list/cs.LG/new", "/arxiv/cs.LG"),
        ("/list/math", "/arxiv/math"),
    ],
)
def test_addresses_of_arxiv_lead_on(client, address, place):
    answer = client.get(address, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, place)


@pytest.mark.parametrize("address", ["/abs/x", "/pdf/evil.example", "/list/x"])
def test_what_is_none_of_them_leads_nowhere(client, address):
    assert client.get(address, follow_redirects=False).status_code in (400, 404)

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


def test_no_page_stumbles_over_a_category_that_arxiv_does_not_have(connect, build, record):
    odd = ["cs.LG and math.CO", "cs.XX", "", "stat.ML nlin.ZZ"]
    data = build(
        [record(f"2401.{n:05}", categories=codes) for n, codes in enumerate(odd, 1)]
    )
    client = connect(data)
    listed = "/arxiv/cs.LG?date=2024-01-01"
    for address in ("/", "/categories", "/latest", listed, "/search?q=abstract", "/me"):
        assert client.get(address).status_code < 400, address
    for number in range(1, 5):
        assert client.get(f"/paper/2401.{number:05}").status_code == 200
        assert client.get(f"/related?like=2401.{number:05}").status_code == 200
    assert client.get("/arxiv/cs.LG/feed").status_code == 200
    assert client.get("/api/categories").status_code == 200

"""The files that tell programs what is here: robots, sitemap, OpenSearch, llms.txt."""

import re
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from app.discovery import sitemap
from app.discovery.robots import AGENTS
from app.main import create_app
from app.settings import Settings
from tests.app.markup import Markup

PUBLIC = "https://papers.example.org"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
LINK = re.compile(r"\]\((\S+?)\)")


@pytest.fixture(scope="module")
def public(data):
    """The application with a public address."""
    app = create_app(Settings(data_dir=data, public_url=PUBLIC))
    with TestClient(app, follow_redirects=False) as client:
        yield client


def may(text, agent, path):
    """Tell whether a crawler may ask for a path (RFC 9309: the longest rule wins)."""
    groups, current, in_agents = {}, [], False
    for line in text.splitlines():
        key, _, value = (part.strip() for part in line.partition(":"))
        if key == "User-agent":
            current = current if in_agents else []
            groups[value.lower()] = current
        elif key in {"Allow", "Disallow"}:
            current.append((key == "Allow", value))
        in_agents = key == "User-agent"
    rules = groups.get(agent.lower(), groups["*"])
    matching = [
        (len(rule), allowed)
        for allowed, rule in rules
        if re.match(re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$"), path)
    ]
    return max(matching, default=(0, True))[1]


READ = [
    *("/", "/categories", "/paper/1706.03762", "/paper/hep-th/9711200", "/arxiv/cs.LG"),
    *("/arxiv/cs.LG/feed", "/atom/cs.LG", "/rss/cs.AI+cs.LG", "/search/feed?q=a"),
    *("/llms.txt", "/sitemap.xml", "/sitemap/papers-1.xml", "/api/openapi.json"),
    *("/arxiv/cs.AI+cs.LG/feed", "/paper/1706.03762.md", "/arxiv/cs.LG.md"),
    *("/related/feed?like=1706.03762", "/opensearch.xml", "/static/x/built/site.js"),
]
ENDLESS = [
    *("/search?q=a", "/search?q=a&cat=cs.LG&year=2019", "/related?like=1706.03762"),
    *("/arxiv/cs.LG?date=2019-03-01", "/arxiv/cs.LG?skip=25", "/arxiv/cs.AI+cs.LG"),
    *("/arxiv/1706.03762,1810.04805", "/arxiv/search?query=a", "/api/search?q=a", "/me"),
    *("/paper/1706.03762?lang=zh", "/api/papers/1706.03762", "/search.md?q=a"),
    *("/unapi", "/unapi?id=1706.03762&format=ris", "/bibtex/1706.03762"),
]


@pytest.mark.parametrize("path", READ)
def test_crawlers_may_read_papers_days_and_feeds(client, path):
    assert may(client.get("/robots.txt").text, "Googlebot", path)


@pytest.mark.parametrize("path", ENDLESS)
def test_crawlers_are_kept_off_endless_spaces_and_readers_agents_are_not(client, path):
    text = client.get("/robots.txt").text
    assert not may(text, "Googlebot", path)
    assert not may(text, "GPTBot", path)
    assert all(may(text, agent, path) for agent in AGENTS)


def test_robots_name_the_sitemap(public, client):
    assert f"Sitemap: {PUBLIC}/sitemap.xml\n" in public.get("/robots.txt").text
    assert "Sitemap: http://testserver/sitemap.xml\n" in client.get("/robots.txt").text


def locations(response):
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/xml"
    return [e.text for e in ET.fromstring(response.text).iter(f"{SITEMAP}loc")]  # noqa: S314


def test_the_sitemap_leads_to_every_paper_once(public, library):
    slices = locations(public.get("/sitemap.xml"))
    assert slices == [f"{PUBLIC}/sitemap/{n}.xml" for n in ("pages", "papers-1")]
    papers = locations(public.get("/sitemap/papers-1.xml"))
    assert len(papers) == len(set(papers)) == library.manifest.papers
    for url in papers:
        assert public.get(url.removeprefix(PUBLIC)).status_code == 200


def test_every_other_address_of_the_sitemap_is_there(public):
    pages = locations(public.get("/sitemap/pages.xml"))
    assert f"{PUBLIC}/arxiv/cs.LG" in pages
    for url in pages:
        assert public.get(url.removeprefix(PUBLIC)).status_code == 200


def test_three_million_papers_are_three_hundred_slices(library, client):
    class Large:
        manifest = type("Manifest", (), {"papers": 3_000_001})

    assert sitemap.count_slices(Large) == 301
    assert sitemap.count_slices(library) == 1
    for name in ("papers-2", "papers-0", "papers--1", "papers-x", "papers-9" * 9):
        assert client.get(f"/sitemap/{name}.xml").status_code in (400, 404)


def test_a_browser_learns_how_to_search_here(public):
    page = Markup(public.get("/").text)
    link = page.one("link", rel="search")
    assert link["type"] == "application/opensearchdescription+xml"
    response = public.get(link["href"])
    assert response.headers["content-type"] == link["type"]
    root = ET.fromstring(response.text)  # noqa: S314  our own
    assert len(root.findtext(f"{SEARCH}ShortName")) <= 16
    assert root.findtext(f"{SEARCH}InputEncoding") == "UTF-8"
    urls = {e.get("type"): e.get("template") for e in root.iter(f"{SEARCH}Url")}
    assert all(template.startswith(f"{PUBLIC}/") for template in urls.values())
    for kind in ("text/html", "application/atom+xml", "application/x-suggestions+json"):
        address = urls[kind].replace("{searchTerms}", "attention").removeprefix(PUBLIC)
        answer = public.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)


def test_suggestions_come_as_browsers_read_them(public):
    def suggest(q):
        response = public.get("/api/suggest/opensearch", params={"q": q})
        typed, texts, described, urls = response.json()
        assert typed == q
        assert len(texts) == len(described) == len(urls)
        return list(zip(texts, described, urls, strict=True))

    assert ("Attention Is All You Need", "Ashish Vaswani, 2017") in [
        one[:2] for one in suggest("attention is")
    ]
    for text, _, url in [*suggest("vasw"), *suggest("cs.L"), *suggest("attent")]:
        assert public.get(url.removeprefix(PUBLIC)).status_code in (200, 303)
        assert public.get("/search", params={"q": text}).status_code in (200, 303)
    assert suggest("") == suggest("zzzzqq") == []
    assert public.get("/api/suggest/opensearch").status_code == 400


def test_llms_txt_is_as_the_convention_has_it_and_its_links_work(public, library):
    response = public.get("/llms.txt")
    assert response.headers["content-type"].startswith("text/plain")
    text = response.text
    assert text.startswith("# Winnow\n\n> ")
    assert f"{library.manifest.papers:,} papers" in text
    assert "\n## Optional\n" in text
    for url in LINK.findall(text):
        path = url.removeprefix(PUBLIC)
        expected = {"/mcp": (404, 405)}.get(path, (200,))
        assert public.get(path).status_code in expected, path


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/", "/"),
        ("/?lang=zh", "/"),
        ("/paper/hep-th/9711200?lang=zh", "/paper/hep-th/9711200"),
        ("/arxiv/cs.LG?sort=0&skip=0", "/arxiv/cs.LG"),
        ("/arxiv/cs.LG?date=2024-03&include=graph", "/arxiv/cs.LG?date=2024-03"),
        ("/categories?x=1", "/categories"),
        ("/about/feeds", "/about/feeds"),
        ("/about/rendering", "/about/rendering"),
    ],
)
def test_a_page_names_its_one_address(public, address, canonical):
    page = Markup(public.get(address).text)
    assert page.one("link", rel="canonical")["href"] == f"{PUBLIC}{canonical}"


def test_without_an_index_what_needs_none_is_told(empty):
    for address in ("/robots.txt", "/opensearch.xml", "/manifest.webmanifest"):
        assert empty.get(address).status_code == 200
    for address in ("/llms.txt", "/sitemap.xml", "/sitemap/papers-1.xml"):
        assert empty.get(address).status_code == 503

"""What the HTML of every page promises: well formed, local, inert, escaped."""

import re
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from tests.app.markup import TEMPLATES, Markup

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
ADDRESSES = [
    "/",
    "/?lang=zh",
    "/search",
    "/search?q=lattice",
    "/search?q=lattice&lang=zh",
    "/search?q=zzzzzz",
    "/search?q=attention+zzzzzz",
    "/search?q=2302.07001+2302.07002",
    "/search?q=2105.04321+2105.04322+1706.99999",
    "/search?q=a&page=x",
    "/paper/1706.03762",
    "/paper/hep-th/9711200",
    "/paper/2302.07001",
    "/paper/2302.07002",
    "/paper/2010.10010",
    "/paper/2105.04321",
    "/paper/nonsense",
    "/api/docs",
    "/nowhere",
]


@pytest.fixture(params=ADDRESSES)
def page(client, request):
    """A page of the site, parsed strictly."""
    return Markup(client.get(request.param).text)


def test_a_page_is_well_formed(page):
    assert page.doctype.lower() == "doctype html"
    for tag in ("html", "head", "body", "main", "h1"):
        assert page.one(tag), tag
    assert [e.parent.tag for e in page.all("title")].count("head") == 1
    assert page.one("html")["lang"] in ("en", "zh")
    assert page.one("meta", name="viewport")


def test_an_id_is_given_once_and_every_reference_has_its_target(page):
    given = [e["id"] for e in page.elements if e["id"]]
    assert len(given) == len(set(given))
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for target in (element[name] or "").split():
                assert target in given
        if (element["href"] or "").startswith("#"):
            assert element["href"][1:] in given


def test_a_page_has_no_inline_script_or_style(page):
    for element in page.elements:
        assert not element["style"]
        assert not [name for name in element.attributes if name.startswith("on")]
        assert not (element["href"] or "").lower().startswith("javascript:")
    assert not page.all("style", "base", "iframe", "object", "embed")
    for script in page.all("script"):
        assert script["src"]
        assert not script.text


def test_nothing_is_loaded_from_elsewhere(page):
    loaded = page.all("script", "img", "source", "audio", "video", "iframe")
    named = "canonical prev next alternate manifest search unapi-server".split()
    loaded += [link for link in page.all("link") if link["rel"] not in named]
    for element in loaded:
        address = element["src"] or element["href"]
        assert urlsplit(address)[:2] == ("", "")
        assert address.startswith("/static/")


@pytest.mark.parametrize("path", ["//example.org/", "///example.org", "/%5Cexample.org"])
def test_an_address_cannot_put_a_link_to_elsewhere_into_a_page(client, path):
    page = Markup(client.get(f"http://testserver{path}").text)
    (link,) = page.all("a", hreflang="zh")
    assert re.match(r"/[^/\\]", link["href"])


def test_links_to_elsewhere_say_so_and_are_encrypted(page):
    for link in page.all("a"):
        parts = urlsplit(link["href"])
        if parts.netloc:
            assert parts.scheme == "https"
            assert parts.netloc in ("arxiv.org", "doi.org")
            assert "external" in link["rel"].split()


def test_every_field_has_a_label_and_every_button_a_name(page):
    labelled = {label["for"] for label in page.all("label") if label.text}
    for field in page.all("input"):
        assert field["type"] == "hidden" or field["id"] in labelled
    assert all(button.text for button in page.all("button"))


def test_headings_begin_with_one_h1_and_skip_no_level(page):
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("address", ["/search", "/search?sort=oldest"])
def test_a_query_is_shown_as_text(client, address):
    page = Markup(client.get(address, params={"q": HOSTILE, "lang": HOSTILE}).text)
    assert is_inert(page)
    assert page.one("input", type="search")["value"] == HOSTILE
    assert page.one("title").text == f"{HOSTILE} · Winnow"


@pytest.mark.parametrize("name", ["page", "sort", "lang", "nowhere"])
@pytest.mark.parametrize("address", ["/", "/search?q=a", "/paper/x", "/nowhere"])
def test_a_parameter_is_shown_as_text(client, address, name):
    assert is_inert(Markup(client.get(address, params={name: HOSTILE}).text))


def test_a_path_is_shown_as_text(client):
    for address in (f"/paper/{HOSTILE}", f"/{HOSTILE}"):
        assert is_inert(Markup(client.get(address).text))


def is_inert(page):
    return not page.all("img") and all(s["src"] for s in page.all("script"))


@pytest.mark.parametrize(
    "address", ["/paper/2302.07001", "/search?q=2302.07001+1706.03762"]
)
def test_what_a_dump_says_is_shown_as_text(client, address):
    page = Markup(client.get(address).text)
    assert (
        "<script>alert(1)</script> and Other Titles"
        in page.all("div", role="article")[0].text
    )
    assert "<img src=x onerror=alert(2)>" in page.all("p", class_="summary")[0].text
    assert "Anne-Marie <b>Bold</b>" in [a.text for a in page.all("a", class_="author")]
    assert not page.all("b", "img")


def test_an_author_is_quoted_for_the_query_language(client):
    page = Markup(client.get("/paper/2302.07001").text)
    link = page.all("a", class_="author")[0]
    assert link.text == "Bobby O'Tables"
    found = Markup(client.get(link["href"]).text)
    assert found.one("a", class_="title-link")["href"] == "/paper/2302.07001"


def test_json_shows_text_of_a_dump_as_it_is_and_cannot_be_taken_for_html(client):
    response = client.get("/api/papers/2302.07001")
    assert response.json()["title"].startswith("<script>alert(1)</script>")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_formulas_are_shown_as_their_tex(client):
    page = Markup(client.get("/paper/2207.11111").text)
    title = page.one("h1")
    assert title.text == r"Sparse Recovery with the \ell_1-Norm: A Survey"
    formula = next(e for e in page.all("span", class_="tex") if e.parent is title)
    assert (formula.text, formula["translate"]) == (r"\ell_1", "no")
    assert "notranslate" in formula["class"]


def test_no_template_marks_text_as_safe():
    for template in TEMPLATES.iterdir():
        assert not re.search(r"\|\s*safe\b|autoescape", template.read_text())


def test_every_notice_of_the_library_has_words():
    library = TEMPLATES.parent / "index"
    source = "".join(file.read_text() for file in library.rglob("*.py"))
    codes = set(re.findall(r'(?:notice\(|Notice\(code=)\s*"(\w+)"', source))
    template = (TEMPLATES / "_notice.html").read_text()
    assert codes == set(re.findall(r'notice\.code == "(\w+)"', template))

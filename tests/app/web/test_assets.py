"""Style sheets, scripts, fonts and pictures."""

import gzip
import re
from pathlib import Path

import anyio
import pytest

from app.web.assets import DIRECTORY, Assets, compute_digest
from tests.app.markup import Markup

PAGES = ["/", "/search", "/search?q=lattice", "/paper/1706.03762", "/api/docs", "/x"]


@pytest.fixture
def current(client):
    """The digest under which files are served for ever."""
    page = Markup(client.get("/").text)
    return page.all("link", rel="stylesheet")[0]["href"].split("/")[2]


def files_of(client, address):
    page = Markup(client.get(address).text)
    links = page.all("link", rel="stylesheet") + page.all("link", rel="icon")
    return [e["href"] for e in links] + [e["src"] for e in page.all("script", "img")]


@pytest.mark.parametrize("address", PAGES)
def test_every_file_of_a_page_is_there_and_kept_for_ever(client, address):
    files = files_of(client, address)
    assert files
    for file in files:
        response = client.get(file)
        assert response.status_code == 200, file
        assert response.headers["cache-control"] == ("public, max-age=31536000, immutable")


def test_every_file_that_a_style_sheet_names_is_there(client, current):
    named = 0
    for sheet in (*DIRECTORY.glob("css/*.css"), *DIRECTORY.glob("built/*.css")):
        for reference in re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet.read_text()):
            path = f"/static/{current}/{sheet.parent.name}/{reference}"
            assert client.get(path).status_code == 200, f"{sheet.name}: {reference}"
            named += 1
    assert named


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("css/page.css", "text/css"),
        ("built/site.css", "text/css"),
        ("built/site.js", "text/javascript"),
        ("favicon.svg", "image/svg+xml"),
        ("vendor/fonts/source-serif-4-latin-wght-normal.woff2", "font/woff2"),
    ],
)
def test_a_file_has_its_own_media_type(client, current, file, kind):
    response = client.get(f"/static/{current}/{file}")
    assert response.headers["content-type"].split(";")[0] == kind


def test_an_outdated_address_gets_the_file_of_today_and_must_ask_again(client):
    response = client.get("/static/0123456789ab/css/page.css")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-cache"


def test_a_file_that_is_not_there_is_a_404_that_is_not_kept(client, current):
    response = client.get(f"/static/{current}/css/nowhere.css")
    assert response.status_code == 404
    assert "immutable" not in response.headers.get("cache-control", "")


@pytest.mark.parametrize(
    "path",
    [
        "../app/main.py",
        "../../etc/passwd",
        "%2e%2e/app/main.py",
        "..%2fapp%2fmain.py",
        "css/..%2f..%2fapp%2fmain.py",
        "....//app/main.py",
        "..%5capp%5cmain.py",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "css%00.css",
        "",
        "css",
        "css/",
        "vendor/",
        "x" * 5_000,
    ],
)
def test_nothing_outside_the_folder_is_served(client, current, path):
    assert client.get(f"/static/{current}/{path}").status_code == 404


def test_a_file_cannot_be_changed(client, current):
    assert client.put(f"/static/{current}/css/page.css").status_code == 405


def test_a_changed_file_changes_every_address(tmp_path, monkeypatch):
    (tmp_path / "page.css").write_text("a {}")
    monkeypatch.setattr("app.web.assets.DIRECTORY", Path(tmp_path))
    before = Assets().make_url("page.css")
    assert Assets().make_url("page.css") == before
    (tmp_path / "page.css").write_text("b {}")
    compute_digest.cache_clear()  # as a service that starts anew
    assert Assets().make_url("page.css") != before


def test_a_file_is_not_sent_again_to_those_who_have_it(client, current):
    address = f"/static/{current}/css/page.css"
    tag = client.get(address).headers["etag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_a_file_is_sent_small_to_those_who_can_read_it(client, current):
    address = f"/static/{current}/css/page.css"
    small = client.get(address)
    whole = client.get(address, headers={"Accept-Encoding": "identity"})
    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in whole.headers
    assert small.content == whole.content == (DIRECTORY / "css/page.css").read_bytes()
    assert int(small.headers["content-length"]) < int(whole.headers["content-length"])
    for answer in (small, whole):
        assert "Accept-Encoding" in answer.headers["vary"]


def test_what_does_not_shrink_is_sent_as_it_is(client, current):
    name = "vendor/fonts/source-serif-4-latin-wght-normal.woff2"
    response = client.get(f"/static/{current}/{name}")
    assert "content-encoding" not in response.headers
    assert response.content == (DIRECTORY / name).read_bytes()


def test_a_head_of_a_file_has_its_length_and_no_body(client, current):
    address = f"/static/{current}/css/page.css"
    head = client.head(address)
    assert not head.content
    assert head.headers["content-length"] == client.get(address).headers["content-length"]


@pytest.mark.parametrize(
    "path",
    ["..%2fstatic%2fcss%2fpage.css", "..%2f..%2f{root}%2fstatic%2fcss%2fpage.css"],
)
def test_a_file_has_one_name_inside_the_folder(client, current, path):
    path = path.replace("{root}", DIRECTORY.parent.name)
    assert client.get(f"/static/{current}/{path}").status_code == 404


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_large_file_is_sent_in_pieces(coding):
    """Who does not read holds only what was sent."""
    sent = []

    async def keep(message):
        sent.append(message)

    headers = [(b"accept-encoding", coding.encode())]
    path = "vendor/swagger-ui/swagger-ui-bundle.js"
    scope = {"type": "http", "method": "GET", "path": f"/{path}", "headers": headers}
    anyio.run(Assets(), scope | {"root_path": "", "path_params": {}}, None, keep)
    bodies = [message["body"] for message in sent[1:]]
    whole = b"".join(bodies)
    assert max(map(len, bodies)) <= 1 << 16
    *amid, last = (message["more_body"] for message in sent[1:])
    assert all(amid)
    assert not last
    assert dict(sent[0]["headers"])[b"content-length"] == str(len(whole)).encode()
    if coding == "gzip":
        whole = gzip.decompress(whole)
    assert whole == (DIRECTORY / path).read_bytes()

"""Headers that every response carries, HEAD, CORS and compression."""

import re

import pytest

from tests.app.markup import Markup

PAGES = ["/", "/search?q=lattice", "/paper/1706.03762", "/api/docs"]
JSON = ["/api/search?q=lattice", "/api/papers/1706.03762", "/api/categories"]
ERRORS = ["/nowhere", "/paper/x", "/search?page=x", "/api/search", "/api/nowhere"]
OTHERS = [
    "/healthz",
    "/robots.txt",
    "/favicon.ico",
    "/api/openapi.json",
    "/static/any/css/page.css",
    "/static/any/nowhere.css",
    "/search?q=1706.03762",
    "/paper/1706.03762v1",
]
EVERYWHERE = [*PAGES, *JSON, *ERRORS, *OTHERS]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_response_carries_the_security_headers_once(client, address):
    headers = client.get(address).headers
    expected = {
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
    assert {name: headers[name] for name in expected} == expected
    for name in (*expected, "content-security-policy", "cross-origin-resource-policy"):
        assert len(headers.get_list(name)) == 1


@pytest.mark.parametrize("address", EVERYWHERE)
def test_the_content_policy_allows_nothing_inline_and_nobody_else(client, address):
    policy = dict(
        directive.split(" ", 1)
        for directive in client.get(address).headers["content-security-policy"].split("; ")
    )
    assert policy.pop("default-src") == "'none'"
    assert policy.pop("frame-ancestors") == "'none'"
    assert policy.pop("base-uri") == "'none'"
    if "require-trusted-types-for" in policy:
        assert policy.pop("require-trusted-types-for") == "'script'"
        assert policy.pop("trusted-types") == "default dompurify"
    else:
        assert address not in PAGES or address == "/api/docs"
    style = re.sub(" 'nonce-[A-Za-z0-9_-]{22}'$", "", policy.pop("style-src"))
    assert style == "'self'"
    assert set(policy.values()) == {"'self'"}


def test_a_page_has_a_nonce_of_its_own_that_its_script_knows(client):
    def nonce():
        response = client.get("/search?q=lattice")
        (found,) = re.findall("'nonce-(.*?)'", response.headers["content-security-policy"])
        (script,) = Markup(response.text).all("script", data_math_output="chtml")
        assert script["nonce"] == found
        return found

    assert nonce() != nonce()


def test_a_response_that_is_not_changed_carries_the_security_headers_too(client):
    tag = client.get(JSON[0]).headers["etag"]
    response = client.get(JSON[0], headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert "content-security-policy" in response.headers


def test_no_response_sets_a_cookie(client):
    for address in EVERYWHERE:
        assert "set-cookie" not in client.get(address).headers


@pytest.mark.parametrize("address", EVERYWHERE)
def test_head_answers_what_get_does(client, address):
    get, head = client.get(address), client.head(address)
    assert head.status_code == get.status_code
    # took_ms has not always the same length; every response has an id of its own.
    varying = {"content-length", "date", "x-request-id"}

    def kept(response):
        headers = {k: v for k, v in response.headers.items() if k not in varying}
        policy = re.sub("'nonce-.*?'", "'nonce'", headers.pop("content-security-policy"))
        return headers | {"policy": policy}

    assert kept(head) == kept(get)


@pytest.mark.parametrize("address", [*JSON, "/api/openapi.json", "/api/nowhere"])
def test_scripts_of_other_sites_may_read_the_api(client, address):
    response = client.get(address, headers={"Origin": "https://example.org"})
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-credentials" not in response.headers


def test_scripts_of_other_sites_may_not_post(client):
    headers = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = client.options("/api/papers/batch", headers=headers)
    assert response.status_code == 400


@pytest.mark.parametrize(
    "address", ["/", "/api/search?q=lattice", "/static/x/css/page.css"]
)
def test_what_is_long_is_compressed_for_those_who_can_read_it(client, address):
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "Accept-Encoding" in plain.headers["vary"]


def test_what_is_short_is_not_compressed(client):
    response = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in response.headers

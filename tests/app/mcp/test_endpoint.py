"""The address /mcp without the SDK, and who may use it."""

import subprocess
import sys

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.contract import ErrorShape
from tests.app.mcp.wire import OLD, PRESENT, ask, make_headers, make_message

PUBLIC = "https://papers.example.org"


@pytest.fixture(params=["mcp", "mcp_types"])
def missing(request, monkeypatch):
    """One of the packages of the extra is not there."""
    monkeypatch.setitem(sys.modules, request.param, None)


@pytest.fixture(scope="module")
def public(data):
    """The application with a public address."""
    app = create_app(Settings(data_dir=data, public_url=PUBLIC))
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.mark.usefixtures("missing")
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_without_the_extra_the_address_says_what_is_missing(client, method):
    response = client.request(method, "/mcp")
    assert response.status_code == 404
    error = response.json()
    ErrorShape.model_validate(error, extra="forbid", strict=True)
    assert error["error"] == "mcp_missing"
    assert "make mcp" in error["hint"]


def test_nothing_of_the_sdk_is_imported_until_an_agent_asks():
    program = (
        "import sys; from app.main import create_app; create_app(); import app.cli.serve;"
        "print([m for m in sys.modules if m.partition('.')[0] in ('mcp', 'mcp_types')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.mcp
@pytest.mark.parametrize("version", [OLD, PRESENT])
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[", "10.0.0.7"],
)
def test_another_host_is_refused_before_anything_is_asked(client, version, host):
    response = ask(client, "tools/list", version, {"Host": host})
    assert response.status_code == 421
    assert "WINNOW_PUBLIC_URL" in response.json()["hint"]


@pytest.mark.mcp
@pytest.mark.parametrize(
    "origin",
    [
        *("https://evil.example", "null", "http://127.0.0.1.evil.example"),
        *("http://localhost.evil.example:80", "https://papers.example.org.evil", "file://"),
    ],
)
def test_a_page_of_another_site_is_refused(public, origin):
    host = {"Host": "papers.example.org"}
    response = ask(public, "tools/list", PRESENT, host | {"Origin": origin})
    assert response.status_code == 403
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    assert public.options("/mcp", headers=asked).status_code == 400


@pytest.mark.parametrize(
    "origin", [PUBLIC, "http://localhost:6274", "http://127.0.0.1", "http://[::1]:3000"]
)
def test_a_browser_on_this_machine_or_our_own_page_may_ask(public, origin):
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,mcp-protocol-version,mcp-method",
    }
    response = public.options("/mcp", headers=asked)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == origin
    assert "mcp-method" in response.headers["access-control-allow-headers"]
    assert "POST" in response.headers["access-control-allow-methods"]


def test_other_addresses_are_open_to_reading_pages_of_any_site_as_before(public):
    origin = {"Origin": "https://elsewhere.example"}
    response = public.get("/api/search?q=lattice", headers=origin)
    assert response.headers["access-control-allow-origin"] == "*"
    asked = origin | {"Access-Control-Request-Method": "POST"}
    assert public.options("/api/export", headers=asked).status_code == 400


def test_messages_of_both_kinds_are_what_clients_send():
    assert "_meta" not in make_message(OLD, "ping", {})["params"]
    assert make_headers(PRESENT, "ping")["Mcp-Method"] == "ping"

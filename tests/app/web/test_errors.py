"""One shape for every error that a program meets, and a page for people."""

import logging

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.state.connection import StateError
from app.web.contract import ErrorShape
from app.web.errors import STATUS
from index import errors, find_live

BATCH = "/api/papers/batch"


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/api", 404, "not_found"),
        ("GET", "/api/", 404, "not_found"),
        ("GET", "/api/nowhere", 404, "not_found"),
        ("GET", "/api/papers", 404, "not_found"),
        ("GET", "/api/search/", 404, "not_found"),
        ("GET", "/api/papers/nonsense", 404, "not_an_id"),
        ("GET", "/api/papers/1706.99999", 404, "unknown_paper"),
        ("GET", "/api/papers/batch", 404, "not_an_id"),
        ("POST", "/api/search", 405, "method_not_allowed"),
        ("DELETE", "/api/papers/1706.03762", 405, "method_not_allowed"),
        ("PUT", BATCH, 405, "method_not_allowed"),
        ("POST", "/api/categories", 405, "method_not_allowed"),
        ("POST", "/api/openapi.json", 405, "method_not_allowed"),
        ("POST", "/healthz", 405, "method_not_allowed"),
        ("GET", "/api/search", 400, "invalid_parameter"),
        ("GET", "/api/search?q=a&x=1", 400, "unknown_parameter"),
        ("POST", BATCH, 400, "invalid_json"),
    ],
)
def test_every_error_of_the_api_has_one_shape(client, method, address, status, code):
    response = client.request(method, address)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    error = response.json()
    ErrorShape.model_validate(error, extra="forbid", strict=True)
    assert list(error) == ["error", "message", "param", "hint"]
    assert error["error"] == code
    assert error["message"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("limit=x", "limit: write a whole number"),
        ("limit=1.5", "limit: write a whole number"),
        ("limit=1_0", "limit: write a whole number"),
        (f"limit={'9' * 5_000}", "limit: the number is too long"),
        ("limit=0", "limit: write 1 or more"),
        ("limit=999", "limit: write 200 or less"),
        ("explain=perhaps", "explain: write true or false"),
        (f"author={'x' * 201}", "author: write at most 200 characters"),
        ("sort=best", "sort: write 'relevance', 'newest' or 'oldest'"),
    ],
)
def test_a_value_that_cannot_be_used_is_answered_with_what_to_write(client, query, words):
    response = client.get(f"/api/search?q=a&{query}")
    assert response.status_code == 400
    assert response.json()["message"] == words


def test_an_address_that_the_api_does_not_have_is_told_where_it_is_described(client):
    hint = client.get("/api/nowhere").json()["hint"]
    assert "/api/docs" in hint
    assert client.get("/api/docs").status_code == 200


def test_a_method_that_is_not_allowed_names_those_that_are(client):
    assert client.post("/api/search").headers["allow"] == "GET, HEAD"
    assert client.delete("/api/export").headers["allow"] == "GET, HEAD, POST"
    assert client.put(BATCH).headers["allow"] == "POST"
    assert client.get("/api/keywords").headers["allow"] == "POST"


def test_every_library_error_that_a_visitor_can_meet_has_a_status():
    of_builds = {errors.BadDump, errors.Busy, errors.BuildFailed, errors.HarvestFailed}
    met = set(errors.LibraryError.__subclasses__()) - of_builds
    assert set(STATUS) == met | {StateError}


def test_a_broken_snapshot_is_a_503_that_says_what_to_do(connect, build, record):
    data = build([record()])
    (find_live(data) / "catalog.db").unlink()
    client = connect(data)
    response = client.get("/api/search?q=a")
    assert response.status_code == 503
    assert response.json()["error"] == "broken_snapshot"
    assert "winnow rebuild" in response.json()["message"]
    assert client.get("/").status_code == 503


@pytest.fixture
def failing(data):
    """An application with routes that fail in a way nobody foresaw."""
    app = create_app(Settings(data_dir=data))

    @app.get("/api/fail")
    @app.get("/fail")
    def fail():
        raise RuntimeError("a secret of the machine")

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_an_unforeseen_error_tells_programs_nothing_of_the_inside(failing, caplog):
    with caplog.at_level(logging.ERROR):
        response = failing.get("/api/fail")
    assert response.status_code == 500
    assert response.json()["error"] == "internal_error"
    assert "secret" not in response.text
    assert "secret" in caplog.text


def test_an_unforeseen_error_gives_people_a_page(failing):
    response = failing.get("/fail")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
    assert "secret" not in response.text


def test_an_unforeseen_error_carries_the_security_headers_too(failing):
    for address in ("/fail", "/api/fail"):
        headers = failing.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("lead", ["en", "zh"])
def test_what_is_broken_here_shows_no_path_to_a_visitor(
    connect, build, record, caplog, lead
):
    data = build([record()])
    (find_live(data) / "catalog.db").unlink()
    client = connect(data)
    addresses = ("/", "/search?q=a", "/api/search?q=a", "/api/papers/2401.00001", "/readyz")
    for address in addresses:
        response = client.get(address, headers={"Accept-Language": lead})
        assert response.status_code == 503
        assert str(data) not in response.text
        assert "catalog" not in response.text
    assert str(find_live(data) / "catalog.db") in caplog.text


def test_a_directory_without_a_snapshot_is_not_named_to_visitors(empty):
    for address in ("/", "/api/search?q=a", "/healthz"):
        text = empty.get(address).text
        assert "empty" not in text
        assert ("winnow rebuild" in text) == (address != "/")  # of no use to readers


def test_an_error_that_visitors_should_not_meet_tells_them_nothing(data, caplog):
    app = create_app(Settings(data_dir=data))

    @app.get("/api/busy")
    def busy():
        raise errors.Busy("another build is running in /srv/secret")

    with TestClient(app) as client:
        response = client.get("/api/busy")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "secret" in caplog.text

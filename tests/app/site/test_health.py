"""Whether the service is alive, and whether it is ready to answer."""

import gc
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.site.health import HealthAnswer
from app.web.contract import ErrorShape
from index import find_live, prune
from tests.app.service import eventually
from tests.building import build_data

CHECKS = ("/healthz", "/readyz")
MAPS = Path("/proc/self/maps")
FILES = ("/static/x/css/page.css", "/static/x/favicon.svg")


def spoil(path, place=-1):
    """Change one byte of a file."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def ill(response):
    """Return the code and the message of a refusal."""
    assert response.status_code == 503
    assert response.headers["cache-control"] == "no-store"
    answer = response.json()
    ErrorShape.model_validate(answer, extra="forbid", strict=True)
    return answer["error"], answer["message"]


@pytest.mark.parametrize("address", CHECKS)
def test_a_healthy_service_names_its_snapshot(client, data, address):
    response = client.get(address)
    assert response.status_code == 200
    answer = response.json()
    HealthAnswer.model_validate(answer, extra="forbid")
    assert answer == {"status": "ok", "snapshot": find_live(data).name, "papers": 26}


@pytest.mark.parametrize("address", CHECKS)
def test_a_check_is_never_answered_from_a_cache(client, address):
    assert client.get(address).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("address", CHECKS)
def test_without_a_snapshot_the_service_is_ill_and_says_why(empty, address):
    code, message = ill(empty.get(address))
    assert code == "no_snapshot"
    assert "winnow rebuild" in message


@pytest.mark.parametrize("address", CHECKS)
def test_a_snapshot_without_a_single_category_is_healthy(connect, build, record, address):
    client = connect(build([record(categories=None)]))
    assert client.get(address).json()["papers"] == 1


def test_vectors_are_asked_too(connect, topical_data):
    client = connect(topical_data)
    assert client.get("/readyz").status_code == 200


def test_an_index_that_finds_too_little_is_alive_but_not_ready(connect, build, record):
    data = build([record()])
    manifest = find_live(data) / "manifest.json"
    text = manifest.read_text().replace('"cs.LG": 1', '"cs.LG": 2')
    manifest.write_text(text)
    client = connect(data)
    assert client.get("/healthz").status_code == 200
    assert ill(client.get("/readyz"))[0] == "wrong_answer"


@pytest.mark.parametrize("name", ["catalog.db", "words.txt", "fulltext/meta.json"])
def test_a_file_truncated_while_serving_is_noticed(connect, build, record, name, caplog):
    data = build([record()])
    client = connect(data)
    path = find_live(data) / name
    path.write_bytes(path.read_bytes()[:-1])
    with caplog.at_level(logging.ERROR):
        code, message = ill(client.get("/readyz"))
    assert code == "broken_snapshot"
    assert str(data) not in message
    assert str(path) in caplog.text
    assert client.get("/healthz").status_code == 200


def test_a_state_that_cannot_be_used_is_noticed(build, record):
    data = build([record()])
    (data / "state.db").write_bytes(b"this is no database, but a text of some length")
    with TestClient(create_app(Settings(data_dir=data))) as client:
        code, message = ill(client.get("/readyz"))
        assert client.get("/healthz").status_code == 200
    assert code == "state_unavailable"
    assert "database" not in message


def test_checks_and_files_do_not_wait_for_the_threads_of_requests(data, monkeypatch):
    monkeypatch.setattr("app.web.limits.WORKING", 1)
    monkeypatch.setattr("app.web.limits.MOST", 1)
    app, busy, over = (
        create_app(Settings(data_dir=data)),
        threading.Event(),
        threading.Event(),
    )

    @app.get("/api/block")
    def block():
        busy.set()
        over.wait(60)

    with TestClient(app) as client, ThreadPoolExecutor(1) as others:
        asked = others.submit(client.get, "/api/block")
        assert busy.wait(60)
        try:
            answers = [client.get(address) for address in (*CHECKS, *FILES)]
            assert {answer.status_code for answer in answers} == {200}
            assert client.get("/metrics").status_code == 403  # refused, but answered
            assert not asked.done()
        finally:
            over.set()
        assert asked.result().status_code == 200


ASKED = (
    "/",
    "/search?q=common&facets=1",
    "/search?q=paper",
    "/api/search?q=paper&facets=1&explain=1",
    "/search.json?q=paper",
    "/paper/2401.00001",
    "/arxiv/cs.LG",
    "/arxiv/cs.LG?date=2024-01-02&primary=own",
    "/arxiv/cs.LG?date=2024-01-02&kind=replaced",
    "/arxiv/cs.LG?date=2024-01-02&order=preference&keywords=paper&like=2401.00001",
    "/related?like=2401.00001",
    "/api/suggest?q=co",
    "/api/changes",
    "/api/query?search_query=all:paper",
    "/arxiv/cs.LG/feed",
    "/latest",
    "/categories",
    "/me",
)


@pytest.fixture
def uncollected():
    """No cycles are looked for; those there were before are gone."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def asked_for_all(connect, record, tmp_path):
    """A client that has asked for all there is, its data directory, its snapshot's name."""
    records = [record("2401.00001"), record("2401.00002")]
    data = build_data(records, tmp_path, encoder="shipped")
    client, old = connect(data), find_live(data).name
    for address in CHECKS:
        assert client.get(address).json()["snapshot"] == old
    for address in ASKED:
        assert client.get(address).status_code in {200, 303}, address
    text = {"text": "The titles of papers about common things."}
    assert client.post("/api/keywords", json=text).status_code == 200
    return client, data, old


@pytest.mark.skipif(not MAPS.exists(), reason="there is no list of mapped files")
@pytest.mark.usefixtures("uncollected")
def test_a_snapshot_that_was_replaced_takes_no_memory(asked_for_all, build, record):
    """Without a search of all objects, which stops a worker: nothing refers to itself."""
    client, data, old = asked_for_all
    assert old in MAPS.read_text()
    build([record()], data)
    for address in (*CHECKS, "/"):
        assert client.get(address).status_code == 200
    assert eventually(lambda: old not in MAPS.read_text())


def test_nothing_holds_a_snapshot_that_was_replaced(
    asked_for_all, build, record, monkeypatch
):
    monkeypatch.setattr("index.snapshots.shelf._RELEASE_S", 0.01)
    client, data, old = asked_for_all
    build([record()], data)
    for address in CHECKS:
        assert client.get(address).status_code == 200
    assert client.get("/healthz").json()["snapshot"] != old
    assert eventually(lambda: prune(data, keep=1).removed == (old,))


def test_a_snapshot_that_is_damaged_leaves_the_old_one_serving(
    connect, build, record, caplog
):
    data = build([record()])
    client, old = connect(data), find_live(data).name
    build([record()], data)
    spoil(find_live(data) / "words.txt")
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            for address in CHECKS:
                assert client.get(address).json()["snapshot"] == old
    assert caplog.text.count("keeping the old snapshot") == 1
    assert "an old one is served" in client.get("/healthz").json()["problem"]


def test_a_start_on_a_damaged_snapshot_is_told_as_while_serving(build, record):
    data = build([record()])
    old = find_live(data).name
    build([record()], data)
    spoil(find_live(data) / "words.txt")
    settings = Settings(data_dir=data, metrics_from="127.0.0.1")
    app = create_app(settings)
    with TestClient(app, client=("127.0.0.1", 50_000)) as client:
        for address in CHECKS:
            answer = client.get(address)
            assert (answer.status_code, answer.json()["snapshot"]) == (200, old)
            assert "an old one is served" in answer.json()["problem"]
            assert str(data) not in answer.text
        assert client.get("/api/search?q=paper").json()["meta"]["snapshot"] == old
        assert "winnow_snapshot_refused 1.0" in client.get("/metrics").text


@pytest.mark.parametrize(
    "error", [OSError(2, "No such file", "/home/secret"), ValueError("at /home/secret")]
)
def test_an_error_that_nobody_expected_names_no_path(
    connect, data, monkeypatch, caplog, error
):
    client = connect(data)

    def fail(_):
        raise error

    monkeypatch.setattr("app.site.prober.Database.check", fail)
    code, message = ill(client.get("/readyz"))
    assert code == "internal_error"
    assert "secret" not in message
    assert "secret" in caplog.text


def test_metrics_are_shown_while_the_state_does_not_answer(data, monkeypatch):
    app, over = (
        create_app(Settings(data_dir=data, metrics_from="0.0.0.0/0")),
        threading.Event(),
    )
    monkeypatch.setattr("app.site.prober.TIMEOUT_S", 0.1)
    monkeypatch.setattr("app.state.connection.Database.check", lambda _: over.wait(60))
    with TestClient(app, client=("127.0.0.1", 1)) as client:
        try:
            assert client.get("/readyz").json()["error"] == "not_ready"
            assert client.get("/metrics").status_code == 200
        finally:
            over.set()

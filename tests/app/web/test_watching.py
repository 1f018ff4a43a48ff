"""What an operator sees: request ids, log lines, metrics; and nothing of a reader."""

import json
import logging
import logging.config
import re

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.watch.logs import (
    MOST_TRACEBACKS,
    JsonFormatter,
    TextFormatter,
    TracebackLimit,
    make_log_config,
)
from index import BadDump, Dump, find_live, rebuild

MADE = re.compile(r"[0-9a-f]{16}")
LOCAL = ("127.0.0.1", 50_000)


@pytest.fixture(scope="module")
def local(data):
    """The application, asked from this machine."""
    app = create_app(Settings(data_dir=data))
    with TestClient(app, client=LOCAL, follow_redirects=False) as client:
        yield client


def scrape(client):
    """Return the samples of /metrics: {(name, labels): value}."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def value(samples, name, **labels):
    return samples[name, frozenset(labels.items())]


# Request ids.


def test_every_response_has_an_id_of_its_own(client):
    ids = [client.get("/healthz").headers["x-request-id"] for _ in range(3)]
    assert len(set(ids)) == 3
    assert all(MADE.fullmatch(one) for one in ids)


@pytest.mark.parametrize("brought", ["a", "7f3c-1.b_X", "x" * 64])
def test_a_sane_id_is_taken_over(client, brought):
    for address in ("/healthz", "/nowhere", "/api/search"):
        response = client.get(address, headers={"X-Request-ID": brought})
        assert response.headers.get_list("x-request-id") == [brought]


@pytest.mark.parametrize("brought", ["", "a b", "x" * 65, "é", "<script>", "a\tb", "a,b"])
def test_any_other_id_is_replaced(client, brought):
    response = client.get("/healthz", headers={"X-Request-ID": brought.encode()})
    assert MADE.fullmatch(response.headers["x-request-id"])


def test_two_ids_are_none(client):
    headers = [("X-Request-ID", "one"), ("X-Request-ID", "two")]
    response = client.get("/healthz", headers=headers)
    assert MADE.fullmatch(response.headers["x-request-id"])


# Logs.


@pytest.fixture
def failing(data):
    """An application with a route that fails, and a log of its requests."""
    app = create_app(Settings(data_dir=data, access_log=True))

    @app.get("/fail/{what}")
    def fail(what: str):  # noqa: ARG001  of its path
        raise RuntimeError("a secret of the machine")

    with TestClient(app) as client:
        yield client


def test_an_error_that_was_answered_goes_no_further(failing, caplog):
    assert failing.get("/fail/x").status_code == 500
    assert [r.name for r in caplog.records if r.exc_info] == ["app.web.errors"]


def test_an_error_names_the_route_and_not_the_address(failing, caplog):
    failing.get("/fail/unmistakable?q=unmistakable")
    assert "/fail/{what}" in caplog.text
    assert not any("unmistakable" in r.getMessage() for r in caplog.records)


def test_requests_are_logged_by_route_without_anything_of_a_reader(failing, caplog):
    with caplog.at_level(logging.INFO, logger="app.access"):
        failing.get("/search?q=unmistakable")
        failing.get("/unmistakable")
    lines = [r for r in caplog.records if r.name == "app.access"]
    assert [r.fields["route"] for r in lines] == ["/search", "none"]
    assert [r.fields["status"] for r in lines] == [200, 404]
    assert set(lines[0].fields) == {"method", "route", "status", "ms"}
    assert "unmistakable" not in caplog.text


def test_requests_are_not_logged_unless_that_is_set(client, caplog):
    with caplog.at_level(logging.INFO):
        client.get("/search?q=lattice")
    assert not [r for r in caplog.records if r.name == "app.access"]


def raised(message="no"):
    """Return a record of an error that was raised here."""
    try:
        raise ValueError(message)  # noqa: TRY301
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    return logging.LogRecord("app", logging.ERROR, "", 1, "cannot %s", ("go",), info)


def test_the_same_error_logs_few_tracebacks_and_is_counted():
    now = [0.0]
    limit = TracebackLimit(clock=lambda: now[0])

    def logged(count):
        records = [raised(str(n)) for n in range(count)]
        assert all(limit.filter(record) for record in records)
        return [TextFormatter().format(record) for record in records]

    lines = logged(MOST_TRACEBACKS + 2)
    assert sum("Traceback" in line for line in lines) == MOST_TRACEBACKS
    assert lines[-1].endswith("cannot go (ValueError, 7 times in this minute)")
    now[0] = 61.0
    assert "Traceback" in logged(1)[0]


def test_an_error_of_another_place_has_a_traceback_of_its_own():
    limit = TracebackLimit()
    for _ in range(MOST_TRACEBACKS + 1):
        limit.filter(raised())
    try:
        int("x")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    other = logging.makeLogRecord({"msg": "other", "exc_info": info})
    limit.filter(other)
    assert other.exc_info


def test_a_json_line_has_what_programs_look_for():
    record = raised()
    record.fields = {"route": "/search"}
    line = json.loads(JsonFormatter().format(record))
    assert line["message"] == "cannot go"
    assert line["level"] == "error"
    assert line["route"] == "/search"
    assert "ValueError: no" in line["traceback"]
    assert "\n" not in JsonFormatter().format(record)


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_levels_are_those_of_the_service_and_others_only_warn(level):
    config = make_log_config(level, "text")
    assert {name: one["level"] for name, one in config["loggers"].items()} == {
        "app": level.upper(),
        "index": level.upper(),
        "uvicorn": level.upper(),
    }
    assert config["root"]["level"] == ("ERROR" if level == "error" else "WARNING")


# Metrics.


def test_metrics_count_and_time_requests_by_route_and_never_by_address(local):
    before = scrape(local)
    labels = {"method": "GET", "route": "/paper/{paper_id}"}
    for paper in ("1706.03762", "hep-th/9711200"):
        local.get(f"/paper/{paper}?unmistakable=1")
    local.get("/search?q=unmistakable")
    local.get("/unmistakable")
    samples = scrape(local)
    counted = before.get(("winnow_request_seconds_count", frozenset(labels.items())), 0)
    assert value(samples, "winnow_request_seconds_count", **labels) == counted + 2
    assert value(samples, "winnow_requests_total", **labels, status="200") >= 1
    unmatched = {"method": "GET", "route": "none", "status": "404"}
    assert value(samples, "winnow_requests_total", **unmatched) >= 1
    assert "unmistakable" not in local.get("/metrics").text


def test_metrics_time_the_steps_of_the_engine(local):
    local.get("/search?q=attention")
    steps = {dict(labels).get("step") for name, labels in scrape(local) if "step" in name}
    assert "search" in steps


def test_metrics_tell_the_snapshot_and_how_it_was_built(local, data):
    samples = scrape(local)
    assert value(samples, "winnow_papers") == 26
    assert value(samples, "winnow_snapshot_refused") == 0
    assert value(samples, "winnow_snapshot_age_seconds") >= 0
    about = {"name": find_live(data).name, "command": "rebuild", "encoder": "none"}
    assert samples["winnow_snapshot_info", frozenset(about.items())] == 1
    assert value(samples, "winnow_build_stage_seconds", stage="index") > 0
    assert value(samples, "winnow_build_records", result="kept") == 26


def test_metrics_tell_how_the_last_build_ended(build, record, tmp_path):
    data = build([record()])
    with TestClient(create_app(Settings(data_dir=data)), client=LOCAL) as client:
        samples = scrape(client)
        assert value(samples, "winnow_last_build_published") == 1
        assert value(samples, "winnow_last_build_seconds") > 0
        dump = tmp_path / "empty.jsonl"
        dump.write_text("{}\n")
        with Dump.open(dump) as opened, pytest.raises(BadDump):
            rebuild(opened, data, watch=lambda *_: None)
        samples = scrape(client)
    assert value(samples, "winnow_last_build_published") == 0
    ended = value(samples, "winnow_last_build_timestamp_seconds", result="BadDump")
    assert ended > 0


def test_metrics_tell_how_many_bytes_caches_take(data):
    with TestClient(create_app(Settings(data_dir=data)), client=LOCAL) as client:
        assert value(scrape(client), "winnow_cache_bytes", cache="related") == 0
        assert client.get("/api/papers/1706.03762/related").status_code == 200
        assert value(scrape(client), "winnow_cache_bytes", cache="related") > 0


def test_metrics_tell_what_is_in_flight_and_waiting(local):
    samples = scrape(local)
    assert value(samples, "winnow_requests_in_flight") == 1  # this one
    assert value(samples, "winnow_threads_waited_for") == 0


def test_metrics_are_there_without_a_snapshot(tmp_path):
    app = create_app(Settings(data_dir=tmp_path / "data"))
    with TestClient(app, client=LOCAL) as client:
        assert value(scrape(client), "winnow_snapshot_refused") == 0


def test_metrics_tell_that_a_snapshot_was_refused(build, record):
    data = build([record()])
    with TestClient(create_app(Settings(data_dir=data)), client=LOCAL) as client:
        client.get("/healthz")
        (data / "CURRENT").write_text("20200101T000000Z\n")
        client.get("/healthz")
        assert value(scrape(client), "winnow_snapshot_refused") == 1


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("::ffff:127.0.0.1", {}, 200),
        ("192.0.2.1", {}, 403),
        ("testclient", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.1"}, 403),
        ("127.0.0.1", {"X-Forwarded-Proto": "https"}, 403),
        ("127.0.0.1", {"X-Real-IP": "127.0.0.1"}, 403),
        ("127.0.0.1", {"Via": "1.1 proxy"}, 403),
        ("127.0.0.1", {"CF-Connecting-IP": "127.0.0.1"}, 403),
        ("127.0.0.1", {"Origin": "https://elsewhere.example"}, 403),
    ],
)
def test_metrics_are_for_this_machine_alone(data, address, headers, status):
    app = create_app(Settings(data_dir=data))
    with TestClient(app, client=(address, 1)) as client:
        response = client.get("/metrics", headers=headers)
    assert response.status_code == status
    assert ("winnow_papers" in response.text) is (status == 200)


def test_metrics_are_for_whom_the_setting_names(data):
    app = create_app(Settings(data_dir=data, metrics_from="10.0.0.0/8, 2001:db8::/32"))
    for address, status in (("10.1.2.3", 200), ("2001:db8::7", 200), ("127.0.0.1", 403)):
        with TestClient(app, client=(address, 1)) as client:
            assert client.get("/metrics").status_code == status

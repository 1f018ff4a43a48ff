"""Whether the service answers."""

from app.site.health import HealthAnswer
from index import find_live


def test_a_healthy_service_names_its_snapshot(client, data):
    response = client.get("/healthz")
    assert response.status_code == 200
    answer = response.json()
    HealthAnswer.model_validate(answer, extra="forbid")
    assert answer == {"status": "ok", "snapshot": find_live(data).name, "papers": 26}


def test_a_check_is_never_answered_from_a_cache(client):
    assert client.get("/healthz").headers["cache-control"] == "no-store"


def test_without_a_snapshot_the_service_is_ill_and_says_why(empty):
    response = empty.get("/healthz")
    assert response.status_code == 503
    assert response.json()["error"] == "no_snapshot"
    assert "winnow rebuild" in response.json()["message"]


def test_a_snapshot_without_a_single_category_is_healthy(connect, build, record):
    client = connect(build([record(categories=None)]))
    assert client.get("/healthz").json()["papers"] == 1


def test_an_index_that_finds_too_little_is_ill(connect, build, record):
    data = build([record()])
    manifest = find_live(data) / "manifest.json"
    text = manifest.read_text().replace('"cs.LG": 1', '"cs.LG": 2')
    manifest.write_text(text)
    response = connect(data).get("/healthz")
    assert response.status_code == 503
    assert response.json()["error"] == "wrong_answer"

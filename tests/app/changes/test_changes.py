"""Whoever follows a library learns of each change, once."""

import json

import pytest

from app.changes import api
from index import Dump, find_live, rebuild, update
from tests.app.crowding import crowding

PAPERS = 30
LATER = [f"2402.{n:05}" for n in range(1, 11)]


@pytest.fixture(scope="module")
def updated(record, tmp_path_factory):
    """A data directory after two updates, and the names of its three snapshots."""
    directory = tmp_path_factory.mktemp("followed")
    names = []

    def build(make, records):
        file = directory / "dump.jsonl"
        file.write_text("".join(f"{json.dumps(r)}\n" for r in records))
        with Dump.open(file) as dump:
            make(dump, directory / "data", watch=lambda *_: None)
        names.append(find_live(directory / "data").name)

    build(rebuild, [record(f"2401.{n:05}") for n in range(1, PAPERS + 1)])
    changed = [record(f"2401.{n:05}", title=f"Changed {n}") for n in range(1, 21)]
    build(update, [*changed, *map(record, LATER)])
    build(update, [record("2403.00001", title="Walks", categories="math.CO")])
    return directory / "data", names


@pytest.fixture(scope="module")
def followed(connect, updated):
    """A client of that library, and the names of its three snapshots."""
    data, names = updated
    return connect(data), names


def read(client, **params):
    answer = client.get("/api/changes", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("limit", [1, 7, 2_000])
def test_a_follower_gets_each_change_once(followed, limit):
    client, names = followed
    cursor, told = names[0], []
    for _ in range(40):
        part = read(client, since=cursor, limit=limit)
        assert len(part["data"]) <= limit
        told += [(c["id"], c["kind"], c["build"]) for c in part["data"]]
        cursor = part["meta"]["cursor"]
        if part["meta"]["is_end"]:
            break
    assert cursor == names[-1]
    assert len(told) == len(set(told)) == 31
    assert told[-1] == ("2403.00001", "new", names[2])
    assert sorted({kind for _, kind, _ in told}) == ["changed", "new"]
    assert read(client, since=cursor)["data"] == []


def test_without_a_mark_all_that_is_remembered_is_told(followed):
    client, names = followed
    part = read(client)
    assert len(part["data"]) == 31
    assert part["meta"]["first"] == names[0]


def test_lines_with_papers_wait_for_a_place_as_others_do(updated, monkeypatch):
    data, names = updated
    monkeypatch.setattr("index.search.cost.budget.DEAR_MS", 0)
    asked = {"since": names[0], "format": "jsonl"}
    with crowding(data) as (client, _, over, _):
        refused = client.get("/api/changes", params={**asked, "fields": "title"})
        assert (refused.status_code, refused.json()["error"]) == (503, "busy")
        assert client.get("/api/changes", params=asked).status_code == 200
        over.set()


def test_kinds_and_fields_are_chosen(followed):
    client, names = followed
    part = read(
        client, since=names[0], kind="changed, version", fields="id,title", limit=200
    )
    assert len(part["data"]) == 20
    assert part["data"][0] == {
        "id": "2401.00001",
        "kind": "changed",
        "build": names[1],
        "paper": {"id": "2401.00001", "title": "Changed 1"},
    }
    assert part["meta"]["is_end"]


def lines_of(client, **params):
    answer = client.get("/api/changes", params={"format": "jsonl", **params})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/jsonl"
    assert answer.text.endswith("\n")
    return [json.loads(line) for line in answer.text.splitlines()]


def test_lines_come_in_slices_each_with_its_cursor(followed, monkeypatch):
    monkeypatch.setattr(api, "_SLICE", 10)
    client, names = followed
    lines = lines_of(client, since=names[0], fields="id")
    changes = [line for line in lines if "id" in line]
    marks = [line for line in lines if "cursor" in line]
    assert changes == read(client, since=names[0], fields="id")["data"]
    assert [line["is_end"] for line in marks] == [False, False, False, True]
    assert lines[-1] == {"cursor": names[-1], "is_end": True}
    cut = lines.index(marks[1])
    rest = lines_of(client, since=marks[1]["cursor"], fields="id")
    assert [r for r in rest if "id" in r] == [r for r in lines[cut:] if "id" in r]


def test_lines_end_at_their_limit(followed):
    client, names = followed
    lines = lines_of(client, since=names[0], limit=3)
    assert len(lines) == 4
    assert lines[-1] == {"cursor": f"{names[1]}.3", "is_end": False}


@pytest.mark.parametrize(
    "params",
    [
        {"since": "x"},
        {"since": "2026-13-01"},
        {"since": "20240101T000000Z.-1"},
        {"since": "9" * 41},
        {"kind": "renamed"},
        {"fields": "names"},
        {"limit": 0},
        {"limit": 2_001},
        {"limit": 201, "fields": "id"},
        {"limit": 100_001, "format": "jsonl"},
        {"limit": 10_001, "format": "jsonl", "fields": "id"},
        {"format": "xml"},
        {"after": "2024"},
    ],
)
def test_what_cannot_be_read_is_refused(followed, params):
    answer = followed[0].get("/api/changes", params=params)
    assert answer.status_code == 400
    assert answer.json()["param"] in params


@pytest.mark.parametrize("since", ["20240101T000000Z", "20990101T000000Z.5", "1999-01-01"])
@pytest.mark.parametrize(("path", "params"), [("", {}), ("/new", {"q": "paper"})])
def test_a_mark_that_is_not_known_any_more_is_gone(followed, since, path, params):
    answer = followed[0].get(f"/api/changes{path}", params={"since": since} | params)
    assert answer.status_code == 410
    assert (answer.json()["error"], answer.json()["param"]) == ("forgotten", "since")
    assert "anew" in answer.json()["hint"]


def test_a_position_that_was_never_given_is_gone(followed):
    client, names = followed
    answer = client.get("/api/changes", params={"since": f"{names[1]}.31"})
    assert answer.status_code == 410


def test_an_answer_is_not_sent_twice(followed):
    client, names = followed
    first = client.get("/api/changes", params={"since": names[0]})
    again = client.get(
        "/api/changes",
        params={"since": names[0]},
        headers={"If-None-Match": first.headers["etag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("params", "papers"),
    [
        ({"q": "paper"}, LATER),
        ({"q": "ti:walks"}, ["2403.00001"]),
        ({"cat": "math"}, ["2403.00001"]),
        (
            {"q": "(cat:cs.LG OR cat:math.CO)"},
            [*LATER, "2403.00001"],
        ),
        ({"q": "walks", "cat": "cs.LG"}, []),
        ({"q": "2403.00001"}, ["2403.00001"]),
        ({"q": "2401.00001"}, []),
        ({"q": "!!"}, []),
    ],
)
def test_papers_that_are_new_since_a_mark_are_searched(followed, params, papers):
    client, names = followed
    body = client.get("/api/changes/new", params={"since": names[0], **params}).json()
    assert (body["total"], body["data"]) == (len(papers), papers[::-1])
    assert body["meta"]["is_end"]
    late = client.get("/api/changes/new", params={"since": names[2], **params}).json()
    assert late["total"] == 0


def test_a_search_is_needed(followed):
    assert followed[0].get("/api/changes/new").json()["param"] == "q"


def test_another_library_can_follow(followed):
    client, names = followed
    held = {
        f"2401.{n:05}": {"title": f"A Paper Called 2401.{n:05}"}
        for n in range(1, PAPERS + 1)
    }
    for line in lines_of(client, since=names[0], fields="title"):
        if "id" in line:
            held[line["id"]] = line["paper"]
    assert len(held) == 41
    answer = client.post("/api/papers/batch", json={"ids": sorted(held)}).json()
    assert {p["id"]: p["title"] for p in answer["data"]} == {
        i: p["title"] for i, p in held.items()
    }


def test_there_are_no_changes_before_there_is_a_library(empty):
    assert empty.get("/api/changes").status_code == 503

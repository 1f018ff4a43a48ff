"""Searches while the encoder is missing, or is being opened: words are enough."""

import hashlib
import json
import shutil
from dataclasses import asdict
from threading import Event

import pytest
from click.testing import CliRunner
from safetensors.numpy import load_file, save

from app.cli.main import main
from index import find_live
from index.meaning.encoders import neural
from index.meaning.encoders.static import StaticEncoder
from index.snapshots.manifest import describe
from tests.app.service import eventually
from tests.broken_extra import installed

RELAXED = "entanglement photons zebra"


def name_encoder(data, **changes):
    """Change what a live snapshot's manifest says of its encoder."""
    manifest = find_live(data) / "manifest.json"
    content = json.loads(manifest.read_text())
    content["encoder"] |= changes
    manifest.write_text(json.dumps(content))


def codes(answer):
    return [notice["code"] for notice in answer["meta"]["notices"]]


@pytest.fixture
def light(monkeypatch, topical_data, tmp_path):
    """The data of a library that MiniLM encoded, where the extra is not installed."""
    monkeypatch.setattr(neural, "_MODULES", ("no_such_module",))
    data = shutil.copytree(topical_data, tmp_path / "data")
    name_encoder(data, name="minilm", model="all-MiniLM-L6-v2", version="0.1.0")
    return data


@pytest.fixture
def missing(light, connect):
    """The application with that library."""
    return connect(light)


@pytest.mark.parametrize("mode", ["", "&mode=hybrid"])
def test_without_its_encoder_a_search_is_by_words_and_says_so(missing, mode):
    answer = missing.get(f"/api/search?q={RELAXED}{mode}")

    assert answer.status_code == 200
    found = answer.json()
    assert "encoder_missing" in codes(found)
    assert found["meta"]["mode"] == "lexical"
    words = missing.get(f"/api/search?q={RELAXED}&mode=lexical").json()
    assert [hit["id"] for hit in found["data"]] == [hit["id"] for hit in words["data"]]
    page = missing.get(f"/search?q={RELAXED}{mode}")
    assert "cannot search by meaning at present" in page.text
    assert "make neural" not in page.text


def test_without_its_encoder_a_search_by_meaning_is_an_error_that_says_what_to_do(missing):
    answer = missing.get("/api/search?q=entanglement&mode=semantic")

    assert (answer.status_code, answer.json()["error"]) == (503, "encoder_missing")
    assert "mode=lexical" in answer.json()["message"]
    assert "neural" not in answer.text
    page = missing.get("/search?q=entanglement&cat=cs&mode=semantic")
    assert page.status_code == 503
    assert "neural" not in page.text
    assert "This service cannot search by meaning" in page.text
    assert 'href="/search?q=entanglement&amp;cat=cs&amp;mode=lexical"' in page.text


def test_a_refused_search_by_meaning_is_one_line_in_the_log(missing, caplog):
    caplog.clear()
    missing.get("/api/search?q=entanglement&mode=semantic")
    missing.get("/search?q=photons&mode=semantic")

    logged = [r for r in caplog.records if "make neural" in r.getMessage()]
    assert [r.levelname for r in logged] == ["WARNING", "WARNING"]
    assert [r.exc_info for r in logged] == [None, None]
    assert "Traceback" not in caplog.text


def test_without_its_encoder_related_papers_are_those_of_the_vectors(
    missing, connect, topical_data
):
    address = "/api/papers/2401.00001/related?method=vectors"
    with_encoder = connect(topical_data).get(address).json()["data"]

    assert missing.get(address).json()["data"] == with_encoder != []


def test_what_mends_it_stands_in_the_log_in_health_and_in_info(light, connect, caplog):
    client = connect(light)
    client.get("/api/search?q=entanglement&mode=semantic")
    client.get("/api/search?q=photons&mode=semantic")

    assert "make neural" in client.get("/healthz").json()["problem"]
    assert client.get("/readyz").status_code == 200
    opened = [r for r in caplog.records if r.getMessage().startswith("search by meaning")]
    assert len(opened) == 1
    assert "make neural" in opened[0].getMessage()
    shown = CliRunner().invoke(main, ["info", "--data", str(light)])
    assert "make neural" in shown.stdout


@pytest.fixture
def failing(monkeypatch, topical_data, tmp_path):
    """The data of a library of a model whose torch is there but fails."""
    data = shutil.copytree(topical_data, tmp_path / "data")
    name_encoder(data, name="/home/secret/model", model="model", version="5")
    fails = "raise OSError('/opt/secret/libcudart.so.12: cannot open shared object file')"
    code = {"torch": fails, "sentence_transformers": "import torch"}
    with installed(monkeypatch, tmp_path / "packages", **code):
        yield data


def test_an_extra_that_fails_is_as_one_that_is_missing(failing, connect, caplog):
    client = connect(failing)
    for mode in ("", "&mode=hybrid"):
        answer = client.get(f"/api/search?q={RELAXED}{mode}")
        assert answer.status_code == 200
        assert "encoder_missing" in codes(answer.json())
        assert client.get(f"/search?q={RELAXED}{mode}").status_code == 200
    refused = client.get("/api/search?q=entanglement&mode=semantic")
    assert (refused.status_code, refused.json()["error"]) == (503, "encoder_missing")
    assert "make neural" in client.get("/healthz").json()["problem"]
    assert client.get("/readyz").status_code == 200
    assert caplog.text.count("search by meaning will fail") == 1
    assert "does not import (OSError: /opt/secret/libcudart" in caplog.text


def test_an_update_without_its_encoder_is_refused_before_anything_is_read(
    light, write_dump
):
    before = find_live(light)
    dump = write_dump([b"nothing that could be read"])
    result = CliRunner().invoke(main, ["update", str(dump), "--data", str(light)])

    assert result.exit_code == 1
    assert "make neural" in result.stderr
    assert "skipped" not in result.stderr
    assert find_live(light) == before


def test_no_request_waits_while_the_encoder_is_opened(
    topical_data, tmp_path, connect, monkeypatch
):
    data = shutil.copytree(topical_data, tmp_path / "data")
    content = (find_live(data) / "encoder" / "model.safetensors").read_bytes()
    assert content
    may_open = Event()
    open_now = StaticEncoder.open.__func__

    def open_late(cls, *arguments):
        may_open.wait()
        return open_now(cls, *arguments)

    monkeypatch.setattr(StaticEncoder, "open", classmethod(open_late))
    monkeypatch.setattr("index.meaning.encoders.deferred._OPENED", {})
    monkeypatch.setattr("tests.app.conftest.is_opening", lambda _: False)
    try:
        client = connect(data)
        early = client.get(f"/api/search?q={RELAXED}")
        assert "encoder_opening" in codes(early.json())
        assert "has just started" in client.get(f"/search?q={RELAXED}").text
        refused = client.get("/api/search?q=entanglement&mode=semantic")
        assert (refused.status_code, refused.json()["error"]) == (503, "encoder_opening")
        assert refused.headers["retry-after"] == "1"
        assert "being opened" in client.get("/healthz").json()["problem"]
    finally:
        may_open.set()
    eventually(lambda: "problem" not in client.get("/healthz").json())
    tag = {"If-None-Match": early.headers["etag"]}
    late = client.get(f"/api/search?q={RELAXED}", headers=tag)
    assert late.status_code == 200
    assert "encoder_opening" not in codes(late.json())
    assert late.json()["meta"]["mode"] == "hybrid"


@pytest.mark.parametrize(
    ("changes", "helps"),
    [
        ({"name": "shipped", "sha256": "0" * 64}, "winnow rebuild DUMP"),
        ({"name": "static", "version": "2"}, "winnow rebuild DUMP"),
        ({"name": "/home/secret/model"}, "make neural"),
        ({"name": "~/secret/model"}, "make neural"),
    ],
)
def test_health_names_no_path_and_the_log_does(changes, helps, light, connect, caplog):
    name_encoder(light, **changes)
    client = connect(light)
    client.get("/api/search?q=entanglement&mode=semantic")

    for address in ("/healthz", "/readyz"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert helps in answer.json()["problem"]
        for path in (str(light), "secret", "/encoder"):
            assert path not in answer.text
    assert "secret" in caplog.text or str(find_live(light) / "encoder") in caplog.text


@pytest.fixture
def carried(topical_data, tmp_path, monkeypatch):
    """The data of a library that carries its model, to be spoiled; opened by nobody."""
    monkeypatch.setattr("index.meaning.encoders.deferred._OPENED", {})
    return shutil.copytree(topical_data, tmp_path / "data")


def rewrite(data, name, content):
    """Replace a file of a live snapshot; the manifest lists what it is now."""
    path = find_live(data) / name
    path.write_bytes(content)
    manifest = find_live(data) / "manifest.json"
    listed = json.loads(manifest.read_text())
    listed["files"][name] = asdict(describe(path))
    manifest.write_text(json.dumps(listed))


SPOILED = {
    "other weights": lambda data: name_encoder(data, sha256="0" * 64),
    "another recipe": lambda data: name_encoder(data, version="2"),
    "a broken tokenizer": lambda data: rewrite(data, "encoder/tokenizer.json", b'{"x'),
    "no configuration": lambda data: rewrite(data, "encoder/config.json", b""),
    "no model": lambda data: shutil.rmtree(find_live(data) / "encoder"),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_an_update_with_a_spoiled_model_is_refused_before_anything_is_read(
    spoil, carried, write_dump
):
    spoil(carried)
    before = find_live(carried)
    dump = write_dump([b"nothing that could be read"])
    result = CliRunner().invoke(main, ["update", str(dump), "--data", str(carried)])

    assert result.exit_code == 1
    assert str(before / "encoder") in result.stderr
    assert ".partial" not in result.stderr
    assert "winnow rebuild DUMP" in result.stderr
    assert "skipped" not in result.stderr
    assert find_live(carried) == before


@pytest.mark.parametrize(
    "spoil",
    [
        *SPOILED.values(),
        lambda data: (find_live(data) / "encoder" / "model.safetensors").unlink(),
        lambda data: (find_live(data) / "encoder" / "tokenizer.json").write_bytes(b"{}"),
        lambda data: rewrite(data, "encoder/model.safetensors", take_rows(data, 100)),
    ],
    ids=[*SPOILED, "no weights", "another tokenizer", "fewer rows"],
)
def test_info_says_what_is_wrong_with_a_carried_model(spoil, carried):
    before = CliRunner().invoke(main, ["info", "--data", str(carried)]).stdout
    assert "run `" not in before
    spoil(carried)
    shown = CliRunner().invoke(main, ["info", "--data", str(carried)])

    assert shown.exit_code == 0
    (line,) = [line for line in shown.stdout.splitlines() if "winnow rebuild" in line]
    assert str(find_live(carried) / "encoder") in line


def test_info_says_that_an_extra_fails(failing):
    shown = CliRunner().invoke(main, ["info", "--data", str(failing)]).stdout

    assert "/home/secret/model needs the extra `neural`" in shown
    assert "/opt/secret/libcudart.so.12" in shown
    assert "make neural" in shown


def take_rows(data, count):
    """Return the weights of a live snapshot's model with its first rows alone.

    The manifest names them, so that nothing but opening can tell.
    """
    path = find_live(data) / "encoder" / "model.safetensors"
    tensors = {name: table[:count] for name, table in load_file(path).items()}
    content = save(tensors)
    name_encoder(data, sha256=hashlib.sha256(content).hexdigest())
    return content


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "README.md", ""])
def test_a_library_whose_carried_model_is_gone_goes_by_words(carried, connect, name):
    place = find_live(carried) / "encoder" / name
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()
    client = connect(carried)

    assert client.get("/readyz").status_code == 200
    answer = client.get(f"/api/search?q={RELAXED}")
    assert answer.status_code == 200
    assert answer.json()["data"]
    assert client.get("/related?like=2401.00001").status_code == 200
    shown = CliRunner().invoke(main, ["info", "--data", str(carried)])
    assert shown.exit_code == 0
    assert "encoder" in shown.stdout
    assert "is damaged" in shown.stdout


def test_a_command_that_helps_is_for_the_operator_alone(data, connect):
    answer = connect(data).get("/api/search?q=lattice&mode=semantic")
    assert answer.status_code == 400
    assert "winnow" not in answer.text
    asked = ["search", "lattice", "--mode", "semantic", "--data", str(data)]
    assert "winnow rebuild DUMP --encoder auto" in CliRunner().invoke(main, asked).stderr

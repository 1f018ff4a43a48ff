"""A library that remembers no changes is served, and says so."""

import shutil

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def forgetful(connect, tmp_path_factory):
    """A client of a library of before changes were remembered."""
    data = tmp_path_factory.mktemp("forgetful")
    shutil.unpack_archive(ROOT / "tests" / "snapshots" / "format-5.tar.gz", data)
    return connect(data)


def test_nothing_is_told_and_no_mark_is_known(forgetful):
    told = forgetful.get("/api/changes").json()
    assert told["data"] == []
    assert (told["meta"]["first"], told["meta"]["cursor"]) == (None, None)
    assert told["meta"]["is_end"]
    assert forgetful.get("/api/changes?format=jsonl").json() == {
        "cursor": None,
        "is_end": True,
    }
    assert forgetful.get("/api/changes?since=2024-01-01").json()["data"] == []
    assert forgetful.get("/api/changes?since=20240101T000000Z").status_code == 410


def test_listings_and_feeds_have_no_replaced_papers(forgetful):
    asked = {"date": "2017-12-06", "kind": "replaced"}
    assert forgetful.get("/api/listings/cs.CL", params=asked).json()["total"] == 0
    assert forgetful.get("/arxiv/cs.CL", params=asked).status_code == 200
    assert forgetful.get("/atom/cs.CL").status_code == 200

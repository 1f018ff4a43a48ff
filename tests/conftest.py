"""What the tests share: a small dump, a snapshot of it, and ways to build more."""

import gc
import json
import os
import signal
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

from index import Dump, Shelf, rebuild, update
from tests.building import build_data, unwatched
from tests.topics import topic_records

ROOT = Path(__file__).parent.parent
REAL_DATA = Path(os.environ.get("WINNOW_TEST_DATA") or ROOT / "../shared/data")

settings.register_profile("winnow", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("winnow")

os.environ["WINNOW_ENCODER"] = "none"  # but where a test asks for another

# A job in the background ignores an interrupt, and so would the builds that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)


LONGEST_FIRST = (
    "tests/browser",
    "tests/js",
    "tests/app/cli/test_serving",
    "tests/index/snapshots/build",
)
BROWSERS = 2
"""The workers that open one: all of them. A third gained nothing (two cores)."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Begin with what takes longest; mark what needs real data; deal tests to workers.

    The tests of a file stay together, as they share what they built, and those in a
    browser are dealt to as many workers as there are cores.
    """

    def place(item):
        folders = enumerate(LONGEST_FIRST)
        return next((n for n, name in folders if item.nodeid.startswith(name)), len(items))

    items.sort(key=place)
    groups = deal([file_of(item) for item in items])
    for item in items:
        item.add_marker(pytest.mark.xdist_group(groups[file_of(item)]))
        if "real_data" in getattr(item, "fixturenames", ()):
            item.add_marker("real_data")


def file_of(item):
    return item.nodeid.partition("::")[0]


def deal(files):
    """Return the group of each file: its own name, or one of the browsers."""
    groups = {file: file for file in files}
    load = dict.fromkeys((f"browser {n + 1}" for n in range(BROWSERS)), 0)
    in_browser = Counter(file for file in files if file.startswith("tests/browser"))
    for file, count in in_browser.most_common():
        groups[file] = min(load, key=load.get)
        load[groups[file]] += count
    return groups


def pytest_collection_finish():
    """Keep the thousands of tests out of each later collection of garbage."""
    gc.freeze()


@pytest.fixture(scope="session")
def dump_file():
    """A dump of 26 papers with everything that is odd about arXiv's metadata."""
    return Path(__file__).parent / "dumps" / "papers.jsonl"


@pytest.fixture(scope="session")
def data(dump_file, tmp_path_factory):
    """A data directory whose live snapshot holds the small dump. Not to be changed."""
    directory = tmp_path_factory.mktemp("data")
    with Dump.open(dump_file) as dump:
        rebuild(dump, directory, watch=unwatched)
    return directory


@pytest.fixture(scope="session")
def library(data):
    """The small dump, opened."""
    return Shelf(data).library()


@pytest.fixture(scope="session")
def record():
    """Make a record of a dump from the fields that matter to a test."""

    def make(paper_id="2401.00001", **fields):
        return {
            "id": paper_id,
            "title": f"A Paper Called {paper_id}",
            "authors": "Ada Lovelace, Alan Turing",
            "abstract": "  An abstract of one line.\n",
            "categories": "cs.LG",
            "update_date": "2024-01-02",
        } | {name.replace("_ref", "-ref"): value for name, value in fields.items()}

    return make


@pytest.fixture(scope="session")
def topical_data(record, tmp_path_factory):
    """A data directory of 120 papers of four topics with the small model's vectors."""
    directory = tmp_path_factory.mktemp("topical")
    return build_data(topic_records(record), directory, encoder="shipped")


@pytest.fixture(scope="session")
def topical(topical_data):
    """The library of four topics, opened."""
    return Shelf(topical_data).library()


@pytest.fixture
def write_dump(tmp_path):
    """Write records, or raw lines, as a dump; return its path."""

    def write(records, name="dump.jsonl"):
        lines = (r if isinstance(r, bytes) else json.dumps(r).encode() for r in records)
        path = tmp_path / name
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        return path

    return write


@pytest.fixture
def build(tmp_path, write_dump):
    """Rebuild a data directory from records; return it."""

    def make(records, into=None, *, limit=None):
        directory = into or tmp_path / "data"
        with Dump.open(write_dump(records, "rebuild.jsonl")) as dump:
            rebuild(dump, directory, limit=limit, watch=unwatched)
        return directory

    return make


@pytest.fixture
def extend(write_dump):
    """Update a data directory with records; return the manifest."""

    def change(directory, records):
        with Dump.open(write_dump(records, "update.jsonl")) as dump:
            return update(dump, directory, watch=unwatched)

    return change


@pytest.fixture(scope="session")
def real_data():
    """Name a file of the real data (WINNOW_TEST_DATA); skip the test where it is not."""

    def named(name):
        path = REAL_DATA / name
        if not path.is_file():
            pytest.skip(f"no {name} in {REAL_DATA}; WINNOW_TEST_DATA names another folder")
        return path

    return named

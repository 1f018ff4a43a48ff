"""What the tests of reference managers share: a library of odd records."""

import json

import pytest

from index import Dump, Shelf, rebuild
from tests.app.zotero.records import ODD


@pytest.fixture(scope="session")
def odd_data(record, tmp_path_factory):
    """A data directory with the odd records."""
    directory = tmp_path_factory.mktemp("odd")
    dump = directory / "dump.jsonl"
    records = [record(**({"paper_id": one["id"]} | one)) for one in ODD]
    dump.write_text("".join(f"{json.dumps(one)}\n" for one in records))
    with Dump.open(dump) as opened:
        rebuild(opened, directory / "data", watch=lambda *_: None)
    return directory / "data"


@pytest.fixture(scope="session")
def odd(connect, odd_data):
    """The application with the odd records."""
    return connect(odd_data)


@pytest.fixture(scope="session")
def odd_papers(odd_data):
    """The odd papers, in the order of their records."""
    library = Shelf(odd_data).library()
    found = library.catalog.by_ids([one["id"] for one in ODD])
    return [found[one["id"]] for one in ODD]

"""What the tests of reference managers share: a library of odd records."""

import pytest

from index import Shelf
from tests.app.zotero.records import ODD
from tests.building import build_data


@pytest.fixture(scope="session")
def odd_data(record, tmp_path_factory):
    """A data directory with the odd records."""
    records = [record(**({"paper_id": one["id"]} | one)) for one in ODD]
    return build_data(records, tmp_path_factory.mktemp("odd"))


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

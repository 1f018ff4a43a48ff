"""The application with papers for programs of arXiv's API."""

import pytest

from tests.app.arxiv_api.papers import build, serve


@pytest.fixture(scope="session")
def api_data(record, tmp_path_factory):
    """A data directory with the papers."""
    return build(record, tmp_path_factory.mktemp("arxiv_api"))


@pytest.fixture(scope="session")
def api(api_data):
    """The application with the papers."""
    with serve(api_data, public_url="https://papers.example.org") as client:
        yield client


@pytest.fixture(scope="session")
def ask(api):
    """Ask the API; return the text of its feed, which must be one."""

    def get(status=200, **params):
        answer = api.get("/api/query", params=params)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        return answer.text

    return get

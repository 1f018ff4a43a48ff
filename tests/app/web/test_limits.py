"""How large a request may be."""

import pytest

from app.web.contract import ErrorShape
from app.web.limits import MAX_BODY, MAX_PARAMETERS

BATCH = "/api/papers/batch"
JSON = {"Content-Type": "application/json"}


def body(size):
    """A batch for one paper, padded with white space to a size."""
    text = b'{"ids": ["1706.03762"]}'
    return text + b" " * (size - len(text))


def in_pieces(content, size=100_000):
    for start in range(0, len(content), size):
        yield content[start : start + size]


def test_a_body_of_the_largest_size_is_read(client):
    response = client.post(BATCH, content=body(MAX_BODY), headers=JSON)
    assert response.status_code == 200
    assert response.json()["data"][0]["id"] == "1706.03762"


@pytest.mark.parametrize("send", [bytes, in_pieces], ids=["at once", "in pieces"])
def test_a_larger_body_is_refused(client, send):
    response = client.post(BATCH, content=send(body(MAX_BODY + 1)), headers=JSON)
    assert response.status_code == 413
    error = response.json()
    assert error["error"] == "too_large"
    assert "1,048,576 bytes" in error["message"]


def parameters(count):
    return "&".join(["q=lattice", *(f"a{n}=" for n in range(count - 1))])


@pytest.mark.parametrize("count", [MAX_PARAMETERS + 1, 5_000])
def test_more_parameters_than_any_route_has_are_refused_unread(client, count):
    response = client.get(f"/api/search?{parameters(count)}")
    assert response.status_code == 400
    ErrorShape.model_validate(response.json())
    assert response.json()["error"] == "too_many_parameters"
    page = client.get(f"/search?{parameters(count)}")
    assert page.status_code == 400
    assert "more than 100 parameters" in page.text
    assert "content-security-policy" in page.headers
    assert len(page.text) < 20_000


def test_as_many_parameters_as_may_be_are_read(client):
    assert client.get(f"/search?{parameters(MAX_PARAMETERS)}").status_code == 200
